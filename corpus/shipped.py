"""Vectors and weights that travel with the program: each is compared with what was shipped.

``shipped.sha256`` is in the format of ``sha256sum``, paths from the folder that the packages are
in; whoever has the publisher's key can verify its signature (``make verify-signature``).

    python -m corpus.shipped        writes it anew, after a fit
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from corpus.errors import ShippedError

_ROOT = Path(__file__).resolve().parent.parent
_SUMS = "corpus/shipped.sha256"
#: Everything of these kinds.
_KINDS = ("*.npz", "*.npy", "*.onnx")
_PACKAGES = ("assistant", "corpus", "index")
#: Of these packages the JSON files too: all that they have are weights, but for the interface's
#: words.
_WEIGHED, _WORDS = ("assistant", "index"), "assistant/ui"


@cache
def check_shipped(root: Path = _ROOT) -> None:
    """Read every shipped file once a process; ShippedError for one that is damaged or missing."""
    try:
        lines = (root / _SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise _broken(_SUMS) from error
    if not lines:
        raise _broken(_SUMS)
    for line in lines:
        expected, _, name = line.partition("  ")
        try:
            found = _digest(root / name)
        except OSError as error:
            raise _broken(name) from error
        if found != expected:
            raise _broken(name)


def write_sums(root: Path = _ROOT) -> int:
    """Write the checksums of what is shipped now; returns of how many files."""
    files = sorted(
        {p for package in _PACKAGES for kind in _KINDS for p in (root / package).rglob(kind)}
        | {p for package in _WEIGHED for p in (root / package).rglob("*.json")}
        - {*(root / _WORDS).rglob("*.json")}
    )
    lines = [f"{_digest(path)}  {path.relative_to(root).as_posix()}\n" for path in files]
    new = (root / _SUMS).with_suffix(f".{os.getpid()}.tmp")
    new.write_text("".join(lines), "utf-8")
    new.replace(root / _SUMS)
    check_shipped.cache_clear()
    return len(lines)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _broken(name: str) -> ShippedError:
    return ShippedError(
        f"随程序带来的 {name} 不是发布时的内容，请重新安装；"
        "若是自己重新训练的，请运行 python -m corpus.shipped。"
    )


if __name__ == "__main__":
    sys.stdout.write(f"{write_sums()} files\n")
