"""The hybrid retriever as a LangChain retriever."""

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search.retriever import HybridRetriever


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
