"""The hybrid retriever: BM25 and dense vectors, fused; also as a LangChain retriever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.catalog import Corpus
from corpus.types import Kind, Passage, Status
from index.field import SearchField
from index.fusion import reciprocal_rank_fusion
from index.types import Embedder, Preference, Retrieval, ScoredPassage

_USABLE = (Status.IN_FORCE, Status.NEWS, Status.UNDATED)

#: How many texts each ranking reads before fusion; reading vectors' ids from Chroma costs the most.
_WORDS_DEPTH = 200
_MEANING_DEPTH = 100
_SPREAD_AT = 30


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ranking counts in the fusion; fitted on the train and dev split of ``eval``."""

    text_words: float = 0.6
    text_meaning: float = 0.4
    lay_words: float = 1.2
    lay_meaning: float = 1.5
    without_lay: float = 1.0
    k: int = 20


class HybridRetriever:
    """Reciprocal rank fusion of BM25 and dense retrieval, over the texts and over lay wording.

    Lay wording is a further representation of an article (multi-vector retrieval): several texts
    lead to one key; what is returned and quoted is always a passage of the article.
    """

    def __init__(
        self,
        corpus: Corpus,
        passages: Sequence[Passage],
        text: SearchField,
        lay: SearchField | None,
        embedder: Embedder,
        weights: Weights | None = None,
    ) -> None:
        self.corpus = corpus
        self._passages = {passage.id: passage for passage in passages}
        self._first: dict[tuple[str, str], Passage] = {}
        self._parts: dict[str, Passage] = {}
        for passage in passages:
            self._first.setdefault((passage.document_id, passage.key), passage)
            self._parts[f"{passage.key}|{passage.locator}"] = passage
        self._worded = {wording.key.split("#")[0] for wording in corpus.lay_wording}
        self._worded |= {p.title for p in passages if p.kind is Kind.POLICY}
        self._text = text
        self._lay = lay
        self._embedder = embedder
        self._weights = weights or Weights()

    def weigh(self, token: str) -> float:
        """How much a token tells: its inverse document frequency in the corpus."""
        return self._text.lexical.weigh(token)

    def passage_of(self, key: str, day: date) -> Passage | None:
        """The first passage of the article with this key, in the version to show for ``day``."""
        found = self.corpus.article(key, day)
        if found is None:
            return None
        document, article = found
        return self._first[document.id, article.key]

    def retrieve(
        self, question: str, k: int, day: date, prefer: Preference | None = None
    ) -> Retrieval:
        """At most ``k`` passages, each of another key, from what is in force on ``day``.

        The passages that ``prefer`` picks get a ranking of their own besides.
        """
        usable = {
            document.id
            for document in self.corpus.documents
            if self.corpus.status(document, day) in _USABLE
        }
        vector = self._embedder.encode_query(question)
        weights = self._weights
        best: dict[str, Passage] = {}
        words = self._text.by_words(question, _WORDS_DEPTH)
        meaning, similarities = self._text.by_meaning(vector, _MEANING_DEPTH)
        rankings = [
            self._passage_keys(words, usable, best),
            self._passage_keys(meaning, usable, best),
        ]
        weighted = [weights.text_words, weights.text_meaning]
        if self._lay:
            words = self._lay.by_words(question, _WORDS_DEPTH)
            meaning, similarities = self._lay.by_meaning(vector, _MEANING_DEPTH)
            rankings.append(self._lay_keys(words, usable, day, best))
            rankings.append(self._lay_keys(meaning, usable, day, best))
            weighted += [weights.lay_words, weights.lay_meaning]
            # What has no lay wording (a user's own document) would never win against what has.
            plain = reciprocal_rank_fusion(rankings[:2], weighted[:2], weights.k)
            rankings.append([key for key in plain if best[key].title not in self._worded])
            weighted.append(weights.without_lay)
        if prefer:
            fused = reciprocal_rank_fusion(rankings, weighted, weights.k)
            rankings.append([key for key in fused if prefer.picks(best[key])])
            weighted.append(prefer.weight)
        fused = reciprocal_rank_fusion(rankings, weighted, weights.k)
        return Retrieval(
            tuple(ScoredPassage(best[key], score) for key, score in islice(fused.items(), k)),
            nearest=similarities[0],
            spread=similarities[0] - similarities[min(_SPREAD_AT, len(similarities) - 1)],
        )

    def has_lay_wording(self, title: str) -> bool:
        """Whether any article of this title was described in lay words."""
        return title in self._worded

    def _passage_keys(
        self, ids: Sequence[str], usable: set[str], best: dict[str, Passage]
    ) -> list[str]:
        """Keys of usable passages in their order; ``best`` keeps the first passage of each."""
        keys: dict[str, None] = {}
        for passage in map(self._passages.__getitem__, ids):
            if passage.document_id in usable:
                keys[passage.key] = None
                best.setdefault(passage.key, passage)
        return list(keys)

    def _lay_keys(
        self, targets: Sequence[str], usable: set[str], day: date, best: dict[str, Passage]
    ) -> list[str]:
        """Keys of the targets that can be used on ``day``, in their order."""
        kept: dict[str, None] = {}
        for target in targets:
            key = target.split("|")[0]
            part = self._parts.get(target)
            passage = part or best.get(key) or self.passage_of(key, day)
            if passage and passage.document_id in usable:
                # Lay wording of a part knows better than its words which part is meant.
                if part and key not in kept:
                    best[key] = part
                kept[key] = None
                best.setdefault(key, passage)
        return list(kept)


class PassageRetriever(BaseRetriever):
    """The hybrid retriever for LangChain: a question → LangChain documents with metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: HybridRetriever
    k: int = 10
    as_of: date

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "key": hit.passage.key,
                    "title": hit.passage.title,
                    "locator": hit.passage.locator,
                    "score": hit.score,
                },
            )
            for hit in self.retriever.retrieve(query, self.k, self.as_of).hits
        ]
