"""The one place where objects are put together."""

from assistant.pipeline import Assistant
from assistant.settings import Settings
from corpus.catalog import Corpus, load_corpus
from index.build import IndexFolder, build, is_current, known_vectors, open_index
from index.bundled import save_bundled
from index.embedders import SentenceEmbedder, load_embedder
from index.types import Progress


def index_folder(settings: Settings) -> IndexFolder:
    """Where the indexes of these settings are."""
    return IndexFolder(settings.data_dir / "index", settings.chroma_server)


def build_index(settings: Settings, progress: Progress, rebuild: bool = False) -> bool:
    """Build the index unless it is up to date; returns whether it was built."""
    corpus = load_corpus()
    embedder = load_embedder(settings.embedder, settings.threads)
    return _ensure_index(settings, corpus, embedder, progress, rebuild)


def export_vectors(settings: Settings, progress: Progress) -> int:
    """Write the vectors of the bundled corpus to the repository; returns how many."""
    corpus = load_corpus()
    embedder = load_embedder(settings.embedder, settings.threads)
    _ensure_index(settings, corpus, embedder, progress)
    vectors = known_vectors(index_folder(settings), embedder.name)
    save_bundled(embedder.name, vectors)
    return len(vectors)


def _ensure_index(
    settings: Settings,
    corpus: Corpus,
    embedder: SentenceEmbedder,
    progress: Progress,
    rebuild: bool = False,
) -> bool:
    folder = index_folder(settings)
    if not rebuild and is_current(folder, corpus, embedder.name):
        return False
    build(folder, corpus, embedder, progress, reuse=not rebuild)
    return True


def build_assistant(settings: Settings, progress: Progress) -> Assistant:
    """An assistant ready to answer; on the first run this builds the index."""
    corpus = load_corpus()
    embedder = load_embedder(settings.embedder, settings.threads)
    _ensure_index(settings, corpus, embedder, progress)
    return Assistant(corpus, open_index(index_folder(settings), corpus, embedder))
