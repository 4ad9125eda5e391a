"""LangChain's own tests of a retriever, over the index of ``ECOPOLICY_DATA_DIR``.

``test_langchain_standard`` runs this file in a process of its own.
"""

from typing import Any

from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.settings import load_settings
from corpus.loading import load_corpus
from index.embedders import load_embedder
from index.langchain import PassageRetriever
from index.opening import open_index
from index.state import IndexFolder
from tests.conftest import TODAY

_FOLDER = IndexFolder(load_settings().data_dir / "index")
_OPENED = open_index(_FOLDER, load_corpus(), load_embedder())


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[PassageRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"retriever": lambda: _OPENED, "as_of": TODAY}

    @property
    def retriever_query_example(self) -> str:
        return "排污许可证有效期多久？"
