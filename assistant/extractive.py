"""Composing an answer from the passages' own words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.grounding import quote_of
from assistant.selection import Weigh, part, select, whole
from assistant.types import Audience, Draft, DraftSentence, Evidence, Query
from assistant.understanding import Understanding
from corpus.catalog import Corpus
from corpus.references import Reference
from corpus.splitting import sentences
from corpus.types import Article, Document, Kind, Passage, Status
from index.types import ScoredPassage

ENGINE = "extractive"

_PREFIX = "中华人民共和国"
_CODE = "中华人民共和国生态环境法典"
#: 从旧兼从轻: which law applies to an earlier act.
_EARLIER_ACTS = f"{_CODE}#1057"
_EARLIER = re.compile(
    r"之前|以前|当时|当年|去年|前年|早先|旧法|旧案|老案|月份|从旧|追溯|新法还是|那会儿|案发|发生在|查的"
)
_COMMENCES = re.compile(r"自.{2,12}起施行")
#: A looked-up article up to this length is quoted whole.
_WHOLE_LOOK_UP = 600
#: Of a repealed article no more than this is quoted: what governs today matters more.
_WHOLE_REPEALED = 160
#: A second article is quoted where its score comes this close to the first one's.
_NEARLY_AS_GOOD = 0.97


class ExtractiveComposer:
    """Quotes the sentences, 款 or 项 that answer, with a plain lead-in that names the source."""

    def __init__(self, corpus: Corpus, weigh: Weigh) -> None:
        self._corpus = corpus
        self._weigh = weigh

    def compose(
        self, query: Query, understanding: Understanding, hits: Sequence[ScoredPassage]
    ) -> Draft:
        """Answer from the best passages."""
        first = hits[0]
        close = [h for h in hits[1:2] if h.score >= _NEARLY_AS_GOOD * first.score]
        drafted = self._title_notes(understanding.references, query.as_of)
        for hit in (first, *close):
            document = self._corpus.document(hit.passage.document_id)
            article = next(a for a in document.articles if a.key == hit.passage.key)
            evidence = self._select(understanding, document, article, hit.passage)
            drafted += self._quote(query, document, article, evidence)
        return Draft(tuple(drafted))

    def look_up(self, query: Query, understanding: Understanding, reference: Reference) -> Draft:
        """Answer a question that names an article which we have."""
        found = self._corpus.article(reference.key or "", query.as_of)
        if found is None:
            raise KeyError(reference.key)
        document, article = found
        drafted = self._status_notes(document, query.as_of)
        is_repealed = self._corpus.status(document, query.as_of) is Status.REPEALED
        evidence: tuple[Evidence, ...] = ()
        if reference.paragraph or reference.item:
            named = part(document, article, reference.paragraph or 1, reference.item)
            evidence = (named,) if named else ()
        if not evidence:
            limit = _WHOLE_REPEALED if is_repealed else _WHOLE_LOOK_UP
            evidence = (
                (whole(document, article),)
                if len(article.text) <= limit
                else self._select(understanding, document, article)
            )
        drafted += self._quote(query, document, article, evidence, name_article=True)
        if is_repealed:
            drafted += self._governing(query, understanding, article)
        return Draft(tuple(drafted))

    def tell_validity(self, query: Query, references: Iterable[Reference]) -> Draft:
        """Whether the named titles are in force, and since or from when, in their own words."""
        drafted: list[DraftSentence] = []
        for title in dict.fromkeys(r.title for r in references if r.title):
            shown = self._corpus.version_on(title, query.as_of)
            for document in self._corpus.versions(title):
                notes = self._status_notes(document, query.as_of)
                if document is shown and not notes:
                    notes = self._commencement(query, document)
                drafted += notes if document is shown or notes else []
        return Draft(tuple(drafted))

    def _commencement(self, query: Query, document: Document) -> list[DraftSentence]:
        """The clause by which a text takes effect."""
        for article in reversed(document.articles):
            for start, end in sentences(article.text, 0, len(article.text)):
                if _COMMENCES.search(article.text, start, end):
                    evidence = (Evidence(document.id, article.key, start, end),)
                    return self._quote(query, document, article, evidence)
        return []

    def _governing(
        self, query: Query, understanding: Understanding, old: Article
    ) -> list[DraftSentence]:
        """The main article that governs today, and which law applies to an earlier act."""
        drafted: list[DraftSentence] = []
        for key in self._corpus.governing(old.key, query.as_of)[:1]:
            found = self._corpus.article(key, query.as_of)
            if found:
                document, article = found
                evidence = (
                    (whole(document, article),)
                    if len(article.text) <= _WHOLE_REPEALED
                    else select(
                        document,
                        article,
                        f"{understanding.content} {old.text[:120]}",
                        understanding.aspects,
                        self._weigh,
                    )
                )
                drafted += self._quote(query, document, article, evidence, lead="同一事项现在由")
        if _EARLIER.search(understanding.text):
            found = self._corpus.article(_EARLIER_ACTS, query.as_of)
            if found:
                drafted += self._quote(query, *found, (whole(*found),), lead="对此前的行为，")
        return drafted

    def _title_notes(self, references: Iterable[Reference], day: date) -> list[DraftSentence]:
        notes: list[DraftSentence] = []
        for reference in references:
            document = self._corpus.version_on(reference.title or "", day)
            if document:
                notes += self._status_notes(document, day)
        return notes

    def _status_notes(self, document: Document, day: date) -> list[DraftSentence]:
        """What a reader must know before relying on a text that is not in force on ``day``."""
        status = self._corpus.status(document, day)
        if status is Status.NOT_YET:
            return [self._not_yet(document)]
        repeal = self._corpus.repeal(document.title)
        if status is not Status.REPEALED or repeal is None:
            return []
        found = self._corpus.article(repeal.by, day)
        if found is None:
            return []
        by, clause = found
        text = (
            f"《{short_title(document.title)}》已经废止："
            f"《{short_title(by.title)}》自{_date(repeal.day)}起施行，该法同时废止。"
        )
        return [DraftSentence(text, (whole(by, clause),))]

    def _not_yet(self, document: Document) -> DraftSentence:
        revised = "新修订的" if len(self._corpus.versions(document.title)) > 1 else ""
        name = f"{revised}《{short_title(document.title)}》尚未施行"
        for article in reversed(document.articles):
            if document.effective and f"自{_date(document.effective)}起施行" in article.text:
                text = f"{name}，自{_date(document.effective)}起施行。"
                return DraftSentence(text, (whole(document, article),))
        return DraftSentence(f"{name}。", (whole(document, document.articles[-1]),))

    def _select(
        self,
        understanding: Understanding,
        document: Document,
        article: Article,
        found: Passage | None = None,
    ) -> tuple[Evidence, ...]:
        return select(
            document,
            article,
            understanding.content,
            understanding.aspects,
            self._weigh,
            found,
            whole_theme=article.key == understanding.theme,
        )

    def _quote(
        self,
        query: Query,
        document: Document,
        article: Article,
        evidence: Sequence[Evidence],
        name_article: bool = False,
        lead: str = "",
    ) -> list[DraftSentence]:
        source = lead + _source(query.audience, document, article, name_article)
        sentences = []
        for i, piece in enumerate(evidence):
            words = quote_of(piece, self._corpus).replace("「", "『").replace("」", "』")
            sentences.append(DraftSentence(f"{'其中，' if i else source}「{words}」", (piece,)))
        return sentences


def _source(audience: Audience, document: Document, article: Article, name_article: bool) -> str:
    if document.kind is Kind.POLICY:
        return f"潍坊市生态环境局的部署（“{article.label}”部分）："
    if document.kind is Kind.DOCUMENT:
        return f"《{document.title}》写道："
    head = f"（{article.note}）" if article.note else ""
    if audience is Audience.STAFF:
        return f"《{document.title}》{article.label}规定{head}："
    label = article.label if name_article else ""
    return f"《{short_title(document.title)}》{label}规定{head}："


def short_title(title: str) -> str:
    """A statute's title without the country's name."""
    return title.removeprefix(_PREFIX)


def _date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
