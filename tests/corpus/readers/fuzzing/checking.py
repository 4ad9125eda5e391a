"""What holds of every file whatever is in it: a whole document comes of it, or one sentence."""

import json
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from unittest import mock

from corpus.collections import parse_matters, read_collection
from corpus.document_json import from_json, to_json
from corpus.errors import EcoPolicyError
from corpus.language import is_han, strip_control
from corpus.readers.document import read_plain, read_with_notes
from corpus.readers.formats import scans
from corpus.readers.formats.plain import decode
from corpus.splitting import spans, split
from corpus.types import Document

#: Of the processor, for a file of 30 KB as text; the reader's own limit is 60 of the clock.
SECONDS = 5
_MEGABYTES = 1024
_LONGEST = 400
#: What is refused behind the reader, by ``corpus.readers.child``.
_MOST_TITLE, _MOST_ARTICLES = 300, 20_000


class OverdueError(BaseException):
    """Reading took too long; no ``except Exception`` on the way takes it for a broken file."""


def check(path: Path) -> None:
    """Read the file; AssertionError, or whatever escaped, where it does not end as it must."""
    if path.suffix == ".toml":
        _check_collection(path)
        return
    before = _most_used()
    with _within(SECONDS), _without_recogniser():
        try:
            document, notes = read_with_notes(path)
        except EcoPolicyError as error:
            check_refusal(error)
            return
        except MemoryError as error:
            # Of a library's own making: the reading process has a limit, and says so.
            if _is_ours(error):
                raise
            return
        try:
            plain = read_plain(path.name, path.read_bytes())
        except EcoPolicyError as error:
            raise AssertionError("read once, refused once") from error
    check_document(document)
    assert all(note.endswith("。") for note in notes)
    assert plain.encode()
    if path.suffix == ".txt":
        _check_verbatim(document, decode(path.read_bytes(), path.name))
    # What ran before in this process is not this file's.
    used = _most_used() - before
    assert used < _MEGABYTES, f"{used} MB more"


def _most_used() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def check_refusal(error: EcoPolicyError) -> None:
    """One Chinese sentence; what a parser raises may stand behind it, no fault of our own code."""
    said = str(error)
    assert said.endswith("。"), said
    assert "\n" not in said, said
    assert len(said) < _LONGEST, said
    assert any(map(is_han, said)), said
    cause = error.__cause__
    if cause is None or isinstance(cause, MemoryError | RecursionError):
        return
    if _is_ours(cause):
        raise cause


def _is_ours(error: BaseException) -> bool:
    """Whether our own code raised it."""
    place = traceback.extract_tb(error.__traceback__)[-1].filename
    return f"{Path('corpus') / 'readers'}" in place


def check_document(document: Document) -> None:
    """All of it can be kept and shown, and its passages are slices of its articles."""
    if len(document.title) > _MOST_TITLE or len(document.articles) > _MOST_ARTICLES:
        return
    told = json.dumps(to_json(document), ensure_ascii=False)
    assert told.encode()
    assert from_json(json.loads(told)) == document
    articles = {article.key: article for article in document.articles}
    assert articles
    assert len(articles) == len(document.articles)
    assert document.title.strip()
    assert "\n" not in document.title
    for article in document.articles:
        assert article.text == strip_control(article.text).strip(), repr(article.text[:80])
        assert article.text
        assert article.label
        end = 0
        for span in spans(article, document.collection):
            assert end <= span.start < span.end <= len(article.text)
            end = span.end
    left = {key: list(article.text) for key, article in articles.items()}
    for passage in split(document):
        end = passage.start + len(passage.text)
        assert passage.text.strip()
        assert passage.text == articles[passage.key].text[passage.start : end]
        left[passage.key][passage.start : end] = [" "] * len(passage.text)
    assert not any("".join(rest).strip() for rest in left.values())


def _check_verbatim(document: Document, text: str) -> None:
    """The letters of every article stand in the file one behind the other."""
    letters = _letters(text)
    for article in document.articles:
        assert _letters(article.text) in letters, article.text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_control(text)))


def _check_collection(path: Path) -> None:
    folder = path.parent / "collection"
    folder.mkdir(exist_ok=True)
    (folder / "collection.toml").write_bytes(path.read_bytes())
    with _within(SECONDS):
        for read in (
            lambda: read_collection(folder),
            lambda: parse_matters(path.read_bytes().decode("utf-8", "replace"), path.name),
        ):
            try:
                read()
            except EcoPolicyError as error:
                check_refusal(error)


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise OverdueError(f"more than {seconds} s at {frame and frame.f_code.co_qualname}")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _without_recogniser() -> Iterator[None]:
    """Pictures are decoded, and nothing is found on them: recognising takes seconds."""
    nothing = mock.Mock(return_value=mock.Mock(boxes=None, txts=None))
    with (
        mock.patch.object(scans, "_recogniser", return_value=nothing),
        mock.patch.object(scans, "is_installed", return_value=True),
    ):
        yield
