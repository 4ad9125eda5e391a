"""When something happened, as a question tells it."""

from datetime import date

import pytest

from assistant.question import read_when

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "told", "last"),
    [
        ("2017年建的厂没有环评", "2017年", date(2017, 12, 31)),
        ("去年被查的那批数据", "去年", date(2025, 12, 31)),
        ("大前年开的山,前年补的手续", "大前年", date(2023, 12, 31)),
        ("19年五月我反映过", "19年五月", date(2019, 5, 31)),
        ("十二年前挖的鱼塘", "十二年前", date(2014, 12, 31)),
        ("2024年2月29日倒的渣", "2024年2月", date(2024, 2, 29)),
        ("18年底就停产了", "18年底", date(2018, 12, 31)),
        ("2019年批的环评,去年私自多上了一条线", "去年", date(2025, 12, 31)),
        ("去年买的厂,去年就往河里放水", "去年", date(2025, 12, 31)),
        ("2024年度的排污许可执行报告没交怎么罚", "2024年度", date(2025, 12, 31)),
        ("前年偷着盖的猪圈", "前年", date(2024, 12, 31)),
    ],
)
def test_a_past_time_is_read(text: str, told: str, last: date):
    when = read_when(text, TODAY)
    assert when is not None
    assert (when.told, when.last) == (told, last)


@pytest.mark.parametrize(
    "text",
    [
        "许可证有效期5年",
        "种了七八年了",
        "《固体废物鉴别标准》(2017年)",
        "2027年要投产",
        "第3年前后",
        "GB 2018",
        # When a thing came to be is not when something was done.
        "我开货车的,2018年的国五,上周被拦下来说要罚",
        "我们小区2021年交房,楼下饭店油烟怎么罚",
        "2012年搬走的电镀厂,地里还有毒",
        "三年前买的房子,隔壁半夜施工怎么罚",
        "我的铲车2013年的,冒黑烟罚多少",
        "2025年度的配额没有清缴怎么罚",
        "前年花四十万装了套除尘,今年超标罚多少",
        "去年用电三百万度,超了能耗限额怎么罚",
    ],
)
def test_what_is_no_past_time(text: str):
    assert read_when(text, TODAY) is None
