"""Answer → HTML. Pure functions; every text from outside passes through ``html.escape``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from urllib.parse import urlsplit

from assistant.types import Answer, Audience, Citation, Outcome, Sentence
from assistant.ui import texts
from assistant.ui.sources import Pointer
from assistant.understanding import MAX_QUESTION
from corpus.catalog import Corpus
from corpus.types import Article, Kind, Status

_ITEM = re.compile(r"（[一二三四五六七八九十百]+）")

_BADGES = {
    Status.IN_FORCE: "in-force",
    Status.REPEALED: "repealed",
    Status.SUPERSEDED: "superseded",
    Status.NOT_YET: "not-yet",
    Status.NEWS: "news",
}


def chinese_date(day: date) -> str:
    """``2026-08-15`` → 2026年8月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def render_header(title: str, corpus: Corpus, day: date) -> str:
    """The page's title and what the corpus holds."""
    statutes = [d for d in corpus.documents if d.kind is Kind.STATUTE]
    line = texts.CORPUS_LINE.format(
        policies=len(corpus.documents) - len(statutes),
        statutes=len({document.title for document in statutes}),
        articles=sum(len(document.articles) for document in statutes),
        day=chinese_date(day),
    )
    return f"<header><h1>{escape(title)}</h1><p>{line}</p></header>"


def render_audiences() -> str:
    """The choice of an audience; the first is chosen."""
    choices = "".join(
        f'<label><input type="radio" name="audience" value="{audience.value}"'
        f"{'' if i else ' checked'}><span>{name}</span></label>"
        for i, (audience, name) in enumerate(texts.AUDIENCES.items())
    )
    return f"<fieldset><legend>{texts.AUDIENCE_LABEL}</legend>{choices}</fieldset>"


def render_day() -> str:
    """A template of the date field; ``${value}`` is the day."""
    return (
        f'<label for="as-of">{texts.DAY_LABEL}</label>'
        '<input type="date" id="as-of" required value="${value}">'
    )


def render_welcome() -> str:
    """What stands above the examples."""
    return f"<h2>{texts.WELCOME}</h2><p>{texts.WELCOME_LINE}</p>"


def render_conversation(turns: Iterable[str]) -> str:
    """The whole dialog; a screen reader reads what is added to it."""
    return (
        f'<div class="log" role="log" aria-live="polite" aria-label="{texts.CONVERSATION_LABEL}">'
        f"{''.join(turns)}</div>"
    )


def render_turn(number: int, question: str, reply: str) -> str:
    """A question and what was replied to it; ``reply`` is HTML made here."""
    shown = question if len(question) <= MAX_QUESTION else question[:MAX_QUESTION] + "……"
    return (
        f'<section class="turn" id="t{number}" tabindex="-1">'
        f'<div class="question"><span class="sr">{texts.YOU_ASKED}</span>'
        f'<p dir="auto">{_lines(shown.strip())}</p></div>{reply}</section>'
    )


def render_pending() -> str:
    """What stands in the place of an answer that is being made."""
    return f'<div class="reply pending"><p>{texts.PENDING}</p></div>'


def render_problem(message: str, label: str) -> str:
    """A polite message in the place of an answer."""
    return f'<div class="reply problem"><p class="label">{label}</p><p>{_lines(message)}</p></div>'


def render_answer(
    answer: Answer,
    number: int,
    audience: Audience,
    articles: Mapping[int, Article | None],
    pointers: Mapping[int, Sequence[Pointer]] | None = None,
) -> str:
    """An answer, complete or still growing, and the cards of the citations that it uses so far.

    ``articles`` are the whole articles by citation number; None where only the quote is known.
    ``pointers`` are the places in them that lead to other articles.
    """
    body = "".join(_sentence(sentence, number) for sentence in answer.sentences)
    understood = (
        f'<p class="facts">{texts.UNDERSTOOD.format(question=escape(answer.understood))}</p>'
        if answer.understood
        else ""
    )
    disclosure = f'<p class="facts">{escape(answer.disclosure)}</p>'
    if answer.outcome is Outcome.DECLINED:
        return (
            f'<div class="reply declined"><p class="label">{texts.DECLINED_LABEL}</p>'
            f"{understood}{body}{disclosure}</div>"
        )
    used = {n for sentence in answer.sentences for n in sentence.citations}
    cards = "".join(
        render_card(
            citation,
            card_id(number, citation.n),
            articles.get(citation.n),
            (pointers or {}).get(citation.n, ()),
        )
        for citation in answer.citations
        if citation.n in used
    )
    sources = f'<h3>{texts.SOURCES}</h3><div class="cards">{cards}</div>' if cards else ""
    facts = texts.ANSWERED_FOR.format(
        day=chinese_date(answer.as_of), audience=texts.AUDIENCES[audience]
    )
    return (
        f'<div class="reply">{understood}{body}{sources}'
        f'<p class="facts">{facts}</p>{disclosure}</div>'
    )


def card_id(turn: int, n: int) -> str:
    """The element id of citation ``n`` of a turn."""
    return f"t{turn}c{n}"


def render_card(
    citation: Citation,
    element_id: str,
    article: Article | None,
    pointers: Sequence[Pointer] = (),
) -> str:
    """A citation as a card that opens on the whole article, the quote marked in it."""
    head = (
        f'<span class="n">[{citation.n}]</span>'
        f'<span class="name"><span class="title">{escape(citation.title)}</span> '
        f'<span class="locator">{escape(citation.locator)}</span></span>'
        f'<span class="state">{_badge(citation.status)}{_effective(citation.effective_date)}'
        f"{_note(citation.note)}</span>"
    )
    text = article.text if article else citation.quote
    path = f'<p class="path">{" › ".join(map(escape, article.path))}</p>' if article else ""
    label = f'<p class="article-label">{escape(article.label)}</p>' if article else ""
    return (
        f'<details class="card" id="{element_id}"><summary>{head}</summary>'
        f'<div class="article">{path if article and article.path else ""}{label}'
        f"{highlight(text, citation.quote, pointers)}{_link(citation.url)}</div></details>"
    )


def highlight(text: str, quote: str, pointers: Sequence[Pointer] = ()) -> str:
    """The article's text, a paragraph a line, with the first place of ``quote`` marked.

    ``pointers`` are the places in it that lead to other articles.
    """
    start = text.find(quote) if quote else -1
    end = start + len(quote) if start >= 0 else -1
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        first = min(max(start - offset, 0), len(line))
        last = max(first, min(max(end - offset, 0), len(line)))
        cuts = ((0, first, False), (first, last, True), (last, len(line), False))
        inner = "".join(
            f"<mark>{part}</mark>" if is_quote else part
            for a, b, is_quote in cuts
            if (part := _with_pointers(text, offset + a, offset + b, pointers))
        )
        offset += len(line) + 1
        paragraphs.append(f'<p class="{_line_class(line)}">{inner}</p>')
    return "".join(paragraphs)


def _with_pointers(text: str, start: int, end: int, pointers: Sequence[Pointer]) -> str:
    """``text[start:end]``, the pointers that lie wholly in it as links that ask for the article."""
    parts = []
    for pointer in pointers:
        if start <= pointer.start and pointer.end <= end:
            parts.append(escape(text[start : pointer.start]))
            words = escape(text[pointer.start : pointer.end])
            parts.append(
                f'<a class="ref" href="#question" data-ask="{escape(pointer.question)}">{words}</a>'
            )
            start = pointer.end
    return "".join([*parts, escape(text[start:end])])


def _sentence(sentence: Sentence, turn: int) -> str:
    *lines, last = sentence.text.split("\n")
    marks = "".join(
        f'<a class="mark" href="#{card_id(turn, n)}" '
        f'aria-label="{texts.SOURCE_N.format(n=n)}">[{n}]</a>'
        for n in sentence.citations
    )
    if marks:  # no line begins with a mark
        marks = f'<span class="keep">{escape(last[-1:])}{marks}</span>'
    return "".join(
        [
            *(f'<p class="{_line_class(line)}">{escape(line)}</p>' for line in lines),
            f'<p class="{_line_class(last)}">{escape(last[:-1] if marks else last)}{marks}</p>',
        ]
    )


def _line_class(line: str) -> str:
    return "item" if _ITEM.match(line) else "line"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _badge(status: str) -> str:
    kind = next((name for value, name in _BADGES.items() if value.value == status), "other")
    return f'<span class="badge {kind}">{escape(status)}</span>'


def _effective(day: str) -> str:
    if not day:
        return ""
    shown = texts.EFFECTIVE.format(day=chinese_date(date.fromisoformat(day)))
    return f'<span class="effective">{shown}</span>'


def _note(note: str) -> str:
    return f'<span class="note">{escape(note)}</span>' if note else ""


def _link(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    shown = escape(texts.OFFICIAL_PAGE.format(host=parts.netloc))
    return (
        f'<p class="official"><a href="{escape(url)}" target="_blank" '
        f'rel="noopener noreferrer">{shown}</a></p>'
    )
