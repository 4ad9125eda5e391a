"""What an index of so many passages costs: time and memory, each part in a process of its own.

    python -m eval.bench.growth --passages 25000 250000 1000000

Vectors are those of the index in use, moved at random and normed again; pieces, words and texts are
those of the corpus, over and over: of each passage there is as much as there is of a real one.
Nothing is embedded. What is measured is the time of a search by the product's own classes, and what
the process holds in memory for it (resident, beyond what Python and the libraries take).
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from assistant.settings import load_settings
from corpus.loading import load_corpus
from index.embedders import load_question_encoder
from index.opening import read_vectors
from index.search import (
    Counts,
    LateInteraction,
    LexicalIndex,
    Record,
    Row,
    StoreLocation,
    TokenCodes,
    VectorStore,
    count,
)
from index.state import IndexFolder
from index.types import Vector

#: How far a vector is moved, in lengths of it: nearest neighbours are as near as real ones.
_MOVED = 0.3
_QUESTIONS = (
    "夜间施工噪声怎么罚",
    "排污许可证到期了怎么办",
    "危险废物能不能自己处理",
    "企业偷排废水谁来查",
    "秸秆露天焚烧有什么后果",
)
_ROUNDS = 6
_READ, _NEAREST, _LAY = 60, 60, 100
#: So many pieces a passage of the bundled corpus has.
_PIECES = 85
#: Passages that are embedded to see how long one takes.
_EMBEDDED = 192
_MB = 2**20
PARTS = ("passages", "vectors", "pieces", "words", "chroma")

Figures = dict[str, float]


def resident_mb() -> float:
    """What this process holds in memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / _MB


def timed(work: Callable[[str], object]) -> Figures:
    """Milliseconds of a search: the median and the 95th hundredth, and the median of what it takes
    of a processor, which is the same whatever else the machine does."""
    taken, worked = [], []
    for question in _QUESTIONS * _ROUNDS:
        started, before = time.perf_counter(), time.process_time()
        work(question)
        worked.append(1000 * (time.process_time() - before))
        taken.append(1000 * (time.perf_counter() - started))
    some = slice(len(_QUESTIONS), None)  # the first of each reads what is remembered afterwards
    late = quantiles(taken[some], n=20)[-1]
    return {"p50_ms": median(taken[some]), "p95_ms": late, "cpu_ms": median(worked[some])}


def generated_vectors(known: Vector, count: int, seed: int = 1) -> Vector:
    """So many unit vectors that lie as those known do, shape (count, dimension)."""
    drawn = np.random.default_rng(seed)
    found = np.empty((count, known.shape[1]), np.float32)
    for start in range(0, count, len(known)):
        some = known[: count - start]
        moved = drawn.standard_normal(some.shape, dtype=np.float32)
        moved *= _MOVED / np.sqrt(known.shape[1])
        moved += some
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        found[start : start + len(some)] = moved
    return found


def repeated_counts(counts: Counts, texts: int) -> Counts:
    """The counts of so many texts: those of the real ones, over and over."""
    have = len(counts.names)
    times = -(-texts // have)
    in_texts = np.diff(counts.starts)
    rows = np.empty(len(counts.rows) * times, np.int32)
    many = np.empty(len(counts.rows) * times, counts.counts.dtype)
    at = 0
    for start, size in zip(counts.starts, in_texts, strict=False):
        some = slice(int(start), int(start + size))
        offsets = np.repeat(np.arange(times, dtype=np.int32) * have, size)
        rows[at : at + size * times] = np.tile(counts.rows[some], times) + offsets
        many[at : at + size * times] = np.tile(counts.counts[some], times)
        at += int(size) * times
    names = tuple(f"{i:016x}" for i in range(have * times))
    starts = np.concatenate([[0], np.cumsum(in_texts * times)])
    lengths = np.tile(counts.lengths, times)
    return Counts(names, counts.vocabulary, lengths, starts, rows, many)


def of_passages(texts: int, _: Path) -> Figures:
    """Texts with their ids and headings, as the corpus holds them."""
    real = load_corpus().passages()
    before = resident_mb()
    held = [
        (f"{number:016x}", f"{number}{one.text}", tuple(f"{p}{number}" for p in one.path))
        for number, one in _repeated(real, texts)
    ]
    return {"mb": resident_mb() - before, "count": len(held)}


def of_vectors(texts: int, _: Path) -> Figures:
    """The nearest passages by an exact product."""
    reading = _reading(texts, pieces=1)
    everybody: NDArray[np.bool_] = np.ones(texts, bool)
    nobody = ~everybody
    found = timed(lambda q: reading.nearest(q, _NEAREST, everybody, nobody))
    return {**found, "mb": texts * _dimension() * 4 / _MB}


def of_pieces(texts: int, _: Path) -> Figures:
    """The nearest compared piece by piece: only those are read, but all are held."""
    load_question_encoder()
    before = resident_mb()
    reading = _reading(texts, pieces=_PIECES, has_vectors=False)
    held = resident_mb() - before
    drawn = np.random.default_rng(2)
    return {
        **timed(lambda q: reading.compare(q, [str(i) for i in drawn.integers(0, texts, _READ)])),
        "mb": held,
    }


def of_words(texts: int, _: Path) -> Figures:
    """BM25."""
    counts = repeated_counts(count([p.text for p in load_corpus().passages()]), texts)
    before = resident_mb()
    started = time.perf_counter()
    index = LexicalIndex(counts)
    opened = time.perf_counter() - started
    arrays = (counts.lengths, counts.starts, counts.rows, counts.counts)
    held = sum(a.nbytes for a in arrays) / _MB
    mb = resident_mb() - before + held
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**timed(index.scores), "mb": mb, "open_s": opened, "peak_mb": peak}


def of_chroma(texts: int, folder: Path) -> Figures:
    """Chroma's HNSW: written, opened anew and searched."""
    spawned = multiprocessing.get_context("spawn")
    with spawned.Pool(1, maxtasksperchild=1) as pool:
        written: Figures = pool.apply(_write_chroma, (texts, folder))
    encoder = load_question_encoder()
    before = resident_mb()
    started = time.perf_counter()
    store = VectorStore.open(StoreLocation(folder), "growth")
    opened = time.perf_counter() - started
    found = timed(lambda q: store.search(encoder.read(q).vector, _LAY))
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / _MB
    return {**written, **found, "mb": resident_mb() - before, "open_s": opened, "disk_mb": size}


def _write_chroma(texts: int, folder: Path) -> Figures:
    vectors = generated_vectors(_known(), texts)
    started = time.perf_counter()
    real = load_corpus().passages()
    rows = {
        str(number): Row(vectors[number], Record(f"{number}{one.text}", {"key": one.key}))
        for number, one in _repeated(real, texts)
    }
    VectorStore.write(StoreLocation(folder), "growth", rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = time.perf_counter() - started
    return {"write_s": took, "write_cpu_s": time.process_time(), "peak_mb": peak}


def embedding() -> Figures:
    """How long it takes to embed a passage, and its pieces."""
    encoder = load_question_encoder()
    texts = [p.text for p in load_corpus().passages()[:_EMBEDDED]]
    before = time.process_time()
    encoder.read_passages(texts)
    return {"cpu_ms_a_passage": 1000 * (time.process_time() - before) / len(texts)}


def _repeated(real: Sequence[Any], texts: int) -> Iterator[tuple[int, Any]]:
    return ((number, real[number % len(real)]) for number in range(texts))


def _known() -> Vector:
    return read_vectors(IndexFolder(load_settings().data_dir / "index"))


def _dimension() -> int:
    return int(_known().shape[1])


def _reading(texts: int, pieces: int, has_vectors: bool = True) -> LateInteraction:
    encoder = load_question_encoder()
    ids = [str(number) for number in range(texts)]
    drawn = np.random.default_rng(3)
    parts = encoder.quantizer.parts
    held = drawn.integers(0, 256, (texts * pieces, parts), np.uint8)
    codes = TokenCodes(ids, [pieces] * texts, held)
    empty = np.zeros((0, 0), np.float32)
    vectors = generated_vectors(_known(), texts) if has_vectors else empty
    return LateInteraction(ids, vectors, codes, encoder.quantizer, encoder.read)


_MEASURED: Mapping[str, Callable[[int, Path], Figures]] = {
    "passages": of_passages,
    "vectors": of_vectors,
    "pieces": of_pieces,
    "words": of_words,
    "chroma": of_chroma,
}


def measure(part: str, texts: int) -> Figures:
    """The figures of one part, from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        return _MEASURED[part](texts, Path(folder))


def main() -> None:
    """Print a line of JSON for each part and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=[25_000, 250_000, 1_000_000])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    chosen = parser.parse_args()
    console = Console(highlight=False, width=300)
    console.print(json.dumps({"part": "embedding", **_rounded(embedding())}))
    for texts in chosen.passages:
        for part in chosen.parts:
            told = _apart(part, texts)
            console.print(json.dumps({"part": part, "passages": texts, **_rounded(told)}))


def _apart(part: str, texts: int) -> Figures:
    """Measured in a new process; one for Chroma starts another, so none of them is a daemon."""
    spawned = multiprocessing.get_context("spawn")
    ours, theirs = spawned.Pipe()
    process = spawned.Process(target=_send, args=(theirs, part, texts))
    process.start()
    theirs.close()
    try:
        found: Figures = ours.recv()
    except EOFError:
        found = {"failed": 1.0}
    process.join()
    return found


def _send(reply: Any, part: str, texts: int) -> None:
    reply.send(measure(part, texts))


def _rounded(figures: Figures) -> Figures:
    return {name: round(value, 2) for name, value in figures.items()}


if __name__ == "__main__":
    main()
