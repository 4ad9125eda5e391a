"""Composing an answer from the passages' own words."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.extracting.leads import lead
from assistant.extracting.passages import choose
from assistant.extracting.quoting import quote
from assistant.extracting.today import WHOLE_REPEALED, Today
from assistant.extracting.unit_scores import Fits, Weigh, look_for
from assistant.extracting.units import item_with_lead, part, select, whole
from assistant.extracting.validity_notes import note_status, note_titles, tell_validity
from assistant.gate import carries, quote_of
from assistant.question import Aspect, Understanding, aspects_of
from assistant.types import HEDGE, Audience, Draft, DraftSentence, Evidence, Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import Reference
from corpus.splitting import has_items
from corpus.statutes import LiabilityLink
from corpus.types import Article, Document, Passage, Status
from index.types import ScoredPassage

ENGINE = "extractive"

#: A looked-up article up to this length is quoted whole.
_WHOLE_LOOK_UP = 600
#: Beside a second article the first speaks for the answer from this chance on.
_LEADS = 0.5
#: The article that goes with an answer (the duty of a penalty) is quoted up to this length.
_PAIRED = 160
#: What joins a duty to what punishes its breach, and the other way round.
_DUTY = "对应的义务："
_CONSEQUENCE = "违反的后果："
#: What stands before a passage that may not be what was meant.
_NEAREST = f"{HEDGE}规定："
#: A gist is told where the quote is at least this much of the article it sums up.
_COVERED = 0.6


class ExtractiveComposer:
    """Quotes the sentences, 款 or 项 that answer, after a few words that answer plainly."""

    def __init__(self, corpus: Corpus, weigh: Weigh, fits: Fits) -> None:
        """``fits`` tells how well the parts of articles fit the question."""
        self._corpus = corpus
        self._weigh = weigh
        self._fits = fits

    def compose(
        self,
        query: Query,
        understanding: Understanding,
        hits: Sequence[ScoredPassage],
        is_sure: bool = True,
    ) -> Draft:
        """Answer from the best passages; where that is not sure, they are called the nearest."""
        drafted = note_titles(understanding.references, query.as_of, self._corpus)
        links = self._corpus.liability_links
        added = self._corpus.added
        chosen = choose(hits, understanding, links, bool(query.history), added)
        for i, hit in enumerate(chosen):
            document, article = self._found(hit.passage)
            notes = note_status(document, query.as_of, self._corpus)
            notes += _note_district(understanding.text, document, self._corpus)
            notes += _note_place(understanding, document, self._corpus)
            drafted += [note for note in notes if note not in drafted]
            evidence = self._select(understanding, document, article, hit.passage)
            if i == 0 and is_sure and (len(chosen) == 1 or hit.score >= _LEADS):
                drafted += self._lead(query, understanding, document, article, evidence)
            hedge = "" if is_sure or document.kind is Kind.POLICY else _NEAREST
            before = self._joins(chosen[0].passage.key, article.key) if i else hedge
            asks_source = Aspect.SOURCE in understanding.aspects
            drafted += quote(
                query, self._corpus, document, article, evidence, asks_source, before=before
            )
        keys = {hit.passage.key for hit in chosen}
        if query.audience is Audience.ENTERPRISE:
            drafted += self._pair(query, understanding, chosen[0].passage.key, keys)
        elif understanding.only_tells and not aspects_of(understanding.text):
            # Who tells what was done and asks nothing wants to know what comes of it.
            drafted += self._pair(query, understanding, chosen[0].passage.key, keys, duties=False)
        return Draft(tuple(drafted))

    def list_all(self, query: Query, listed: Sequence[tuple[Document, Article, Evidence]]) -> Draft:
        """Quote each of the sentences, in their order."""
        drafted: list[DraftSentence] = []
        for document, article, evidence in listed:
            drafted += quote(query, self._corpus, document, article, (evidence,))
        return Draft(tuple(drafted))

    def look_up(
        self, query: Query, understanding: Understanding, absent: Mapping[Reference, str]
    ) -> Draft:
        """Answer a question that names articles which we have.

        ``absent`` are those of the named that we do not have, with what to say of them.
        """
        drafted: list[DraftSentence] = []
        for reference in understanding.references:
            if reference in absent:
                drafted.append(DraftSentence(absent[reference]))
                continue
            found = self._corpus.article(reference.key or "", query.as_of)
            if found is None:
                continue
            document, article = found
            notes = note_status(document, query.as_of, self._corpus)
            notes += _note_district(understanding.text, document, self._corpus)
            drafted += [note for note in notes if note not in drafted]
            is_repealed = self._corpus.status(document, query.as_of) is Status.REPEALED
            limit = WHOLE_REPEALED if is_repealed else _WHOLE_LOOK_UP
            evidence = self._looked_up(understanding, document, article, reference, limit)
            if reference.item and not has_items(article, document.collection):
                drafted.append(DraftSentence("这一条没有分项。"))
            drafted += quote(query, self._corpus, document, article, evidence, name_article=True)
            if is_repealed:
                named = "".join(quote_of(piece, self._corpus) for piece in evidence)
                today = Today(query, self._corpus, self._weigh, self._select)
                drafted += today.tell(understanding, article, named)
        return Draft(tuple(drafted))

    def tell_validity(self, query: Query, references: Iterable[Reference]) -> Draft:
        """Whether the named titles are in force, and since or from when, in their own words."""
        return Draft(tuple(tell_validity(query, references, self._corpus)))

    def _found(self, passage: Passage) -> tuple[Document, Article]:
        return self._corpus.find(passage.document_id, passage.key)

    def _looked_up(
        self,
        understanding: Understanding,
        document: Document,
        article: Article,
        reference: Reference,
        limit: int,
    ) -> tuple[Evidence, ...]:
        if reference.paragraph or reference.item:
            named = part(document, article, reference.paragraph, reference.item)
            if named:
                return (named,)
        if len(article.text) <= limit:
            return (whole(document, article),)
        return self._select(understanding, document, article)

    def _lead(
        self,
        query: Query,
        understanding: Understanding,
        document: Document,
        article: Article,
        evidence: tuple[Evidence, ...],
    ) -> list[DraftSentence]:
        """What the quote says to the question; the public gets its gist where nothing is nearer.

        Only where one article clearly answers: of two equals, neither can speak for the answer.
        """
        quoted = "\n".join(quote_of(piece, self._corpus) for piece in evidence)
        text = lead(understanding, quoted, document.kind is Kind.POLICY)
        gist = self._corpus.gist(article.key)
        wants_gist = query.audience is Audience.PUBLIC or Aspect.SIMPLER in understanding.aspects
        if gist and wants_gist and not text and len(quoted) >= _COVERED * len(article.text):
            told = f"大意是：{gist.rstrip('。')}。"
            text = told if carries(told, evidence, self._corpus, query.as_of) else ""
        return [DraftSentence(text, evidence)] if text else []

    def _joins(self, first: str, second: str) -> str:
        """The words that join a second article to the first."""
        links = self._corpus.liability_links
        if second in {link.duty for link in links.punished_by(first)}:
            return _DUTY
        if second in {link.liability for link in links.punishing(first)}:
            return _CONSEQUENCE
        return "另外，"

    def _pair(
        self,
        query: Query,
        understanding: Understanding,
        key: str,
        quoted: set[str],
        duties: bool = True,
    ) -> list[DraftSentence]:
        """The duty whose breach the article punishes (where ``duties`` are wanted), or what
        punishes the breach of the duty."""
        links = self._corpus.liability_links
        for told, link, other in (
            *((_DUTY, link, link.duty) for link in links.punished_by(key) if duties),
            *((_CONSEQUENCE, link, link.liability) for link in links.punishing(key)),
        ):
            if other in quoted:
                return []
            found = self._corpus.article(other, query.as_of)
            if found:
                evidence = self._paired(understanding, *found, link)
                return quote(query, self._corpus, *found, evidence, before=told)
        return []

    def _paired(
        self,
        understanding: Understanding,
        document: Document,
        article: Article,
        link: LiabilityLink,
    ) -> tuple[Evidence, ...]:
        if article.key == link.liability and link.paragraph and link.item:
            listed = item_with_lead(document, article, link.paragraph, link.item)
            if listed:
                return listed
        elif article.key == link.liability and link.paragraph:
            named = part(document, article, link.paragraph, link.item)
            if named and named.end - named.start <= _PAIRED:
                return (named,)
        if len(article.text) <= _PAIRED:
            return (whole(document, article),)
        return self._select(understanding, document, article)

    def _select(
        self,
        understanding: Understanding,
        document: Document,
        article: Article,
        found: Passage | None = None,
        also: str = "",
    ) -> tuple[Evidence, ...]:
        wanted = look_for(understanding, article.key, found, self._fits, also)
        whole_theme = article.key == understanding.theme
        return select(document, article, wanted, self._weigh, whole_theme)


def _note_place(
    understanding: Understanding, document: Document, corpus: Corpus
) -> list[DraftSentence]:
    """Which place a policy text is for, where several are held and the question names none."""
    place = document.collection.place_name
    is_one_of_many = document.kind is Kind.POLICY and len(corpus.places.own) > 1
    if not is_one_of_many or not place or understanding.places:
        return []
    return [DraftSentence(f"您没有写明是哪里，下面是{place}的。")]


def _note_district(text: str, document: Document, corpus: Corpus) -> list[DraftSentence]:
    """A note where a district is asked about and the city's text does not speak of it."""
    district = corpus.places.district(text) if document.kind is Kind.POLICY else ""
    if not district or any(district[:2] in article.text for article in document.articles):
        return []
    return [DraftSentence(f"部署原文没有单独写{district}，以下是对全市的安排。")]
