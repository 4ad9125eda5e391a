"""Days and issuer by the head of a statute and its last articles."""

from datetime import date

import pytest

from corpus.readers.statute_head import StatuteHead, read_head, title_line

PROVINCE = "山东省人民代表大会常务委员会"
NATION = "全国人民代表大会常务委员会"
PASSED = "（2019年11月29日山东省第十三届人民代表大会常务委员会第十五次会议通过）"
AMENDED = (
    "（2016年7月22日山东省第十二届人民代表大会常务委员会第二十二次会议通过　根据2018年11月30日"
    "山东省第十三届人民代表大会常务委员会第七次会议《关于修改〈试验条例〉等四件条例的决定》修正）"
)
APPROVED = (
    "（2018年1月2日某某市第十七届人民代表大会常务委员会第三次会议通过　"
    "2018年3月4日山东省第十三届人民代表大会常务委员会第五次会议批准）"
)
ORDER = (
    "中华人民共和国国务院令\n第736号\n《试验条例》已经2020年12月9日国务院第117次常务会议通过，"
    "现予公布，自2021年3月1日起施行。\n总理　张三\n2021年1月24日"
)
DECREE = "（2021年12月11日生态环境部令第24号公布　自2022年2月8日起施行）"
TWICE = (
    "（1989年12月26日第七届全国人民代表大会常务委员会第十一次会议通过　"
    "2014年4月24日第十二届全国人民代表大会常务委员会第八次会议修订）"
)


def read(head: str, closing: str = "") -> StatuteHead:
    return read_head(head.split("\n"), closing)


@pytest.mark.parametrize(
    ("head", "adopted", "issuer"),
    [
        (PASSED, date(2019, 11, 29), PROVINCE),
        (AMENDED, date(2018, 11, 30), PROVINCE),
        (APPROVED, date(2018, 3, 4), "某某市人民代表大会常务委员会"),
        (ORDER, date(2021, 1, 24), "国务院"),
        (DECREE, date(2021, 12, 11), "生态环境部"),
        (TWICE, date(2014, 4, 24), NATION),
        (
            "1979年7月1日第五届全国人民代表大会第二次会议通过",
            date(1979, 7, 1),
            "全国人民代表大会",
        ),
        ("2016年5月1日山东省人民政府令第300号公布", date(2016, 5, 1), "山东省人民政府"),
        ("2010年1月2日国家税务总局公告第3号发布", date(2010, 1, 2), "国家税务总局"),
        ("中华人民共和国环境保护部令第5号\n2010年1月2日公布", date(2010, 1, 2), "环境保护部"),
        ("", None, ""),
        ("员工守则\n内部资料", None, ""),
        ("编制于2020年1月1日", None, ""),
    ],
)
def test_adoption_and_issuer(head: str, adopted: date | None, issuer: str) -> None:
    found = read(head)
    assert (found.adopted, found.issuer) == (adopted, issuer)


@pytest.mark.parametrize(
    "day",
    [
        "2019年11月29日",
        "２０１９年１１月２９日",
        "2019 年 11 月 29 日",
        "二〇一九年十一月二十九日",
        "二○一九年十一月二十九日",
        "二零一九年十一月二十九日",
    ],
)
def test_every_way_to_write_a_day(day: str) -> None:
    assert read(f"{day}国务院令第9号公布").adopted == date(2019, 11, 29)
    assert read("", f"本条例自{day}起施行。").effective == date(2019, 11, 29)


@pytest.mark.parametrize("day", ["2019年2月29日", "2019年13月1日", "2019年11月31日", "19年1月1日"])
def test_a_day_that_is_none(day: str) -> None:
    assert read(f"{day}国务院令第9号公布", f"自{day}起施行。") == StatuteHead(None, None, "国务院")


@pytest.mark.parametrize(
    ("head", "closing", "effective"),
    [
        (PASSED, "本条例自2020年1月1日起施行。", date(2020, 1, 1)),
        (PASSED, "本条例自 2020 年 1 月 1 日起实施。", date(2020, 1, 1)),
        (PASSED, "本条例自2020年1月1日开始执行。", date(2020, 1, 1)),
        (PASSED, "", None),
        (DECREE, "", date(2022, 2, 8)),
        (DECREE, "本办法自2022年3月1日起施行。", date(2022, 3, 1)),
        (ORDER, "", date(2021, 3, 1)),
        ("2016年5月1日某某省人民政府令第3号公布\n2016年6月1日起施行", "", date(2016, 6, 1)),
        (PASSED, "《旧条例》自2020年1月1日起废止。", None),
    ],
)
def test_taking_effect(head: str, closing: str, effective: date | None) -> None:
    assert read(head, closing).effective == effective


@pytest.mark.parametrize(
    "clause", ["自公布之日起施行", "自发布之日起实施", "自颁布之日起生效", "自印发之日起执行"]
)
@pytest.mark.parametrize(
    ("head", "effective"),
    [
        ("2016年5月1日某某省人民政府令第3号公布", date(2016, 5, 1)),
        (
            "1990年1月1日国务院令第9号发布\n根据2011年1月8日《国务院关于修改的决定》修订",
            date(1990, 1, 1),
        ),
        (PASSED, date(2019, 11, 29)),
        (AMENDED, date(2018, 11, 30)),
        ("", None),
    ],
)
def test_from_the_day_of_publication(head: str, effective: date | None, clause: str) -> None:
    assert read(head, f"本条例{clause}。").effective == effective


def test_what_stands_in_a_quoted_title_is_no_act() -> None:
    head = f"{PASSED}\n《关于2022年3月4日公布的决定》"
    assert read(head).adopted == date(2019, 11, 29)


def test_only_the_day_below_an_order_signs() -> None:
    signed = "某某部令\n第1号\n现公布《试验办法》。\n部长　张三\n2021年1月24日"
    assert read(signed).adopted == date(2021, 1, 24)
    assert read("试验办法\n2021年1月24日").adopted is None
    assert read("现公布《试验办法》。\n2021年1月24日").adopted is None
    assert read("某某部令\n第1号\n2021年1月24日").adopted is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["试验条例"], "试验条例"),
        (["某某市人民政府公报", "试验办法", "（2020年1月1日公布）"], "试验办法"),
        (["关于公布《甲条例》的决定", "甲条例"], "甲条例"),
        (["甲条例（试行）"], "甲条例（试行）"),
        (["甲条例(2019修订版)"], "甲条例(2019修订版)"),
        (["中华人民共和国试验法"], "中华人民共和国试验法"),
        (["（甲条例）"], ""),
        (["2020年甲条例"], ""),
        (["已通过：甲条例"], ""),
        (["为了规范试验，制定本办法。"], ""),
        (["甲条例的说明"], ""),
        (["甲" * 58 + "条例"], "甲" * 58 + "条例"),
        (["乙办法", "甲" * 59 + "条例"], "乙办法"),
        ([], ""),
    ],
)
def test_the_line_that_reads_like_a_title(lines: list[str], title: str) -> None:
    assert title_line(lines) == title
