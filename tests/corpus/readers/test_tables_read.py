"""A row of a table is one unit of the document that is cited."""

from datetime import date
from pathlib import Path

import pytest

from corpus.collection import Kind
from corpus.readers import read_document_here
from corpus.splitting import find_part, names_of_row, sentences, spans, split
from corpus.types import Document

META = (
    "<meta name='PubDate' content='2025-03-04'><meta name='ContentSource' content='某市人民政府'>"
)


def read(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document_here(path)


def units(document: Document) -> list[tuple[str, str]]:
    return [
        (span.locator, article.text[span.start : span.end])
        for article in document.articles
        for span in spans(article, document.collection)
    ]


def test_rows_with_sentences_are_units_of_a_document(tmp_path: Path) -> None:
    text = """# 某名录

首段。二句。

| 类别 | 要求 |
|---|---|
| 甲类 | 全部。但是小的除外！见附注 |
| 乙类 | 30 |

注：按年调整。另行通知。
"""
    assert units(read(tmp_path, "某名录.md", text)) == [
        ("第1段第一句", "首段。"),
        ("第1段第二句", "二句。"),
        ("第2段第一行", "某名录　甲类：要求 全部。但是小的除外！见附注"),
        ("第2段第二行", "某名录　乙类：要求 30"),
        ("第2段第三句", "注：按年调整。"),
        ("第2段第四句", "另行通知。"),
    ]


STATUTE = """水库收费办法

第一条 为了管理收费，制定本办法。
第二条 收费标准按下表执行：

| 类别 | 标准（元） |
|---|---|
| 一类 | 50 |
| 二类 | 30。按月收 |

前款标准每年调整。
第三条 有下列情形之一的，不收费：
（一）甲；
（二）乙。

| 情形 | 期限 |
|---|---|
| 甲 | 5年 |

第四条 本办法自2024年5月1日起施行。

附表1 水库名录

| 序号 | 名称 | 库容 |
|---|---|---|
| 1 | 甲水库 | 100万立方米 |
"""


def test_rows_in_an_article_are_no_paragraphs_of_it(tmp_path: Path) -> None:
    document = read(tmp_path, "水库收费办法.md", STATUTE)
    assert document.kind is Kind.STATUTE
    assert units(document)[1:] == [
        ("第二条第一款", "收费标准按下表执行："),
        ("第二条表", "表　一类：标准（元） 50"),
        ("第二条表", "表　二类：标准（元） 30。按月收"),
        ("第二条第二款", "前款标准每年调整。"),
        ("第三条", "有下列情形之一的，不收费："),
        ("第三条第（一）项", "（一）甲；"),
        ("第三条第（二）项", "（二）乙。"),
        ("第三条表", "表　甲：期限 5年"),
        ("第四条", "本办法自2024年5月1日起施行。"),
        ("第四条附表", "附表1水库名录"),
        ("第四条附表", "附表1 水库名录　甲水库（序号 1）：库容 100万立方米"),
    ]
    second = document.articles[1]
    start, end = find_part(second, document.collection, 2, None) or (0, 0)
    assert second.text[start:end] == "前款标准每年调整。"


def test_a_table_behind_the_last_article_is_kept(tmp_path: Path) -> None:
    text = STATUTE.replace("附表1 水库名录\n", "")
    last = read(tmp_path, "办法.md", text).articles[-1]
    assert last.text.split("\n")[1:] == ["表　甲水库（序号 1）：库容 100万立方米"]


def test_a_long_table_is_several_paragraphs(tmp_path: Path) -> None:
    rows = "\n".join(f"| 企业{n} | {n} |" for n in range(100))
    document = read(tmp_path, "名单.md", f"# 名单\n\n| 企业 | 数量 |\n|---|---|\n{rows}\n")
    assert [len(article.text.split("\n")) for article in document.articles] == [40, 40, 20]
    assert sum(len(passage.parts) for passage in split(document)) == 100


@pytest.mark.parametrize(
    ("title", "name", "adopted"),
    [("关于甲的公告", "公告", date(2025, 3, 4)), ("水库收费办法", "办法", None)],
)
def test_the_day_of_publication_is_never_that_of_taking_effect(
    tmp_path: Path, title: str, name: str, adopted: date | None
) -> None:
    lines = STATUTE.split("\n") if name == "办法" else ["公告全文在此。" * 20]
    body = "".join(
        f"<p>{line}</p>" for line in lines if "2024年5月" not in line and "|" not in line
    )
    head = f"<head><title>{title}</title>{META}</head>"
    page = f"<html>{head}<body><div id='zoom'>{body}</div></body></html>"
    document = read(tmp_path, f"{name}.html", page)
    assert (document.issuer, document.adopted) == ("某市人民政府", adopted)
    assert document.effective is None


def test_sentences_and_names_of_rows() -> None:
    text = "甲。乙\n表1　丙（COD）／丁：值 1。2；戊\n己。"
    found = [text[start:end] for start, end in sentences(text, 0, len(text))]
    assert found == ["甲。", "乙", "表1　丙（COD）／丁：值 1。2；戊", "己。"]
    assert names_of_row(found[2]) == ["丙", "COD", "丁"]
    assert names_of_row("甲：乙") == []
