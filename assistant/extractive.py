"""Composing an answer from the passages' own words."""

from collections.abc import Sequence
from datetime import date

from assistant.grounding import quote_of
from assistant.selection import Weigh, part, select, whole
from assistant.types import Audience, Draft, DraftSentence, Evidence, Outcome, Query
from assistant.understanding import Understanding
from corpus.catalog import Corpus
from corpus.references import Reference
from corpus.types import Article, Document, Kind, Status
from index.types import ScoredPassage

ENGINE = "extractive"

_PREFIX = "中华人民共和国"
#: A looked-up article up to this length is quoted whole.
_WHOLE_LOOK_UP = 600
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
        drafted: list[DraftSentence] = []
        for hit in (first, *close):
            document = self._corpus.document(hit.passage.document_id)
            article = next(a for a in document.articles if a.key == hit.passage.key)
            evidence = select(
                document, article, understanding.content, understanding.aspects, self._weigh
            )
            drafted += self._quote(query, document, article, evidence)
        return Draft(tuple(drafted))

    def look_up(self, query: Query, understanding: Understanding, reference: Reference) -> Draft:
        """Answer a question that names an article which we have."""
        found = self._corpus.article(reference.key or "", query.as_of)
        if found is None:
            raise KeyError(reference.key)
        document, article = found
        evidence: tuple[Evidence, ...] = ()
        if reference.paragraph or reference.item:
            named = part(document, article, reference.paragraph or 1, reference.item)
            evidence = (named,) if named else ()
        if not evidence and len(article.text) <= _WHOLE_LOOK_UP:
            evidence = (whole(document, article),)
        if not evidence:
            evidence = select(
                document, article, understanding.content, understanding.aspects, self._weigh
            )
        return Draft(
            (
                *self.status_notes(document, query.as_of),
                *self._quote(query, document, article, evidence, name_article=True),
            )
        )

    def status_notes(self, document: Document, day: date) -> tuple[DraftSentence, ...]:
        """What a reader must know before relying on a text that is not in force on ``day``."""
        status = self._corpus.status(document, day)
        if status is Status.NOT_YET:
            return (self._not_yet(document),)
        repeal = self._corpus.repeal(document.title)
        if status is not Status.REPEALED or repeal is None:
            return ()
        found = self._corpus.article(repeal.by, day)
        if found is None:
            return ()
        by, clause = found
        text = (
            f"《{short_title(document.title)}》已经废止："
            f"《{short_title(by.title)}》自{_date(repeal.day)}起施行，该法同时废止。"
        )
        return (DraftSentence(text, (whole(by, clause),)),)

    def _not_yet(self, document: Document) -> DraftSentence:
        name = f"《{short_title(document.title)}》尚未施行"
        for article in reversed(document.articles):
            if document.effective and f"自{_date(document.effective)}起施行" in article.text:
                text = f"{name}，自{_date(document.effective)}起施行。"
                return DraftSentence(text, (whole(document, article),))
        return DraftSentence(f"{name}。", (whole(document, document.articles[-1]),))

    def _quote(
        self,
        query: Query,
        document: Document,
        article: Article,
        evidence: Sequence[Evidence],
        name_article: bool = False,
    ) -> list[DraftSentence]:
        sentences = []
        for i, piece in enumerate(evidence):
            lead_in = (
                _lead_in(query.audience, document, article, name_article) if i == 0 else "其中，"
            )
            words = quote_of(piece, self._corpus).replace("「", "『").replace("」", "』")
            sentences.append(DraftSentence(f"{lead_in}「{words}」", (piece,)))
        return sentences


def _lead_in(audience: Audience, document: Document, article: Article, name_article: bool) -> str:
    if document.kind is Kind.POLICY:
        return f"潍坊市生态环境局的部署（“{article.label}”部分）："
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


def declined(text: str) -> Draft:
    """A refusal: it cites nothing."""
    return Draft((DraftSentence(text),), Outcome.DECLINED)
