"""The library → HTML. Pure functions; every text of a source passes through ``html.escape``."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby

from assistant.ui.html import badge, official_link
from assistant.ui.library import texts
from assistant.ui.library.article import link_to, render_article
from assistant.ui.library.comparison import comparison_links, render_comparison_form
from corpus.browsing import Browsing, Place, Section, sections
from corpus.catalog import Corpus
from corpus.check import CorpusReport
from corpus.collection import Kind
from corpus.key import short_title
from corpus.language import around, chinese_date, pieces
from corpus.types import Document, Status

#: How many search results are shown, and about how many characters around the first word.
LIMIT = 50
_BEFORE, _BEHIND = 36, 48
MAX_WORDS = 60

_SHELF_OF = {
    Status.NEWS: "policy",
    Status.POLICY: "policy",
    Status.EARLIER: "policy",
    Status.IN_FORCE: "in-force",
    Status.NOT_YET: "not-yet",
    Status.REPEALED: "ended",
    Status.EXPIRED: "ended",
    Status.SUPERSEDED: "ended",
}


def render_library(browsing: Browsing, added: Iterable[str], checked: CorpusReport) -> str:
    """The entry: state, search, the documents by status, and what is known but not loaded."""
    corpus = browsing.corpus
    return (
        f'<div class="browse library"><header><h2 tabindex="-1">{texts.LIBRARY}</h2>'
        f'<p class="lead">{texts.LIBRARY_LINE.format(day=chinese_date(browsing.day))}</p>'
        f'<p class="quiet check">{render_check(checked)}</p></header>'
        f'{_search_form(corpus)}<div class="results" tabindex="-1" aria-live="polite"></div>'
        f"{render_comparison_form(corpus, browsing.day)}"
        f'<div class="shelves">{_shelves(browsing, frozenset(added))}{_not_loaded(corpus)}</div>'
        f'<div class="view" hidden data-loading="{texts.LOADING}" data-failed="{texts.FAILED}">'
        "</div></div>"
    )


def render_check(report: CorpusReport) -> str:
    """The state of the corpus in one line."""
    counts = {
        "documents": report.documents,
        "articles": report.articles,
        "repairs": len(report.repairs),
    }
    if not report.findings:
        return texts.CHECK_FINE.format(**counts)
    first = f"{report.findings[0].key}：{report.findings[0].what}"
    line = texts.CHECK_FINDINGS.format(**counts, findings=len(report.findings), first=first)
    return escape(line)


def _search_form(corpus: Corpus) -> str:
    options = "".join(
        f'<option value="{escape(document.id)}">{escape(_shown_title(corpus, document))}</option>'
        for document in corpus.documents
    )
    return (
        '<form class="find" role="search">'
        f'<label class="words">{texts.SEARCH}<input type="search" name="words" '
        f'maxlength="{MAX_WORDS}" placeholder="{texts.SEARCH_HINT}" autocomplete="off" '
        f'enterkeyhint="search"></label><label>{texts.SEARCH_IN}<select name="document">'
        f'<option value="">{texts.EVERYWHERE}</option>{options}</select></label>'
        f"<button>{texts.SEARCH_GO}</button></form>"
    )


def _shown_title(corpus: Corpus, document: Document) -> str:
    """The title as on the shelf; of several versions, each with its year."""
    title = short_title(document.title)
    if len(corpus.versions(document.title)) > 1 and document.in_force_from:
        form = texts.YEAR_AMENDED if document.is_start_assumed else texts.YEAR_BEGUN
        return title + form.format(year=document.in_force_from.year)
    return title


def _shelves(browsing: Browsing, added: frozenset[str]) -> str:
    corpus = browsing.corpus

    def shelf(document: Document) -> str:
        if document.title in added:
            return "added"
        return _SHELF_OF.get(corpus.status(document, browsing.day), "added")

    parts = []
    for name, title in texts.SHELVES.items():
        documents = [d for d in corpus.documents if shelf(d) == name]
        if documents:
            items = "".join(_item(browsing, document) for document in documents)
            count = texts.DOCUMENTS.format(count=len(documents))
            parts.append(f"<section><h3>{title} <small>{count}</small></h3><ul>{items}</ul>")
            parts.append("</section>")
    return "".join(parts)


def _item(browsing: Browsing, document: Document) -> str:
    corpus = browsing.corpus
    status = corpus.status(document, browsing.day)
    facts = [_count(document), _since(document), escape(document.part_of)]
    if document.title in corpus.excerpts:
        facts.insert(0, texts.EXCERPT)
    return (
        f'<li><button type="button" data-document="{escape(document.id)}">'
        f'<span class="name">{escape(_shown_title(corpus, document))}</span>'
        f'<span class="facts">{badge(status.value)}'
        f"{''.join(f'<span>{fact}</span>' for fact in facts if fact)}</span></button></li>"
    )


def _count(document: Document) -> str:
    form = texts.ARTICLES if document.kind is Kind.STATUTE else texts.PARAGRAPHS
    return form.format(count=len(document.articles))


def _since(document: Document) -> str:
    day = document.effective
    return texts.EFFECTIVE.format(day=chinese_date(day)) if day else ""


def _not_loaded(corpus: Corpus) -> str:
    rows = "".join(
        f'<li><span class="name">{escape(known.title)}</span>'
        f'<span class="facts"><span>{escape(known.issuer)}</span>{official_link(known.url)}</span>'
        "</li>"
        for known in corpus.not_loaded.values()
    )
    if not rows:
        return ""
    count = texts.DOCUMENTS.format(count=len(corpus.not_loaded))
    return (
        f'<details class="not-loaded"><summary><h3>{texts.NOT_LOADED} <small>{count}</small></h3>'
        f'</summary><p class="quiet">{texts.NOT_LOADED_LINE}</p><ul>{rows}</ul></details>'
    )


def render_document(browsing: Browsing, document: Document) -> str:
    """A document's head and its outline; the articles of a section are fetched when it opens."""
    corpus, day = browsing.corpus, browsing.day
    facts = [_count(document), escape(document.issuer)]
    facts.append(_since(document))
    if document.adopted:
        # The adoption of an amended version is that of the amendment.
        told = texts.AMENDED if document.is_start_assumed else texts.ADOPTED
        at = len(facts) - (not document.is_start_assumed)
        facts.insert(at, told.format(day=chinese_date(document.adopted)))
    facts += _ends(corpus, document, day)
    if document.title in corpus.excerpts:
        facts.insert(0, texts.EXCERPT)
    status = corpus.status(document, day)
    return (
        f'<div class="bar"><button type="button" class="back">{texts.BACK}</button>'
        f'<span class="caption" aria-hidden="true">{escape(short_title(document.title))}</span>'
        "</div>"
        f'<header><h2 tabindex="-1">{escape(document.title)}</h2>'
        f'<p class="facts">{badge(status.value)}'
        f"{''.join(f'<span>{fact}</span>' for fact in facts if fact)}"
        f"{official_link(document.url)}</p>{_repeal(browsing, document, status)}"
        f"{comparison_links(corpus, document, day)}</header>"
        f"{_outline(document)}"
    )


def _ends(corpus: Corpus, document: Document, day: date) -> list[str]:
    """The last day of a user's document, and which other one has its place on ``day``."""
    ends = []
    if document.expires:
        ends.append(texts.EXPIRES.format(day=chinese_date(document.expires)))
    replacement = corpus.replacements.get(document.title)
    if replacement and replacement.day <= day:
        ends.append(texts.REPLACED_BY.format(title=escape(replacement.by)))
    return ends


def _repeal(browsing: Browsing, document: Document, status: Status) -> str:
    repeal = browsing.corpus.repeal(document.title)
    if repeal is None or status is not Status.REPEALED:
        return ""
    by = browsing.find(repeal.by)
    place = link_to(by) if by else escape(repeal.by)
    line = texts.REPEALED_BY.format(day=chinese_date(repeal.day), by=place)
    return f'<p class="repeal">{line}。</p>'


def _outline(document: Document) -> str:
    """Sections, those of one 编 inside a part that opens."""
    all_of_them = list(enumerate(sections(document)))
    if len(all_of_them) == 1:
        return f'<div class="outline">{_section(document, 0, all_of_them[0][1], 0, True)}</div>'
    parts = []
    for head, group in groupby(all_of_them, key=lambda pair: _part(pair[1])):
        members = list(group)
        if not head:
            parts.append(_levels(document, members, 0))
            continue
        extent = _extent(document, members[0][1].first, members[-1][1].end)
        parts.append(
            f'<details class="part"><summary>{escape(head)}{extent}</summary>'
            f"{_levels(document, members, 1)}</details>"
        )
    return f'<div class="outline">{"".join(parts)}</div>'


def _part(section: Section) -> str:
    """The heading of the 编 above a section; empty where the statute has only chapters."""
    head = section.path[0] if section.path else ""
    return head if head.split(" ")[0].endswith("编") and len(section.path) > 1 else ""


def _levels(document: Document, members: Sequence[tuple[int, Section]], shown: int) -> str:
    """Sections under the headings above them, of which the first ``shown`` stand there already."""
    html: list[str] = []
    before: tuple[str, ...] = ()
    for number, section in members:
        above = section.path[:-1]
        for depth in range(shown, len(above)):
            if above[: depth + 1] != before[: depth + 1]:
                heading = escape(above[depth])
                html.append(f'<p class="level depth-{depth - shown}">{heading}</p>')
        before = above
        html.append(_section(document, number, section, max(len(above) - shown, 0)))
    return "".join(html)


def _section(
    document: Document, number: int, section: Section, depth: int, is_open: bool = False
) -> str:
    heading = escape(section.path[-1]) if section.path else escape(document.title)
    return (
        f'<details class="section depth-{depth}" data-of="{escape(document.id)}" '
        f'data-section="{number}" data-first="{section.first}" data-end="{section.end}"'
        f"{' data-open' if is_open else ''}><summary>{heading}"
        f"{_extent(document, section.first, section.end)}</summary>"
        '<div class="articles" aria-live="polite"></div></details>'
    )


def _extent(document: Document, first: int, end: int) -> str:
    """From which article to which."""
    names = [escape(document.articles[i].label) for i in dict.fromkeys((first, end - 1))]
    return f'<span class="extent">{"—".join(names)}</span>'


def render_section(browsing: Browsing, document: Document, section: Section) -> str:
    """The articles of a section, whole."""
    return "".join(
        render_article(browsing, Place(document, index))
        for index in range(section.first, section.end)
    )


def render_results(found: Sequence[Place], words: str, day: date, corpus: Corpus) -> str:
    """What a search found: the article, and the first of the words with what stands around it."""
    if not found:
        shown = texts.FOUND_NONE
    elif len(found) > LIMIT:
        shown = texts.FOUND_FIRST.format(count=len(found), limit=LIMIT)
    else:
        shown = texts.FOUND_ALL.format(count=len(found))
    head = texts.FOUND.format(words=escape(words), shown=shown)
    items = "".join(
        f"<li>{link_to(place)}{badge(corpus.status(place.document, day).value)}"
        f"<p>{_snippet(place.article.text, words)}</p></li>"
        for place in found[:LIMIT]
    )
    return f'<p class="quiet">{head}</p><ol>{items}</ol>'


def _snippet(text: str, words: str) -> str:
    line = text.replace("\n", "")
    parts = [part for word in words.lower().split() for part in pieces(word, line.lower())]
    if not parts:
        return escape("".join(around(line, 0, 0, _BEFORE, _BEHIND)))
    at = line.lower().find(parts[0])
    before, behind = around(line, at, at + len(parts[0]), _BEFORE, _BEHIND)
    shown = before + line[at : at + len(parts[0])] + behind
    found = re.compile(f"({'|'.join(map(re.escape, parts))})", re.IGNORECASE)
    return "".join(
        f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece)
        for number, piece in enumerate(found.split(shown))
    )
