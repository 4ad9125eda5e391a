"""The sentences of an answer → HTML: its parts, its marks, who signed, numbers to call."""

from collections.abc import Iterable
from html import escape

from assistant.types import Answer, Citation, Sentence
from assistant.ui import texts
from assistant.ui.chat.calling import link_calls, link_calls_apart
from assistant.ui.html import line_class, source_link, source_url
from corpus.collection import Hotline

#: So many marks stay on one line, on a phone with large type as well.
_TOGETHER = 4


def render_words(answer: Answer, hotlines: Iterable[Hotline] = ()) -> str:
    """The sentences, each part under what it answers; who wrote them where that was the bureau."""
    shown, part = "", ""
    numbers = tuple(hotlines)
    for number, sentence in enumerate(answer.sentences):
        if sentence.part and sentence.part != part:
            shown += f'<h3 class="part">{escape(sentence.part)}</h3>'
        part = sentence.part
        shown += _sentence(sentence, answer, numbers)
        if own := answer.signature_behind(number):
            shown += f'<p class="signed">{escape(own.shown)}</p>'
    return shown


def _sentence(sentence: Sentence, answer: Answer, hotlines: tuple[Hotline, ...]) -> str:
    *before, last = sentence.text.split("\n")
    cited = {citation.n: citation for citation in answer.citations}
    marks = [_mark(cited[n], answer) for n in sentence.citations if n in cited]
    if marks:  # no line begins with a mark, but where there are more than a line may hold
        words, end = link_calls_apart(last, hotlines)
        shown = words + "".join(
            f'<span class="keep">{end if first == 0 else ""}'
            f"{''.join(marks[first : first + _TOGETHER])}</span>"
            for first in range(0, len(marks), _TOGETHER)
        )
    else:
        shown = link_calls(last, hotlines)
    return "".join(
        [
            *(f'<p class="{line_class(line)}">{link_calls(line, hotlines)}</p>' for line in before),
            f'<p class="{line_class(last)}">{shown}</p>',
        ]
    )


def _mark(citation: Citation, answer: Answer) -> str:
    label = texts.SOURCE_N.format(n=citation.n)
    name = escape(f"{label}：{citation.title} {citation.locator}")
    address = source_url(citation.key, answer.as_of, citation.quote)
    return source_link(address, f"[{citation.n}]", f' class="mark" aria-label="{name}"')
