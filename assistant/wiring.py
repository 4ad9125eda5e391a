"""The one place where objects are put together."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Thread

from filelock import FileLock

from assistant.llm import Engine, connect, connect_provider, is_local
from assistant.newest import Newest
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant, Writer
from assistant.settings import Settings
from assistant.types import Query
from assistant.writing import AnswerWriter, BesideWriter, Uses, reviewed_wording
from corpus.catalog import Corpus
from corpus.collection import BUNDLED, Hotline, Kind
from corpus.collections import (
    Library,
    find_collection,
    read_collection,
)
from corpus.errors import EcoPolicyError, OptionError
from corpus.loading import load_corpus
from corpus.shipped import check_shipped, check_signature
from index.build import build
from index.contents import is_current
from index.embedders import SentenceEmbedder, load_embedder
from index.opening import find_damage, open_index
from index.search import HybridRetriever, load_reranker
from index.state import IndexFolder
from index.types import Progress, Reranker

_log = logging.getLogger("ecopolicy.index")
#: Asked of an index that was opened, before readers ask.
_WARMING = "夜间施工噪声怎么罚"
#: So long after an index could not be opened it is tried again.
_AGAIN_S = 10.0
#: So often it is looked for another index.
_LOOK_S = 1.0
#: About so many tokens of the corpus a model is shown, unless the settings say otherwise.
_TOKENS, _LOCAL_TOKENS = 2_000, 600


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the settings point to: the index folder, the added documents, the embedder."""

    folder: IndexFolder
    library: Library
    embedder: SentenceEmbedder
    collections: tuple[str, ...] = BUNDLED
    collections_dir: Path | None = None

    def corpus(self) -> Corpus:
        """The bundled corpus with the documents added so far."""
        return self.corpus_with(self.folder.state().documents)

    def corpus_with(self, names: Sequence[str]) -> Corpus:
        """The bundled corpus with exactly these added documents and their reviewed wording."""
        data_dir = self.folder.root.parent
        return load_corpus(
            self.library.load(names),
            reviewed_wording(data_dir, names),
            self.collections,
            self.collections_dir,
            own=data_dir,
        )

    def bundled(self) -> Corpus:
        """The corpus without any added document."""
        return load_corpus(collections=self.collections, folder=self.collections_dir)

    def lock(self) -> FileLock:
        """Held while the index or the library changes: one writer at a time."""
        self.folder.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder.root / "lock")


def open_library(settings: Settings) -> Library:
    """The documents that users added."""
    return Library(settings.documents_dir or settings.data_dir / "documents")


def open_workspace(settings: Settings) -> Workspace:
    """Everything that building and answering need; loads the embedder. ShippedError where the
    vectors and weights are not those of the program, or not the publisher's."""
    check_shipped()
    if settings.signers:
        check_signature(settings.signers)
    check_collections(settings)
    return Workspace(
        IndexFolder(settings.data_dir / "index", settings.chroma_server),
        open_library(settings),
        load_embedder(settings.embedder, settings.threads),
        settings.collections,
        settings.collections_dir,
    )


def check_collections(settings: Settings) -> None:
    """CollectionError where a collection is not as it must be, before anything is built."""
    for name in settings.collections:
        read_collection(find_collection(name, settings.collections_dir))


def page_options(settings: Settings, corpus: Corpus) -> PageOptions:
    """What the page is told: what the settings leave open is taken from the collections."""
    own = [Hotline(line.number, line.name) for line in settings.hotlines]
    kept = dict.fromkeys(line for c in corpus.collections for line in c.hotline)
    places = {place.names[0] if place.names else place.name for place in corpus.places.own}
    where = next(iter(places)) if len(places) == 1 else ""
    # What is asked of the law comes first, of the place's own plans last.
    ordered = sorted(corpus.collections, key=lambda c: c.kind is Kind.POLICY)
    return PageOptions(
        title=settings.title or f"{where}生态环境政策问答",
        authority=settings.authority,
        contact=settings.contact,
        allowed_hosts=settings.allowed_hosts,
        log_requests=settings.log_requests,
        accent=settings.accent,
        accent_dark=settings.accent_dark,
        audiences=settings.audiences,
        hotlines=tuple(own or kept),
        examples={
            audience: tuple(q for c in ordered for q in c.examples.get(audience.value, ()))
            for audience in settings.audiences
        },
        data_dir=settings.data_dir,
        max_question=settings.max_question,
        requests_per_minute=settings.requests_per_minute,
        api_requests_per_minute=settings.api_requests_per_minute,
        embed_origins=settings.embed_origins,
        client_header=settings.client_header,
        workers=settings.workers,
        queue_size=settings.queue_size,
        answer_seconds=settings.answer_seconds,
        keep_questions_days=settings.keep_questions_days,
        staff=settings.staff.get_secret_value(),
        records_database=settings.records_database.get_secret_value(),
        shared_limits=settings.shared_limits.get_secret_value(),
    )


def build_index(workspace: Workspace, progress: Progress, rebuild: bool = False) -> bool:
    """Build the index unless it is up to date and whole; returns whether it was built."""
    with workspace.lock():
        corpus = workspace.corpus()
        if not rebuild and is_current(workspace.folder, corpus, workspace.embedder.name):
            damage = find_damage(workspace.folder)
            if not damage:
                return False
            _log.warning("%s，正在修复。", damage)
        build(workspace.folder, corpus, workspace.embedder, progress, reuse=not rebuild)
        return True


def switch_documents(workspace: Workspace, names: Sequence[str], progress: Progress) -> None:
    """Put exactly these added documents into use, with an index made for them, in one step.

    The caller holds the workspace's lock.
    """
    corpus = workspace.corpus_with(names)
    build(workspace.folder, corpus, workspace.embedder, progress, documents=names)
    workspace.library.prune(names)


def build_assistant(
    settings: Settings,
    progress: Progress,
    workspace: Workspace | None = None,
    is_serving: bool = False,
) -> Assistant:
    """An assistant ready to answer; on the first run this builds the index.

    One that ``is_serving`` goes on with the index that it has while another is opened.
    """
    workspace = workspace or open_workspace(settings)
    reranker = load_reranker(settings.reranker) if settings.reranker else None
    build_index(workspace, progress)
    engine = open_engine(settings)
    newest = _newest(workspace, reranker, is_serving)
    return Assistant(newest, write_with(engine, settings) if engine else None)


def keep_current(assistant: Assistant) -> Event:
    """Look every second for another index, until what is returned is set: a server that nobody asks
    is on it too before the index that it has is taken away."""
    is_over = Event()

    def look() -> None:
        wait = _LOOK_S
        while not is_over.wait(wait):
            wait = _LOOK_S
            try:
                assistant.retriever()
            except EcoPolicyError as error:
                _log.error("it can't be told which index is in use: %s", error)
                wait = _AGAIN_S

    Thread(target=look, daemon=True, name="index-in-use").start()
    return is_over


def open_engine(settings: Settings) -> Engine | None:
    """The language model that the settings name, None where they name none."""
    if not settings.llm_model:
        if settings.llm_base_url:
            raise OptionError(
                "设置了 ECOPOLICY_LLM_BASE_URL，还要用 ECOPOLICY_LLM_MODEL 写明模型。"
            )
        return None
    if is_local(settings.llm_model):
        from assistant.llm import open_local

        return open_local(
            settings.llm_model,
            settings.data_dir / "models",
            settings.threads,
            timeout_s=settings.llm_timeout_s,
            evidence_tokens=settings.llm_evidence_tokens or _LOCAL_TOKENS,
        )
    names = [name.strip() for name in settings.llm_fallbacks.split(",") if name.strip()]
    others = tuple(_connect(name, settings, has_own_key=":" in name) for name in names)
    return _connect(settings.llm_model, settings, others=others)


def _connect(
    name: str, settings: Settings, has_own_key: bool = False, others: tuple[Engine, ...] = ()
) -> Engine:
    """A model behind an address or a provider; ``has_own_key`` where the provider's own
    environment variable has it."""
    limits = {
        "timeout_s": settings.llm_timeout_s,
        "evidence_tokens": settings.llm_evidence_tokens or _TOKENS,
        "is_judged": settings.llm_judged,
        "is_traced": settings.llm_tracing,
        "others": others,
    }
    key = "" if has_own_key else settings.llm_api_key.get_secret_value()
    if ":" in name and (has_own_key or not settings.llm_base_url):
        return connect_provider(name, key, **limits, is_structured=False)
    if not settings.llm_base_url:
        raise OptionError(
            "设置了 ECOPOLICY_LLM_MODEL，还要用 ECOPOLICY_LLM_BASE_URL 写明接口地址；"
            "本机的模型请写 local 或 GGUF 文件的路径。"
        )
    is_structured = settings.llm_structured
    return connect(name, settings.llm_base_url, key, **limits, is_structured=is_structured)


def write_with(engine: Engine, settings: Settings) -> Writer:
    """What writes with this model, used as the settings say: a small one in this process writes
    beside the extractive answer, one behind an address writes the answer itself."""
    uses = Uses(settings.llm_follow_ups, settings.llm_split, settings.llm_gist)
    writer = BesideWriter if is_local(settings.llm_model) else AnswerWriter
    return writer(engine, uses)


def _newest(
    workspace: Workspace, reranker: Reranker | None, is_serving: bool = False
) -> Callable[[], HybridRetriever]:
    """Gives the retriever of the index in use."""

    def opened(name: str, before: HybridRetriever | None) -> HybridRetriever:
        fresh = open_index(workspace.folder, workspace.corpus(), workspace.embedder, before)
        return fresh.reranked(reranker)

    def warm(fresh: HybridRetriever) -> None:
        Assistant(lambda: fresh).answer(Query(_WARMING, date.today()))

    return Newest(lambda: workspace.folder.state().index, opened, warm, is_serving)
