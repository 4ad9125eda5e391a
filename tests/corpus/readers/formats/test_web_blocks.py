"""What a page shows becomes headings, paragraphs and tables."""

import pytest

from corpus.readers.formats.web import html_blocks, read_page


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks(html)]


def page(body: str, title: str = "") -> list[str]:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return [block.text for block in read_page(html.encode(), "a.html").blocks]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>甲<br>乙</p>", ["甲", "乙"]),
        ("<p>甲<b>乙</b><a href='x'>丙</a><span>丁</span></p>", ["甲乙丙丁"]),
        ("<p>第三<!-- 注 -->条</p>", ["第三条"]),
        ("<p> a\n  b </p>", ["a b"]),
        ("<p>&lt;甲&gt;&amp;</p>", ["<甲>&"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("甲", ["甲"]),
        ("<p> </p><p></p>", []),
        ("", []),
    ],
)
def test_paragraphs(html: str, found: list[str]) -> None:
    assert texts(html) == found


@pytest.mark.parametrize(
    "tag",
    ["script", "style", "noscript", "template", "nav", "footer", "aside", "button", "select"],
)
def test_what_is_no_text_of_the_page(tag: str) -> None:
    assert texts(f"<p>甲</p><{tag}>无</{tag}><p>乙</p>") == ["甲", "乙"]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings(level: int) -> None:
    blocks = html_blocks(f"<h{level}>标<b>题</b></h{level}>正文")
    assert [(b.text, b.level) for b in blocks] == [("标题", level), ("正文", 0)]


def test_a_heading_of_two_lines_is_one() -> None:
    (block,) = html_blocks("<h1>关于试验的<br>通知</h1>")
    assert (block.clean, block.level) == ("关于试验的通知", 1)


def test_a_table_is_one_block() -> None:
    html = "<table><tr><th>项目</th><th>值</th></tr><tr><td>甲<td><b>1</b></tr></table>后"
    table, after = html_blocks(html)
    assert (table.text, table.is_table) == ("项目 | 值\n甲 | 1", True)
    assert (after.text, after.is_table) == ("后", False)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("<tr><td>甲</td></tr><tr><td>乙</td></tr>", ["甲", "乙"]),
        ("<tr><td><p>甲<p>乙<p>丙</td><td>丁</td></tr>", ["甲", "乙", "丙", "丁"]),
        ("<tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr>", ["甲", "乙", "丙"]),
    ],
    ids=["one column", "paragraphs", "nested"],
)
def test_a_table_that_only_lays_out_the_page_is_its_paragraphs(
    table: str, found: list[str]
) -> None:
    blocks = html_blocks(f"<table>{table}</table>")
    assert [block.text for block in blocks] == found
    assert not any(block.is_table for block in blocks)


def test_a_table_may_have_two_lines_in_a_cell() -> None:
    (block,) = html_blocks("<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>")
    assert block.is_table


@pytest.mark.parametrize("tag", ["main", "article"])
def test_the_main_part_is_taken_where_it_holds_most(tag: str) -> None:
    assert page(f"<div>页眉</div><{tag}><p>这是全部正文。</p></{tag}>") == ["这是全部正文。"]
    assert page(f"<{tag}>短</{tag}><p>这是全部正文。</p>") == ["短", "这是全部正文。"]


def test_several_articles_are_no_main_part() -> None:
    assert page("<article>甲文</article><article>乙文</article>") == ["甲文", "乙文"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("试验通知", "试验通知"),
        ("试验通知_某市政府网", "试验通知"),
        ("试验通知 - 某市政府网", "试验通知"),
        ("试验通知-某市政府网", "试验通知"),
        ("试验通知 | 首页 | 某市", "试验通知"),
        ("试验通知 — 某市", "试验通知"),
        ("\n 试验\n通知 ", "试验 通知"),
        ("规划（2021-2025年）", "规划（2021-2025年）"),
        ("A-B 试验", "A-B 试验"),
        ("", ""),
    ],
)
def test_the_title_without_the_name_of_the_site(written: str, title: str) -> None:
    html = f"<title>{written}</title><p>正文</p>"
    assert read_page(html.encode(), "a.html").title == title


def test_a_page_without_a_title() -> None:
    assert read_page("<p>正文</p>".encode(), "a.html").title == ""
