"""`corpus check` lists what a bureau's own matters can't say any more."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.corpus import corpus_app
from assistant.matters import OwnMatters
from corpus.collections import Ask, AskKind, Matter, Statement
from corpus.loading import load_corpus


def check(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(corpus_app, ["check", *arguments])
    return result.exit_code, result.output


def test_what_changed_is_listed_in_text_and_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ECOPOLICY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ECOPOLICY_COLLECTIONS", '["weifang"]')
    corpus = load_corpus(collections=("weifang",))
    article = corpus.documents[0].articles[3]
    statement = Statement(f"「{article.text.split('。')[0]}」。", (article.key,))
    matter = Matter(
        "x",
        "安排",
        ("public",),
        ("有什么安排",),
        (Ask(AskKind.MEANING, ("是什么",), (statement,)),),
    )
    own = OwnMatters(tmp_path)
    kept = own.save(matter, "周敏", corpus, date(2026, 11, 23))
    assert "安排" not in check()[1]
    path = own.folder / f"{kept.id}.toml"
    held = kept.ask[0].statement[0].reviewed[0].text
    path.write_text(path.read_text("utf-8").replace(held, "0" * 12), "utf-8")
    assert check()[0] == 1
    assert f"“安排”的一句话不再使用：{article.key} 的原文变了" in check()[1]
    (finding,) = [f for f in json.loads(check("--json")[1])["findings"] if "安排" in f["what"]]
    assert finding["key"] == "x:ask.0.statement.0.by.0"
