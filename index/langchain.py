"""The hybrid retriever as a LangChain retriever."""

from collections.abc import Callable
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from corpus.catalog import Corpus
from index.search import HybridRetriever
from index.types import ScoredPassage


class PassageRetriever(BaseRetriever):
    """The hybrid retriever for LangChain: a question → LangChain documents, best first.

    Metadata: ``key``, ``path`` (headings), ``title``, ``locator``, ``status`` on the day,
    ``effective_date`` (YYYY-MM-DD or empty), ``url``, ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    #: Gives the retriever to use now: documents can be added meanwhile.
    retriever: Callable[[], HybridRetriever]
    k: int = Field(10, ge=1, le=100)
    as_of: date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[LangChainDocument]:
        day = self.as_of or date.today()
        retriever = self.retriever()
        hits = retriever.retrieve(query, k or self.k, day).hits
        return [
            LangChainDocument(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata=_facts(hit, retriever.corpus, day),
            )
            for hit in hits
        ]


def _facts(hit: ScoredPassage, corpus: Corpus, day: date) -> dict[str, Any]:
    passage = hit.passage
    document = corpus.document(passage.document_id)
    return {
        "key": passage.key,
        "path": list(passage.path),
        "title": passage.title,
        "locator": passage.locator,
        "status": corpus.status(document, day).value,
        "effective_date": document.effective.isoformat() if document.effective else "",
        "url": document.url,
        "score": hit.score,
    }
