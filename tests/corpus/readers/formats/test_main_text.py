"""The text of a site's page, without what stands around it; what its head tells."""

from datetime import date

import pytest

from corpus.readers.formats.web import read_page

TEXT = "为了改善环境质量，现就有关事项通知如下，请各单位结合实际认真贯彻落实。"
BODY = f"<p>{TEXT}</p><p>{TEXT[::-1]}</p><p>{TEXT * 2}</p>"
FOUND = [TEXT, TEXT[::-1], TEXT * 2]
AROUND = (
    "<div class='top'><a>首页</a><a>政务公开</a></div><div>当前位置：首页 &gt; 公告</div>{}"
    "<div>【打印本页】 【关闭窗口】</div><div>扫一扫在手机打开当前页</div><p>版权所有：某局</p>"
)


def page(body: str, head: str = "") -> list[str]:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return [block.clean for block in read_page(html.encode(), "a.html").blocks]


@pytest.mark.parametrize(
    "frame",
    [
        "id='UCAP-CONTENT'",
        "class='TRS_Editor'",
        "class='view TRS_UEDITOR trs_paper_default'",
        "class='trs_editor_view'",
        "id='zoom'",
        "class='pages_content'",
        "class='article-content'",
        "class='xxgk_text'",
    ],
)
def test_the_frames_of_government_sites(frame: str) -> None:
    assert page(AROUND.format(f"<div {frame}>{BODY}</div>")) == FOUND


def test_lines_in_the_frame_of_a_text_are_all_kept() -> None:
    body = f"<div id='zoom'>{BODY}<p>打印</p></div>"
    assert page(body) == [*FOUND, "打印"]


def test_a_page_without_a_known_frame() -> None:
    assert page(AROUND.format(f"<div class='x'>{BODY}</div>"))[-3:] == FOUND


def test_the_densest_block_of_a_page_that_is_full_of_links() -> None:
    links = "<ul>" + "<li><a href='x'>关于某事项的另一则很长的通知公告标题</a></li>" * 30 + "</ul>"
    assert page(f"{links}<div><div class='x'>{BODY}</div></div>{links}") == FOUND


def test_a_teaser_with_the_mark_of_a_text_is_none() -> None:
    assert page(f"<div id='zoom'>摘要</div><div>{BODY}</div>") == ["摘要", *FOUND]


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        (
            {
                "ArticleTitle": "关于甲的通知",
                "ContentSource": "某市生态环境局",
                "PubDate": "2025-03-04 10:00",
            },
            ("关于甲的通知", "某市生态环境局", date(2025, 3, 4)),
        ),
        (
            {"发布机构": "某省人民政府", "发布日期": "2025年3月4日"},
            ("网页题目", "某省人民政府", date(2025, 3, 4)),
        ),
        ({"ContentSource": "新华社", "PubDate": "昨天"}, ("网页题目", "", None)),
        ({"PubDate": "2025-13-40"}, ("网页题目", "", None)),
        ({}, ("网页题目", "", None)),
    ],
)
def test_what_the_head_tells(meta: dict[str, str], told: tuple[str, str, date | None]) -> None:
    head = "".join(f"<meta name='{k}' content='{v}'>" for k, v in meta.items())
    html = f"<html><head><title>网页题目_某网</title>{head}</head><body>{BODY}</body></html>"
    content = read_page(html.encode(), "a.html")
    assert (content.title, content.issuer, content.published) == told
