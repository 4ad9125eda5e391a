"""What LangChain offers out of the box, over the same texts: the retriever to compare with.

Needs the extra ``eval``.
"""

from collections.abc import Mapping
from datetime import date
from itertools import islice

import jieba
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.embeddings import Embeddings

from corpus.catalog import Corpus
from corpus.types import Status
from index.bundled import load_bundled
from index.contents import searchable_text, text_entries
from index.embedders import SentenceEmbedder
from index.types import Vector

#: How many texts each retriever gives; of 10, 50 and 400 the best for statutes on the dev split.
_DEPTH = 400


class KnownEmbeddings(Embeddings):
    """Vectors that are known by text, all others from the embedder."""

    def __init__(self, embedder: SentenceEmbedder, known: Mapping[str, Vector]) -> None:
        self._embedder = embedder
        self._known = known

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in their order."""
        new = [text for text in texts if text not in self._known]
        computed = dict(zip(new, self._embedder.embed_documents(new), strict=True)) if new else {}
        return [computed.get(text) or self._known[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, always computed."""
        return self._embedder.embed_query(text)


class LangChainBaseline:
    """BM25 over jieba's words and Chroma, fused with equal weights by EnsembleRetriever.

    It reads what the retriever under test reads of the passages in force on ``day``, headings and
    text, with the same encoder. Chroma is kept in memory.
    """

    def __init__(self, corpus: Corpus, embedder: SentenceEmbedder, day: date) -> None:
        usable = {
            document.id
            for document in corpus.documents
            if corpus.status(document, day) in (Status.IN_FORCE, Status.NEWS)
        }
        passages = [p for p in corpus.passages() if p.document_id in usable]
        ids = [passage.id for passage in passages]
        entries, known = text_entries(corpus), load_bundled(embedder.name)
        texts = dict(zip(entries.ids, entries.texts, strict=True))
        metadata = [{"id": passage.id, "key": passage.key} for passage in passages]
        words = BM25Retriever.from_texts(
            [searchable_text(passage) for passage in passages],
            metadata,
            ids,
            preprocess_func=jieba.lcut,
            k=_DEPTH,
        )
        meaning = Chroma.from_texts(
            [texts[i] for i in ids],
            KnownEmbeddings(embedder, {texts[i]: known[i] for i in ids if i in known}),
            metadata,
            ids,
            collection_name="ecopolicy-baseline",
        ).as_retriever(search_kwargs={"k": _DEPTH})
        self._ensemble = EnsembleRetriever(
            retrievers=[words, meaning], weights=[0.5, 0.5], id_key="id"
        )

    def retrieve(self, question: str, k: int) -> list[str]:
        """At most ``k`` different keys, best first."""
        found = self._ensemble.invoke(question)
        return list(islice(dict.fromkeys(str(d.metadata["key"]) for d in found), k))
