"""Collections: what a ``collection.toml`` may say, and what it is refused for."""

from datetime import date
from pathlib import Path

import pytest

from corpus.collection import Kind, Validity
from corpus.collections import find_collection, load_texts, read_collection
from corpus.errors import CollectionError
from corpus.loading import load_corpus
from corpus.types import Status

RULES = """
kind = "policy"
issuer = "甲市生态环境局"
attribution = "甲市生态环境局的计划"
key_prefix = "jia"
validity = "policy"

[[text]]
file = "text.txt"
title = "甲市计划"
adopted = 2026-01-05

[cut]
part = '^(?P<label>[0-9]+)．'
overview = "总述"
label = "第{label}项"

[place]
name = "甲市"
"""
TEXT = "甲市计划\n今年做两件事。\n1．治水。完成治水3处。\n2．治气。完成治气4处。\n"


def write(folder: Path, name: str = "jia", rules: str = RULES, text: str = TEXT) -> Path:
    (folder / name).mkdir()
    (folder / name / "collection.toml").write_text(rules, "utf-8")
    (folder / name / "text.txt").write_text(text, "utf-8")
    return folder


def load(folder: Path, *names: str) -> list[str]:
    corpus = load_corpus(collections=names, folder=folder)
    return [article.key for document in corpus.documents for article in document.articles]


def test_a_text_is_cut_and_keyed_as_its_file_says(tmp_path: Path):
    assert load(write(tmp_path), "jia") == ["jia:总述", "jia:第1项", "jia:第2项"]


def test_the_document_carries_what_the_file_says(tmp_path: Path):
    (document,) = load_corpus(collections=("jia",), folder=write(tmp_path)).documents
    assert document.collection.kind is Kind.POLICY
    assert document.collection.validity is Validity.POLICY
    assert document.collection.place_name == "甲市"
    assert document.issuer == "甲市生态环境局"
    assert document.adopted == date(2026, 1, 5)
    assert document.id == "甲市计划@2026-01-05"


def test_a_title_line_is_no_text(tmp_path: Path):
    (document,) = load_corpus(collections=("jia",), folder=write(tmp_path)).documents
    assert document.articles[0].text == "今年做两件事。"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('issuer = "甲市生态环境局"\n', ""), "缺少 issuer"),
        (('attribution = "甲市生态环境局的计划"\n', ""), "缺少 attribution"),
        (('key_prefix = "jia"\n', ""), "缺少 key_prefix"),
        (('kind = "policy"\n', ""), "缺少 kind"),
        (('title = "甲市计划"\n', ""), r"缺少 text\.0\.title"),
        (('kind = "policy"', 'kind = "policy"\ncolour = "green"'), "不认识的 colour"),
        (('name = "甲市"', 'name = "甲市"\nmayor = "某"'), r"不认识的 place\.mayor"),
        (('validity = "policy"', 'validity = "maybe"'), "validity 写得不对"),
        (("adopted = 2026-01-05", 'adopted = "昨天"'), r"text\.0\.adopted 写得不对"),
        (("[0-9]+)．'", "[0-9]+．'"), r"cut\.part 不是正则表达式"),
        (("[0-9]+)．'", "[a-z]+)．'"), r"没有一行与 cut\.part 相符"),
        (('overview = "总述"\n', ""), r"写上 cut\.overview"),
        (('file = "text.txt"', 'file = "none.txt"'), r"text\.file"),
        (("[cut]", "[cut"), "读不懂"),
    ],
)
def test_a_mistake_is_told_with_file_and_field(tmp_path: Path, change: tuple[str, str], told: str):
    folder = write(tmp_path, rules=RULES.replace(*change))
    with pytest.raises(CollectionError, match=told) as raised:
        load(folder, "jia")
    assert "jia/" in str(raised.value)
    assert raised.value.exit_status == 2


def test_two_collections_with_one_prefix_are_refused(tmp_path: Path):
    write(tmp_path)
    write(tmp_path, "yi", RULES.replace("甲市计划", "乙市计划"), TEXT)
    with pytest.raises(CollectionError, match=r"jia 和 yi 的 key_prefix"):
        load(tmp_path, "jia", "yi")


def test_two_texts_with_one_title_and_day_are_refused(tmp_path: Path):
    write(tmp_path)
    write(tmp_path, "yi", RULES.replace('"jia"', '"yi"'), TEXT)
    with pytest.raises(CollectionError, match="都叫《甲市计划》"):
        load(tmp_path, "jia", "yi")


def test_a_label_that_comes_twice_is_refused(tmp_path: Path):
    with pytest.raises(CollectionError, match="两个“第1项”"):
        load(write(tmp_path, text=TEXT.replace("2．", "1．")), "jia")


def test_parts_that_have_to_come_out_are_checked(tmp_path: Path):
    rules = RULES.replace('overview = "总述"', 'overview = "总述"\nlabels = ["总述", "第9项"]')
    with pytest.raises(CollectionError, match=r"cut\.labels"):
        load(write(tmp_path, rules=rules), "jia")


def test_a_collection_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CollectionError, match="没有“bing”"):
        find_collection("bing", tmp_path)


def test_what_stands_in_ones_own_folder_goes_before_the_bundled(tmp_path: Path):
    own = write(tmp_path, "weifang")
    assert read_collection(find_collection("weifang", own)).issuer == "甲市生态环境局"
    assert read_collection(find_collection("weifang")).issuer == "潍坊市生态环境局"


def test_a_collection_of_regulations_is_read_by_articles(tmp_path: Path):
    rules = 'kind = "statute"\nissuer = "甲市人大常委会"\n[[text]]\nfile = "text.md"\n'
    rules += 'title = "甲市养犬条例"\nadopted = 2020-01-01\n[place]\nname = "甲市"\n'
    write(tmp_path, rules=rules)
    lines = ["第一条 为了管理养犬，制定本条例。", "第二条 遛犬应当牵绳。"]
    lines.append("第三条 本条例自2020年3月1日起施行。")
    (tmp_path / "jia" / "text.md").write_text("\n\n".join(lines), "utf-8")
    folder = find_collection("jia", tmp_path)
    (document,) = load_texts(folder, read_collection(folder))
    assert [article.key for article in document.articles][1] == "甲市养犬条例#2"
    assert document.effective == date(2020, 3, 1)
    assert document.collection.place_name == "甲市"


def test_the_latest_text_of_an_issuer_holds(tmp_path: Path):
    write(tmp_path)
    later = RULES.replace('"jia"', '"jia-2027"').replace("甲市计划", "甲市新计划")
    write(tmp_path, "jia2", later.replace("2026-01-05", "2027-01-05"), TEXT)
    corpus = load_corpus(collections=("jia", "jia2"), folder=tmp_path)
    first, second = corpus.documents
    assert corpus.status(first, date(2026, 6, 1)) is Status.POLICY
    assert corpus.status(second, date(2026, 6, 1)) is Status.NOT_YET
    assert corpus.status(first, date(2027, 6, 1)) is Status.EARLIER
    assert corpus.status(second, date(2027, 6, 1)) is Status.POLICY


def test_a_regulation_made_anew_does_not_repeal_itself(tmp_path: Path):
    rules = 'kind = "statute"\nissuer = "甲市人大常委会"\n[[text]]\nfile = "text.md"\n'
    rules += 'title = "甲市养犬条例"\nadopted = 2020-01-01\n'
    write(tmp_path, rules=rules)
    lines = ["第一条 为了管理养犬，制定本条例。", "第二条 遛犬应当牵绳。"]
    lines.append("第三条 本条例自2020年3月1日起施行，2001年的《甲市养犬条例》同时废止。")
    (tmp_path / "jia" / "text.md").write_text("\n\n".join(lines), "utf-8")
    corpus = load_corpus(collections=("jia",), folder=tmp_path)
    assert corpus.status(corpus.documents[0], date(2026, 1, 1)) is Status.IN_FORCE
