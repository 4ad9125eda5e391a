"""LangChain's own tests of a retriever, and its own Chroma over our collection."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document

from assistant.pipeline import Assistant
from assistant.runnable import as_retriever
from assistant.settings import Settings
from index.embedders import load_question_encoder
from index.opening import chroma_arguments
from index.search.retriever import HybridRetriever
from index.state import IndexFolder
from tests.conftest import TODAY

TESTS = "tests/assistant/standard_retriever.py"
QUESTION = "排污许可证有效期多久？"
CODE = "中华人民共和国生态环境法典"


def test_the_standard_tests_of_a_retriever(
    settings: Settings, retriever: HybridRetriever, repository: Path
) -> None:
    # In a process of their own: one of them needs an event loop, and their fixture has our name.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--asyncio-mode=auto", TESTS],
        cwd=repository,
        env={**os.environ, "ECOPOLICY_DATA_DIR": str(settings.data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout


def test_the_factory_gives_the_retriever(assistant: Assistant) -> None:
    found = as_retriever(assistant, k=2, as_of=TODAY).invoke(QUESTION)
    assert len(found) == 2
    assert found[0].metadata["status"] == "现行有效"


def _is_the_article(document: Document) -> None:
    facts = document.metadata
    assert facts["title"] == CODE
    assert facts["key"] == f"{CODE}#{facts['key'].split('#')[1]}"
    assert facts["locator"].startswith("第")
    assert date.fromisoformat(facts["effective_date"]) == date(2026, 8, 15)


def test_a_stock_chroma_opens_the_passages(settings: Settings, retriever: HybridRetriever) -> None:
    arguments = chroma_arguments(IndexFolder(settings.data_dir / "index"))
    stock = Chroma(**arguments, embedding_function=load_question_encoder())
    assert arguments["collection_name"] == "ecopolicy-text"
    found = stock.similarity_search(QUESTION, k=4)
    assert any("排污许可证" in document.page_content for document in found)
    _is_the_article(found[0])
    only = stock.similarity_search(QUESTION, k=3, filter={"title": "中华人民共和国水法"})
    assert {document.metadata["title"] for document in only} == {"中华人民共和国水法"}
    (article,) = stock.get(where={"key": f"{CODE}#182"})["documents"]
    assert "五年" in article


_ELSEWHERE = """
import sys
from langchain_chroma import Chroma
stock = Chroma(collection_name="ecopolicy-text", persist_directory=sys.argv[1])
print(len(stock.get(limit=5)["ids"]), stock._collection.count())
"""


def test_another_program_opens_the_folder(settings: Settings, retriever: HybridRetriever) -> None:
    folder = IndexFolder(settings.data_dir / "index")
    where = folder.root / folder.state().index / "chroma"
    done = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(where)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["5", str(len(retriever.corpus.passages()))]
