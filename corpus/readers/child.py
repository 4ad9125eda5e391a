"""The process that reads one file for another one (``corpus.readers.apart``).

Started as ``python -m corpus.readers.child``. A line of JSON on the standard input is the request;
the input then stays open as long as whoever asked is alive. The answer is one JSON object on the
standard output, behind ``READY``.
"""

import base64
import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.collection import Kind
from corpus.document_json import to_json
from corpus.errors import DocumentError, EcoPolicyError
from corpus.lifeline import hold_on, read_request
from corpus.readers.document import read_plain, read_with_notes
from corpus.readers.formats import page_image
from corpus.readers.watching import READY
from corpus.splitting import split
from corpus.types import Document

#: Beside what a process holds, its address space has libraries, stacks and reserves.
_RESERVED_TIMES = 4
_MOST_WRITTEN = 256 * 2**20
_MOST_TITLE = 300
_MOST_TRACE = 4000


def main() -> None:
    """Answer one request."""
    line = read_request()
    if not line:
        sys.exit(1)
    request = json.loads(line)
    hold_on()
    answer = os.dup(1)
    _keep_still()
    os.write(answer, READY)
    limits = request["limits"]
    _limit(limits["seconds"], limits["megabytes"], limits["niceness"])
    _write(answer, _answer(request, limits))


def _keep_still() -> None:
    """What libraries print goes nowhere: neither into the answer nor, by a file, into the log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _limit(seconds: float, megabytes: int, niceness: int) -> None:
    os.nice(niceness)
    cpu = int(time.process_time() + seconds) + 1
    for kind, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, _RESERVED_TIMES * megabytes * 2**20),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


def _answer(request: Mapping[str, Any], limits: Mapping[str, Any]) -> bytes:
    try:
        told = _read(request, limits)
        data = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
        most = limits["output_megabytes"]
        if len(data) > most * 2**20:
            name = _name(request)
            raise DocumentError(f"文件「{name}」的文字超过 {most} MB，请拆成几份再试。")
    except MemoryError:
        return b'{"is_memory": true}'
    except EcoPolicyError as error:
        if _is_of_memory(error):
            return b'{"is_memory": true}'
        return json.dumps({"refused": str(error), "error": type(error).__name__}).encode()
    except Exception:
        return json.dumps({"failed": traceback.format_exc()[-_MOST_TRACE:]}).encode()
    return data


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether a reader called a file damaged because there was no memory for it."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__
    return error is not None


def _read(request: Mapping[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    if "data" in request:
        with os.fdopen(request["data"], "rb") as file:
            file.seek(0)
            return {"text": read_plain(request["name"], file.read())}
    if "page" in request:
        drawn = page_image(Path(request["path"]), request["page"], request["words"])
        return {"png": base64.b64encode(drawn).decode()}
    given = {**request["given"], "name": request["name"]}
    given["kind"] = Kind(given["kind"]) if given["kind"] else None
    for name in ("adopted", "effective"):
        given[name] = date.fromisoformat(given[name]) if given[name] else None
    document, notes = read_with_notes(Path(request["path"]), **given)
    _check(document, _name(request), limits["articles"])
    return {"document": to_json(document), "notes": notes}


def _check(document: Document, name: str, most: int) -> None:
    if len(document.title) > _MOST_TITLE:
        raise DocumentError(
            f"文件「{name}」的标题有 {len(document.title)} 字，请另给它写明一个短标题。"
        )
    count = len(document.articles)
    if count <= most:
        count = sum(1 for _ in islice(split(document), most + 1))
    if count > most:
        raise DocumentError(f"文件「{name}」超过 {most} 条（段），请拆成几份再试。")


def _name(request: Mapping[str, Any]) -> str:
    return Path(request["name"] or request["path"]).name


def _write(answer: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(answer, rest) :]


if __name__ == "__main__":
    main()
