"""What an answer rests on → HTML: a card for each article, under the document that it is of."""

from collections import Counter
from collections.abc import Callable, Iterable
from html import escape

from assistant.export import by_document
from assistant.types import Answer, Citation, Nearest
from assistant.ui import texts
from assistant.ui.html import (
    added,
    effective,
    note,
    paragraphs,
    source_link,
    source_url,
    standing,
)
from corpus.language import shorten
from corpus.standing import Standing

#: Which part of its article a citation quotes; empty where it is the whole.
Stretch = Callable[[Citation], str]
#: Characters that are shown of a passage that is only near.
_SNIPPET = 90


def render_sources(
    answer: Answer, today: Standing | None = None, stretch: Stretch | None = None
) -> str:
    """The sources that the answer uses so far, in the order in which it first uses them; before its
    first words what they will rest on.

    ``today`` says what they are today, where the answer is for another day; ``stretch`` which part
    of an article is quoted, for those that would read the same.
    """
    used = {n for sentence in answer.sentences for n in sentence.citations}
    is_begun = bool(answer.sentences)
    cited = [citation for citation in answer.citations if citation.n in used or not is_begun]
    items = "".join(_document(articles, answer, today, stretch) for articles in by_document(cited))
    head = texts.SOURCES if is_begun else texts.SOURCE_FIRST
    return f'<h3>{head}</h3><ol class="sources">{items}</ol>' if items else ""


def render_nearest(answer: Answer, nearest: Iterable[Nearest]) -> str:
    """What was found instead: title, place, and how it begins, in whole clauses."""
    items = "".join(_near(answer, hit) for hit in nearest)
    return f'<h3>{texts.NEAREST}</h3><ul class="nearest">{items}</ul>' if items else ""


def _near(answer: Answer, hit: Nearest) -> str:
    link = source_link(
        source_url(hit.key, answer.as_of, hit.text),
        f'<span class="name"><span class="title">{escape(hit.title)}</span> '
        f'<span class="locator">{escape(hit.locator)}</span></span>',
        ' class="source"',
    )
    snippet = shorten("".join(hit.text.split("\n")), _SNIPPET)
    return f'<li class="card">{link}<p class="snippet">{escape(snippet)}</p></li>'


def _document(
    articles: list[list[Citation]],
    answer: Answer,
    today: Standing | None,
    stretch: Stretch | None,
) -> str:
    """A document's head, and below it a card for each of its articles."""
    first = min((c for cited in articles for c in cited), key=lambda c: c.n)
    now = today(first.key, first.quote) if today else None
    cards = "".join(_card(cited, answer, stretch) for cited in articles)
    return (
        f'<li class="document"><p class="document-head">'
        f'<span class="title">{escape(first.title)}</span>'
        f'<span class="state">{standing(first.status, now)}{added(first.is_added)}'
        f'{effective(first.effective_date)}</span></p><ul class="cards">{cards}</ul></li>'
    )


def _card(cited: list[Citation], answer: Answer, stretch: Stretch | None) -> str:
    """An article: what is quoted of it, in the order of its 款 and 项."""
    count = Counter(citation.locator for citation in cited)
    passages = "".join(
        _passage(c, answer, stretch(c) if stretch and count[c.locator] > 1 else "") for c in cited
    )
    remarks = "".join(map(note, dict.fromkeys(c.note for c in cited)))
    told = f'<p class="state">{remarks}</p>' if remarks else ""
    return f'<li class="card" data-key="{escape(cited[0].key)}">{passages}{told}</li>'


def _passage(citation: Citation, answer: Answer, part: str) -> str:
    """A link that opens the article at the quote, and the quote, folded."""
    inner = (
        f'<span class="n">[{citation.n}]</span> '
        f'<span class="name"><span class="sr">{escape(citation.title)} </span>'
        f'<span class="locator">{escape(citation.locator)}</span>'
        f"{f' <span>{part}</span>' if part else ''}</span>"
    )
    address = source_url(citation.key, answer.as_of, citation.quote)
    link = source_link(address, inner, ' class="source"')
    return (
        f'<div class="passage">{link}'
        f'<details class="quote"{"" if answer.sentences else " open"}>'
        f'<summary>{texts.QUOTE}<span class="sr">'
        f"：{escape(citation.locator)}</span></summary>"
        f"<blockquote>{paragraphs(citation.quote)}</blockquote></details></div>"
    )
