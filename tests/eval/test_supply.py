"""Licences are told by the packages themselves; an audit without a network says so; a server
installs what was tested."""

import re
import stat
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from eval.supply import audit, licence_of, locked, packages, page

LOCKED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+) --hash=sha256:[0-9a-f]{64}")


@pytest.mark.parametrize(
    ("facts", "licence"),
    [
        ("License-Expression: MIT", "MIT"),
        ("Classifier: License :: OSI Approved :: MIT License\nLicense: see file", "MIT License"),
        ("License: BSD 3-Clause", "BSD 3-Clause"),
        ("License: Copyright (c) of somebody, all of it, and more than a line can hold, and on",
         "Copyright (c) of somebody, all of it, and more than a line c"),
        ("Summary: nothing", ""),
    ],
)  # fmt: skip
def test_a_licence_is_told_as_it_is_given(tmp_path: Path, facts: str, licence: str) -> None:
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.1\nName: some\nVersion: 1\n{facts}\n")
    assert licence_of(PathDistribution(tmp_path)) == licence


def test_all_that_is_needed_is_listed() -> None:
    found = {package.name: package for package in packages()}
    assert found["chromadb"].is_needed
    assert not found["pytest"].is_needed
    assert "langgraph" in found  # needed by what is needed
    assert "ecopolicy" not in found
    assert f"| {found['numpy'].version} |" in page(list(found.values()))


@pytest.mark.parametrize(
    ("says", "status", "expected"),
    [
        ("Max retries exceeded with url", 1, 0),
        ("Found 1 known vulnerability", 1, 1),
        ("No known vulnerabilities found", 0, 0),
        ("Dependency not found on PyPI and could not be audited: some", 0, 0),
    ],
)
def test_an_audit_that_reaches_nobody_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], says: str, status: int, expected: int
) -> None:
    tool = tmp_path / "tool"
    tool.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit {status}\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    assert audit(str(tool)) == expected
    told = capfd.readouterr().err
    assert ("连不上漏洞库" in told) is ("retries" in says)
    assert ("有 1 个包这次没有核对" in told) is ("not be audited" in says)


def test_the_lock_has_the_checksum_of_each_file_and_no_folder() -> None:
    def item(name: str, version: str, **info: object) -> dict[str, object]:
        return {"metadata": {"name": name, "version": version}, "download_info": info}

    report = {
        "install": [
            item("ecopolicy", "0.1.0", dir_info={"editable": True}),
            item("SQLAlchemy", "2.1.9", archive_info={"hashes": {"sha256": "b" * 64}}),
            item("a.b_c", "1.0+cpu", archive_info={"hashes": {"sha256": "a" * 64}}),
        ]
    }
    assert locked(report) == (
        f"a-b-c==1.0+cpu --hash=sha256:{'a' * 64}\nsqlalchemy==2.1.9 --hash=sha256:{'b' * 64}\n"
    )


def test_the_lock_is_of_the_versions_that_are_tested_and_lacks_none(repository: Path) -> None:
    """After a change of dependencies it is written anew: make lock."""
    lines = (repository / "requirements.lock").read_text("utf-8").splitlines()
    found = {m["name"]: m["version"] for m in map(LOCKED.fullmatch, lines) if m}
    assert len(found) == len(lines)
    pins = (repository / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(p.partition("==")[0]): p.partition("==")[2] for p in pins if p}
    assert pinned["torch"] == found.pop("torch").partition("+")[0]
    assert found.pop("setuptools")  # builds the program; no part of it
    assert found == {name: pinned.get(name) for name in found}
    needed = {canonicalize_name(p.name) for p in packages() if p.is_needed} - {"torch"}
    assert needed <= {*found, "setuptools"}
