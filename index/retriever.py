"""The hybrid retriever: BM25 and dense vectors, fused; also as a LangChain retriever."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.catalog import Corpus
from corpus.types import Kind, Passage, Status
from index.fusion import reciprocal_rank_fusion
from index.lexical import LexicalIndex
from index.store import VectorStore
from index.types import Embedder, ScoredPassage

_USABLE = (Status.IN_FORCE, Status.NEWS)

#: How many passages each ranking contributes before fusion.
_DEPTH = 200


class HybridRetriever:
    """Reciprocal rank fusion of BM25 and dense retrieval over one index."""

    def __init__(
        self,
        corpus: Corpus,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        store: VectorStore,
        embedder: Embedder,
    ) -> None:
        self.corpus = corpus
        self._passages = {passage.id: passage for passage in passages}
        self._ids = [passage.id for passage in passages]
        self._first: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            self._first.setdefault((passage.document_id, passage.key), passage)
        self._lexical = lexical
        self._store = store
        self._embedder = embedder

    def weigh(self, token: str) -> float:
        """How much a token tells: its inverse document frequency in the corpus."""
        return self._lexical.weigh(token)

    def passage_of(self, key: str, day: date) -> Passage | None:
        """The first passage of the article with this key, in the version to show for ``day``."""
        found = self.corpus.article(key, day)
        if found is None:
            return None
        document, article = found
        return self._first[document.id, article.key]

    def retrieve(
        self, question: str, k: int, day: date, prefer: Kind | None = None
    ) -> list[ScoredPassage]:
        """At most ``k`` passages, each of another key, from what is in force on ``day``.

        ``prefer`` gives the passages of one kind a ranking of their own besides.
        """
        usable = {
            document.id
            for document in self.corpus.documents
            if self.corpus.status(document, day) in _USABLE
        }
        scores = self._lexical.scores(question)
        order = np.argsort(-scores, kind="stable")[: 2 * _DEPTH]
        lexical = [self._ids[i] for i in order if scores[i] > 0]
        dense = self._store.search(self._embedder.encode_query(question), 2 * _DEPTH)
        rankings = [
            [i for i in ranking if self._passages[i].document_id in usable][:_DEPTH]
            for ranking in (lexical, dense)
        ]
        if prefer:
            ranked = reciprocal_rank_fusion(rankings)
            rankings.append([i for i in ranked if self._passages[i].kind is prefer])
        best: dict[str, ScoredPassage] = {}
        for passage_id, score in reciprocal_rank_fusion(rankings).items():
            passage = self._passages[passage_id]
            best.setdefault(passage.key, ScoredPassage(passage, score))
            if len(best) == k:
                break
        return list(best.values())


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
            for hit in self.retriever.retrieve(query, self.k, self.as_of)
        ]
