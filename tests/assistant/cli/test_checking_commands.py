"""``check-text`` and ``compare`` in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest


def run(folder: Path, *arguments: str, given: str | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        capture_output=True,
        text=True,
        input=given,
        cwd=folder,
        timeout=120,
        env={**os.environ, "ECOPOLICY_DATA_DIR": str(folder / "data")},
    )
    return done.returncode, done.stdout, done.stderr


WRONG = "依据《大气污染防治法》第九十九条处罚。"
DAY = ("--as-of", "2026-11-28")


def test_something_wrong(tmp_path: Path) -> None:
    (tmp_path / "稿.md").write_text(WRONG, "utf-8")
    status, said, _ = run(
        tmp_path, "check-text", "稿.md", *DAY, "--docx", "批注.docx", "--xlsx", "表.xlsx"
    )
    assert status == 1
    assert "所引已废止" in said
    assert "可改为：《生态环境法典》第" in said
    assert len(list(docx.Document(str(tmp_path / "批注.docx")).comments)) == 1
    assert (tmp_path / "表.xlsx").is_file()
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "data") == [
        "批注.docx",
        "稿.md",
        "表.xlsx",
    ]


def test_nothing_wrong_as_json_from_standard_input(tmp_path: Path) -> None:
    status, said, _ = run(tmp_path, "check-text", "-", "--json", *DAY, given="《水法》第三条。")
    found = json.loads(said)
    assert status == 0
    assert found["as_of"] == "2026-11-28"
    assert [f["verdict"] for f in found["findings"]] == ["stands"]


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("check-text", "没有.docx"), None, "找不到文件"),
        (("check-text", "-"), " ", "标准输入里没有文字"),
        (("check-text", "-", "--replace"), "x", "--docx"),
        (("check-text", "-", "--as-of", "昨天"), "x", "YYYY-MM-DD"),
        (
            ("compare", "井盖办法", "--from", "2026-01-01", "--to", "2026-02-01"),
            None,
            "没有收录《井盖",
        ),
    ],
)
def test_mistakes(tmp_path: Path, arguments: tuple[str, ...], given: str | None, told: str) -> None:
    status, _, said = run(tmp_path, *arguments, given=given)
    assert status == 2
    assert told in said
    assert len([line for line in said.strip().splitlines() if "━" not in line]) == 1


def test_compare(tmp_path: Path) -> None:
    days = ("--from", "2026-08-01", "--to", "2026-11-01")
    status, said, _ = run(tmp_path, "compare", "大气污染防治法", *days)
    assert status == 0
    assert "【改动】第九十九条 → 《生态环境法典》" in said
