"""Whether the files of an index are as they were written.

Every file's size and checksum stand beside them, of the list itself too. The checksum is XXH3
(Collet), which reads a gigabyte in less than half a second: it finds damage, it is no signature.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xxhash

from index.search import holds_nothing, rewritten

SEALS = "checksums.json"
_BLOCK = 1 << 20
#: So many names of damaged files are told.
_TOLD = 3


def seal(folder: Path) -> None:
    """Write down size and checksum of every file of an index; its last file."""
    paths = (p for p in sorted(folder.rglob("*")) if p.is_file() and not holds_nothing(p))
    files = {str(path.relative_to(folder)): _seal_of(path) for path in paths}
    text = json.dumps(files, sort_keys=True)
    sealed = {"files": files, "checksum": xxhash.xxh3_128_hexdigest(text.encode())}
    (folder / SEALS).write_text(json.dumps(sealed), "utf-8")


def damaged(folder: Path) -> tuple[str, ...]:
    """The files that are missing or not as they were written, paths within the index; the list of
    checksums alone where that can't be read. What was not there when it was written is no damage.
    """
    try:
        sealed = json.loads((folder / SEALS).read_bytes())
        files: Mapping[str, Mapping[str, Any]] = sealed["files"]
        text = json.dumps(files, sort_keys=True)
        if xxhash.xxh3_128_hexdigest(text.encode()) != sealed["checksum"]:
            return (SEALS,)
        return tuple(name for name, held in files.items() if not _is_whole(folder / name, held))
    except (OSError, ValueError, KeyError, TypeError):
        return (SEALS,)


def told(files: Sequence[str]) -> str:
    """Names of damaged files for a sentence."""
    names = "、".join(files[:_TOLD])
    return names if len(files) <= _TOLD else f"{names} 等 {len(files)} 个文件"


def _seal_of(path: Path) -> dict[str, Any]:
    spared = rewritten(path)
    size = path.stat().st_size
    return {"size": size, "spared": spared, "checksum": _checksum(path, size, spared)}


def _is_whole(path: Path, held: Mapping[str, Any]) -> bool:
    try:
        size = path.stat().st_size
        return bool(
            size == held["size"] and _checksum(path, size, held["spared"]) == held["checksum"]
        )
    except OSError:
        return False


def _checksum(path: Path, size: int, spared: Sequence[Sequence[int]]) -> str:
    """The checksum of a file without the bytes of these ranges, which are in order."""
    made = xxhash.xxh3_128()
    with path.open("rb", buffering=0) as file:
        start = 0
        for end, beyond in (*spared, (size, size)):
            for block in _blocks(file, start, end):
                made.update(block)
            start = beyond
    return made.hexdigest()


def _blocks(file: Any, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end:
        block: bytes = file.read(min(_BLOCK, end - start))
        if not block:
            return
        start += len(block)
        yield block
