"""Reading a file in a process of its own: whatever is in it, this process stays as it was.

caller ──request──▶ child: the readers under limits ──JSON──▶ caller

The child holds the limits on itself where the kernel can (CPU, address space, size of files); the
clock, its memory with that of whatever it starts, and its output are watched from here. It ends,
with all that it started, when this process does.
"""

import base64
import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import corpus
from corpus.collection import Kind
from corpus.document_json import from_json
from corpus.errors import DocumentError, EcoPolicyError, OptionError
from corpus.readers.watching import Ended, Watch, never
from corpus.types import Document

_CHILD = "corpus.readers.child"
#: What a parser of hostile files has no need to know.
_SECRET = ("ECOPOLICY_", "KEY", "TOKEN", "SECRET", "PASSWORD")
#: Files that may be scans: recognising a page takes some ten seconds, and they may have 200.
_SCANNED, _SCANNED_S = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"), 1800
_ERRORS = {each.__name__: each for each in (DocumentError, OptionError, EcoPolicyError)}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds (of the clock and of CPU), megabytes of memory,
    articles (and passages) of the document, megabytes of text. ``niceness`` is how far the child
    steps back behind others."""

    seconds: float = 60
    megabytes: int = 1024
    articles: int = 20_000
    output_megabytes: int = 32
    niceness: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what its reader wants to be known of it, a sentence each."""

    document: Document
    notes: tuple[str, ...] = ()


class StoppedError(EcoPolicyError):
    """Nobody wants the file read any more."""


DEFAULT_LIMITS = Limits()


def read_apart(
    path: Path,
    *,
    name: str = "",
    title: str | None = None,
    kind: Kind | None = None,
    issuer: str = "",
    adopted: date | None = None,
    effective: date | None = None,
    url: str = "",
    limits: Limits = DEFAULT_LIMITS,
    is_stopped: Callable[[], bool] = never,
) -> Reading:
    """Read a user's file; what is given goes before what the text says.

    ``name`` is what the file is called where ``path`` does not say so. DocumentError where it
    cannot be read, not without loss, or not within the limits; StoppedError as soon as
    ``is_stopped`` tells that nobody wants it any more.
    """
    given = {
        "title": title,
        "kind": kind,
        "issuer": issuer,
        "adopted": adopted.isoformat() if adopted else None,
        "effective": effective.isoformat() if effective else None,
        "url": url,
    }
    called = name or path.name
    if Path(called).suffix.lower() in _SCANNED and importlib.util.find_spec("rapidocr"):
        limits = replace(limits, seconds=max(limits.seconds, _SCANNED_S))
    told = _ask({"path": str(path), "name": name, "given": given}, called, limits, None, is_stopped)
    try:
        return Reading(from_json(told["document"]), tuple(map(str, told["notes"])))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(called) from error


def read_document(
    path: Path,
    *,
    title: str | None = None,
    kind: Kind | None = None,
    issuer: str = "",
    adopted: date | None = None,
    effective: date | None = None,
    url: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """The document alone, as ``read_apart`` reads it."""
    return read_apart(
        path,
        title=title,
        kind=kind,
        issuer=issuer,
        adopted=adopted,
        effective=effective,
        url=url,
        limits=limits,
    ).document


def read_plain(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of a file as it was sent, a line for each paragraph and row of a table.

    DocumentError where the file cannot be read, or not within the limits.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        told = _ask({"name": name, "data": file.fileno()}, Path(name).name, limits, file)
    text = told.get("text")
    if not isinstance(text, str):
        raise _damaged(Path(name).name)
    return text


def page_image(
    path: Path, page: int, words: Sequence[str], limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """A PNG of a page (from 1) of a PDF file, ``words`` marked wherever they stand on it.

    DocumentError where there is no such page, or where it cannot be drawn within the limits.
    """
    request = {"name": "", "path": str(path), "page": page, "words": list(words)}
    told = _ask(request, path.name, limits)
    try:
        return base64.b64decode(told["png"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path.name) from error


def _ask(
    request: Mapping[str, Any],
    name: str,
    limits: Limits,
    file: IO[bytes] | None = None,
    is_stopped: Callable[[], bool] = never,
) -> Mapping[str, Any]:
    """What the child tells; DocumentError where it refuses the file or comes to grief over it."""
    with tempfile.TemporaryDirectory(prefix="ecopolicy-reader-") as folder:
        return _ask_in(folder, request, name, limits, file, is_stopped)


def _ask_in(
    folder: str,
    request: Mapping[str, Any],
    name: str,
    limits: Limits,
    file: IO[bytes] | None,
    is_stopped: Callable[[], bool],
) -> Mapping[str, Any]:
    """As ``_ask``; what the child leaves in its ``folder`` for temporary files goes with that."""
    child = _start([file.fileno()] if file else [], folder)
    try:
        line = json.dumps({**request, "limits": asdict(limits)}).encode() + b"\n"
        with suppress(BrokenPipeError):  # it has ended: how, is told below
            child.stdin.write(line)  # type: ignore[union-attr]
        watch = Watch(child, limits.seconds, limits.megabytes, _most(limits), is_stopped)
        output, ended = watch.run()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # the child, and whatever it started
        child.wait()
        child.stdin.close()  # type: ignore[union-attr]
        child.stdout.close()  # type: ignore[union-attr]
    return _told(output, _reason(ended, child.returncode, output), name, limits)


def _start(kept: list[int], folder: str) -> "subprocess.Popen[bytes]":
    root = str(Path(corpus.__file__).resolve().parents[1])
    environment = {k: v for k, v in os.environ.items() if not any(s in k for s in _SECRET)}
    paths = [root, *filter(None, [environment.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 (this interpreter, no text of a user)
        [sys.executable, "-P", "-m", _CHILD],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        pass_fds=kept,
        env={**environment, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": folder},
    )


def _most(limits: Limits) -> int:
    """Bytes that are taken from the child: its output, and some around it."""
    return limits.output_megabytes * 2**20 + 2**16


def _reason(ended: Ended, status: int, output: bytes) -> Ended:
    """The kernel's own stop at the limit of CPU counts as time."""
    if ended is Ended.DONE and not output and status == -signal.SIGXCPU:
        return Ended.TIME
    return ended


def _told(output: bytes, ended: Ended, name: str, limits: Limits) -> Mapping[str, Any]:
    if ended is Ended.STOPPED:
        raise StoppedError(f"不再读文件「{name}」。")
    if ended is Ended.UNBORN:
        raise EcoPolicyError("读文件的子进程没有启动起来，请看服务的日志，检查安装和内存后再试。")
    if ended is Ended.TIME:
        raise DocumentError(
            f"文件「{name}」读了 {limits.seconds:.0f} 秒还没有读完，请拆成小一些的文件，"
            "或另存为 txt 后再试。"
        )
    if ended is Ended.MEMORY:
        raise _too_much_memory(name, limits)
    if ended is Ended.OUTPUT:
        raise DocumentError(
            f"文件「{name}」的文字超过 {limits.output_megabytes} MB，请拆成几份再试。"
        )
    try:
        told = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    if not isinstance(told, dict):
        raise _damaged(name)
    if told.get("is_memory"):
        raise _too_much_memory(name, limits)
    if "failed" in told:
        _LOG.warning("a file could not be read: %s", told["failed"])
        raise _damaged(name)
    if "refused" in told:
        raise _named_error(told)
    return told


def _named_error(told: Mapping[str, Any]) -> EcoPolicyError:
    """The error that the child met: of the user's file, unless it names another one."""
    return _ERRORS.get(str(told.get("error")), DocumentError)(str(told["refused"]))


def _too_much_memory(name: str, limits: Limits) -> DocumentError:
    return DocumentError(
        f"文件「{name}」读起来要用的内存超过 {limits.megabytes} MB，请拆成小一些的文件再试。"
    )


def _damaged(name: str) -> DocumentError:
    return DocumentError(f"文件「{name}」已损坏，读到一半出错，请重新取得或另存后再试。")
