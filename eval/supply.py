"""What the program is built from: the licences of all packages, whether weaknesses are known, and
the checksum of every file that a server installs.

python -m eval.supply licences      writes docs/licences.md
python -m eval.supply audit TOOL    runs pip-audit over this environment
python -m eval.supply lock REPORT   writes requirements.lock from pip's report of an installation
"""

import argparse
import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PAGE = Path("docs/licences.md")
_LOCK = Path("requirements.lock")
_EXTRAS = ("", "dev", "eval", "ocr")
_CLASSIFIER = "License :: OSI Approved :: "
#: A licence that is a whole text is told by its first line, no longer than this.
_LONGEST = 60
#: What pip-audit says where it can't reach the database of weaknesses.
_UNKNOWN = "could not be audited"
_UNREACHED = (
    "ConnectionError",
    "Failed to establish",
    "HTTPError",
    "Max retries",
    "Name or service not known",
    "Network is unreachable",
    "ProxyError",
    "ServiceError",
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is installed, and what it says of its licence (empty where it says nothing).

    ``is_needed`` tells that the program itself needs it, and not only its development.
    """

    name: str
    version: str
    licence: str
    home: str
    is_needed: bool


def packages(root: str = "ecopolicy") -> list[Package]:
    """All that ``root`` and its extras need and that is installed, by name."""
    needed = {canonicalize_name(found.name) for found in _closure(root, ("",))}
    return sorted(
        (
            Package(
                found.name,
                found.version,
                licence_of(found),
                _field(found, "Home-page") or _first_address(found),
                canonicalize_name(found.name) in needed,
            )
            for found in _closure(root, _EXTRAS)
        ),
        key=lambda package: canonicalize_name(package.name),
    )


def licence_of(found: Distribution) -> str:
    """What a package says of its licence: its expression, its classifiers or its first line."""
    if expression := _field(found, "License-Expression"):
        return expression
    every = found.metadata.get_all("Classifier") or ()
    classified = [c for c in every if c.startswith(_CLASSIFIER)]
    if classified:
        return ", ".join(c.removeprefix(_CLASSIFIER) for c in classified)
    said = _field(found, "License").strip().splitlines()
    return said[0].strip()[:_LONGEST] if said else ""


def page(found: Sequence[Package]) -> str:
    """The page of licences, in Markdown."""
    head = "| 包 | 版本 | 许可 | 用途 |\n| --- | --- | --- | --- |\n"
    rows = (
        f"| {f'[{p.name}]({p.home})' if p.home else p.name} | {p.version} | "
        f"{p.licence or '未写明'} | {'运行' if p.is_needed else '开发、测评'} |\n"
        for p in found
    )
    return (
        "# 依赖的许可\n\n本页由 `make licences` 写成，读的是各包自己的元数据。"
        "“运行”是使用本助手所需，其余只在开发和测评时安装。\n\n" + head + "".join(rows)
    )


def audit(tool: str) -> int:
    """Run pip-audit over what is installed here; its status, 0 with a sentence where it can't reach
    the database of weaknesses."""
    command = [tool, "--progress-spinner", "off", "--path", sysconfig.get_path("purelib")]
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if done.returncode and any(word in done.stderr for word in _UNREACHED):
        sys.stderr.write("连不上漏洞库，这次没有核对依赖的已知漏洞，请在能联网的机器上再运行。\n")
        return 0
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    # The tool calls it a success where it found nobody who could tell.
    if unknown := (done.stdout + done.stderr).count(_UNKNOWN):
        sys.stderr.write(
            f"有 {unknown} 个包这次没有核对，漏洞库里查不到它们，请换一个网络再运行。\n"
        )
    return done.returncode


def locked(report: Mapping[str, Any]) -> str:
    """A requirements file with the version and the SHA-256 of every file in pip's report
    (``pip install --report``), by name; what is a folder, the program itself, is left out."""
    lines = {}
    for item in report["install"]:
        metadata, archive = item["metadata"], item["download_info"].get("archive_info")
        if archive is not None:
            name = canonicalize_name(metadata["name"])
            found = archive["hashes"]["sha256"]
            lines[name] = f"{name}=={metadata['version']} --hash=sha256:{found}\n"
    return "".join(lines[name] for name in sorted(lines))


def _closure(root: str, extras: Sequence[str]) -> Iterator[Distribution]:
    """The installed packages that ``root`` with these extras needs, each once, without itself."""
    waiting = [(root, frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    told: set[str] = set()
    while waiting:
        name, wanted = waiting.pop()
        if (canonicalize_name(name), wanted) in seen:
            continue
        seen.add((canonicalize_name(name), wanted))
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        if canonicalize_name(name) not in told and name != root:
            told.add(canonicalize_name(name))
            yield found
        for requirement in map(Requirement, found.requires or ()):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in wanted | {""}):
                waiting.append((requirement.name, frozenset(requirement.extras)))


def _field(found: Distribution, name: str) -> str:
    """A field of a package's metadata; empty where it has none."""
    return str(next(iter(found.metadata.get_all(name) or ()), ""))


def _first_address(found: Distribution) -> str:
    addresses = found.metadata.get_all("Project-URL") or ()
    return next((a.partition(", ")[2] for a in addresses), "")


def main() -> None:
    """Write the page or the lock, or run the audit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("licences", "audit", "lock"))
    parser.add_argument("with_what", nargs="?", default="pip-audit")
    chosen = parser.parse_args()
    if chosen.what == "audit":
        sys.exit(audit(chosen.with_what))
    if chosen.what == "lock":
        _LOCK.write_text(locked(json.loads(Path(chosen.with_what).read_text("utf-8"))), "utf-8")
        return
    found = packages()
    _PAGE.write_text(page(found), "utf-8")
    silent = [p.name for p in found if not p.licence]
    sys.stdout.write(f"{_PAGE}: {len(found)} packages, without a licence named: {silent}\n")


if __name__ == "__main__":
    main()
