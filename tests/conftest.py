"""Fixtures shared by all tests: the real corpus, the real embedder, a real index."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.pipeline import Assistant
from assistant.settings import Settings, load_settings
from corpus.catalog import Corpus
from corpus.loading import load_corpus
from index.build import build
from index.contents import is_current
from index.embedders import SentenceEmbedder, load_embedder
from index.opening import open_index
from index.search.retriever import HybridRetriever
from index.state import IndexFolder

#: The day as of which the tests ask: after the code took effect.
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session", autouse=True)
def isolated_environment(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of this machine reaches a test, and nothing a test writes reaches ``var``."""
    for name in [name for name in os.environ if name.startswith("ECOPOLICY_")]:
        del os.environ[name]
    os.environ["ECOPOLICY_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def settings(isolated_environment: None) -> Settings:
    return load_settings()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    return load_embedder()


@pytest.fixture(scope="session")
def made_index(
    tmp_path_factory: pytest.TempPathFactory,
    repository: Path,
    corpus: Corpus,
    embedder: SentenceEmbedder,
) -> Path:
    """Where the bundled texts are indexed: the repository's own index where that is current, else
    one that is made once for a run, however many workers it has."""
    own = IndexFolder(repository / "var" / "index")
    if own.state().documents == () and is_current(own, corpus, embedder.name):
        return own.root
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = IndexFolder(root / "bundled-index")
    with FileLock(root / "bundled-index.lock"):
        if not is_current(folder, corpus, embedder.name):
            build(folder, corpus, embedder, lambda done, total: None)
    return folder.root


@pytest.fixture(scope="session")
def retriever(
    settings: Settings, corpus: Corpus, embedder: SentenceEmbedder, made_index: Path
) -> HybridRetriever:
    folder = IndexFolder(settings.data_dir / "index")
    shutil.copytree(made_index, folder.root)
    return open_index(folder, corpus, embedder)


@pytest.fixture(scope="session")
def assistant(corpus: Corpus, retriever: HybridRetriever) -> Assistant:
    return Assistant(lambda: retriever)


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parent.parent
