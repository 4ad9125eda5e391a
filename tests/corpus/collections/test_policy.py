import re
from pathlib import Path

from corpus.collections import find_collection, read_collection
from corpus.collections.cut import restore
from corpus.language.text import simplify
from tests.support import load_policy

FOLDER = find_collection("weifang")
THEMES = ["总述", "降碳", "减污", "扩绿", "增长"]


def read_received() -> str:
    return (FOLDER / "as_received.txt").read_text("utf-8")


def test_restored_text_equals_the_kept_copy() -> None:
    kept = (Path(__file__).parents[1] / "golden" / "policy_restored.txt").read_text("utf-8")
    assert restore(read_received(), read_collection(FOLDER)) == kept.strip()


def test_all_217_annotations_are_removed_and_nothing_else() -> None:
    received = read_received()
    annotations = re.findall(r"\([^)]*\)", received)
    assert len(annotations) == 217
    restored = restore(received, read_collection(FOLDER))
    assert "(" not in restored
    assert re.findall(r"[A-Za-z]+", restored) == ["EOD"]
    assert re.findall(r"[0-9]+%?", restored) == ["36", "126", "100%", "34"]


def test_no_traditional_character_is_left() -> None:
    restored = restore(read_received(), read_collection(FOLDER))
    assert simplify(restored) == restored
    assert not set(",:;?!") & set(restored)


def test_paragraphs_are_keyed_by_theme_and_the_byline_is_metadata() -> None:
    document = load_policy()
    assert [article.label for article in document.articles] == THEMES
    assert [article.key for article in document.articles] == [f"policy:{t}" for t in THEMES]
    byline = dict(document.byline)
    assert byline["来源"] == "新派客户端"
    assert byline["编辑"] == "李新花 王誉林"
    assert document.articles[0].text.startswith("行动是最有力的宣言")
    assert not any("编辑" in article.text for article in document.articles)


def test_the_text_carries_no_date() -> None:
    document = load_policy()
    assert document.adopted is None
    assert document.effective is None
