"""Vectors and weights that travel with the program: each is compared with what was shipped.

``shipped.sha256`` is in the format of ``sha256sum``, paths from the folder that the packages are
in; ``shipped.sha256.sig`` beside it is the publisher's signature, where he signed (``make sign``).

    python -m corpus.shipped        writes it anew, after a fit
"""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from corpus.errors import ShippedError

_ROOT = Path(__file__).resolve().parent.parent
_SUMS = "corpus/shipped.sha256"
#: What the signature is for, and by whom, as ``make sign`` and the file of signers name them.
_PURPOSE, _PUBLISHER = "ecopolicy", "publisher"
_VERIFY_S = 10
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


def check_signature(signers: Path, root: Path = _ROOT) -> None:
    """ShippedError where the list of checksums isn't signed with a key that the file of signers
    (``ALLOWED SIGNERS`` of ssh-keygen) has for ``publisher``, or that can't be told."""
    signature = root / f"{_SUMS}.sig"
    for path in (signers, signature):
        if not path.is_file():
            raise ShippedError(
                f"设置了 signers，但没有文件 {path}；请放好公钥文件和发布者的签名，或去掉这项设置。"
            )
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-s", str(signature)]
    command += ["-I", _PUBLISHER, "-n", _PURPOSE]
    try:
        ended = subprocess.run(  # noqa: S603 (paths of the operator's own)
            command,
            input=(root / _SUMS).read_bytes(),
            capture_output=True,
            timeout=_VERIFY_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ShippedError("验签要用的 ssh-keygen 不能运行，请先安装 openssh。") from error
    if ended.returncode:
        raise ShippedError(
            "随程序带来的向量和权重没有通过验签，请从发布者那里重新取得，不要使用现在的。"
        )


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
