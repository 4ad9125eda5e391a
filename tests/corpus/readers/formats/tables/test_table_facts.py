"""Rows become lines that say by themselves what their values mean."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.formats.tables import Table, facts


def table(text: str, **given_by_format: object) -> Table:
    """Rows by lines, cells by |; a cell's own lines are parted by ↵."""
    lines = (line.split("|") for line in text.strip().split("\n"))
    rows = tuple(tuple(cell.strip().replace("↵", "\n") for cell in line) for line in lines)
    return Table(rows, **given_by_format)  # type: ignore[arg-type]


def test_a_limit_with_a_header_of_two_rows_and_a_unit_for_all() -> None:
    found = facts(
        table(
            """
            序号|污染物项目|排放限值|排放限值|位置
            序号|污染物项目|现有企业|新建企业|位置
            1|pH值|6～9|6～9|总排放口
            2|化学需氧量↵（COD）|100|80|总排放口
            3|六价铬|0.2|0.1|车间排放口
            """,
            caption="表2 水污染物排放限值",
            unit="mg/L（pH值除外）",
        )
    )
    named = "表2 水污染物排放限值（单位：mg/L（pH值除外））　"
    assert found == [
        f"{named}pH值（序号 1）：排放限值／现有企业 6～9；排放限值／新建企业 6～9；位置 总排放口",
        f"{named}化学需氧量（COD）（序号 2）：排放限值／现有企业 100；排放限值／新建企业 80；"
        "位置 总排放口",
        f"{named}六价铬（序号 3）：排放限值／现有企业 0.2；排放限值／新建企业 0.1；位置 车间排放口",
    ]


def test_rows_below_a_merged_name_and_a_column_of_units() -> None:
    found = facts(
        table(
            """
            污染物项目|平均时间|浓度限值|浓度限值|单位
            污染物项目|平均时间|一级|二级|单位
            臭氧（O3）|日最大8小时平均|100|160|μg/m3
            臭氧（O3）|1小时平均|160|200|μg/m3
            一氧化碳（CO）|24小时平均|4|4|mg/m3
            """
        )
    )
    assert found == [
        "臭氧（O3）／日最大8小时平均：浓度限值／一级 100 μg/m3；浓度限值／二级 160 μg/m3",
        "臭氧（O3）／1小时平均：浓度限值／一级 160 μg/m3；浓度限值／二级 200 μg/m3",
        "一氧化碳（CO）／24小时平均：浓度限值／一级 4 mg/m3；浓度限值／二级 4 mg/m3",
    ]


def test_a_unit_in_the_name_of_a_column_stays_with_its_values() -> None:
    found = facts(table("工序|颗粒物（mg/m3）|二氧化硫\n|颗粒物（mg/m3）|（mg/m3）\n烧结|10|35"))
    assert found == ["烧结：颗粒物（mg/m3） 10；二氧化硫（mg/m3） 35"]


def test_a_catalogue_under_its_sections() -> None:
    wide = "十一、食品制造业14|" * 5 + "十一、食品制造业14"
    found = facts(
        table(
            f"""
            项目类别|项目类别|报告书|报告表|登记表|本栏目环境敏感区含义
            {wide}
            21|糖果制造142*；方便食品制造143*|/|除单纯分装外的|/|
            22|乳制品制造144*|/|除单纯混合、分装外的。|其他|第三条（三）中的全部区域
            """
        )
    )
    assert found == [
        "糖果制造142*；方便食品制造143*（序号 21，十一、食品制造业14）："
        "报告书 /；报告表 除单纯分装外的；登记表 /",
        "乳制品制造144*（序号 22，十一、食品制造业14）：报告书 /；报告表 除单纯混合、分装外的。；"
        "登记表 其他；本栏目环境敏感区含义 第三条（三）中的全部区域",
    ]


def test_sections_of_two_ranks() -> None:
    found = facts(
        table(
            """
            名称|数量|备注
            一、水环境|一、水环境|一、水环境
            （一）河流|（一）河流|（一）河流
            甲河|3|好
            （二）湖泊|（二）湖泊|（二）湖泊
            乙湖|1|好
            二、大气|二、大气|二、大气
            丙站|9|好
            """
        )
    )
    assert found == [
        "甲河（一、水环境，（一）河流）：数量 3；备注 好",
        "乙湖（一、水环境，（二）湖泊）：数量 1；备注 好",
        "丙站（二、大气）：数量 9；备注 好",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "指标|2023年|2024年\nPM2.5（微克/立方米）|40|36\n优良率（%）|70.1|73",
            ["PM2.5（微克/立方米）：2023年 40；2024年 36", "优良率（%）：2023年 70.1；2024年 73"],
        ),
        (
            "指标|2023|2024\nCOD|5|4\n氨氮|2|1",
            ["COD：2023 5；2024 4", "氨氮：2023 2；2024 1"],
        ),
        (
            "年份|PM2.5（微克/立方米）|优良天数\n2023|40|256\n2024|36|267",
            [
                "年份 2023：PM2.5（微克/立方米） 40；优良天数 256",
                "年份 2024：PM2.5（微克/立方米） 36；优良天数 267",
            ],
        ),
        (
            "年度|达标率\n2023年|91%\n2024年|95%",
            ["2023年：达标率 91%", "2024年：达标率 95%"],
        ),
    ],
    ids=["years as columns", "bare years", "years as rows", "two columns"],
)
def test_yearly_figures(text: str, found: list[str]) -> None:
    assert facts(table(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "项目名称|某园区污水厂\n建设单位|某水务公司\n总投资|1.2亿元",
            ["项目名称：某园区污水厂", "建设单位：某水务公司", "总投资：1.2亿元"],
        ),
        (
            "项目名称|某园区污水厂|建设单位|某水务公司\n建设地点|某县|联系电话|0536-1\n"
            "建设内容|日处理一万吨|日处理一万吨|日处理一万吨",
            [
                "项目名称：某园区污水厂",
                "建设单位：某水务公司",
                "建设地点：某县",
                "联系电话：0536-1",
                "建设内容：日处理一万吨",
            ],
        ),
        (
            "一、基本情况|一、基本情况\n单位名称|甲厂\n二、排放|二、排放\n排放去向|乙河",
            ["一、基本情况／单位名称：甲厂", "二、排放／排放去向：乙河"],
        ),
    ],
    ids=["two columns", "four columns", "sections"],
)
def test_a_form_has_a_fact_for_each_of_its_names(text: str, found: list[str]) -> None:
    assert facts(table(text)) == found


def test_two_halves_side_by_side() -> None:
    text = "序号|企业|排放量|序号|企业|排放量\n1|甲厂|10|3|丙厂|30\n2|乙厂|20|||"
    assert facts(table(text)) == [
        "甲厂（序号 1）：排放量 10",
        "乙厂（序号 2）：排放量 20",
        "丙厂（序号 3）：排放量 30",
    ]


def test_a_title_a_unit_and_notes_in_the_table_itself() -> None:
    text = """
        表5 主要污染物排放量||
        ||单位：吨
        区域|2024年|2025年
        甲区|12|11
        注：2025年为初步数。||
        """
    assert facts(table(text)) == ["表5 主要污染物排放量（单位：吨）　甲区：2024年 12；2025年 11"]


def test_a_header_that_is_repeated_and_a_row_that_numbers_the_columns() -> None:
    text = "企业|标准|浓度\n1|2|3\n甲厂|一级|5\n企业|标准|浓度\n乙厂|二级|6"
    assert facts(table(text)) == ["甲厂：标准 一级；浓度 5", "乙厂：标准 二级；浓度 6"]


def test_a_header_whose_names_are_numbers_below_a_merged_one() -> None:
    text = "功能区|距离（m）|距离（m）\n功能区|50|100\n1类|45|40\n2类|50|48"
    assert facts(table(text)) == [
        "1类：距离（m）／50 45；距离（m）／100 40",
        "2类：距离（m）／50 50；距离（m）／100 48",
    ]


def test_no_header_and_no_name_for_the_values() -> None:
    assert facts(table("甲站|38|35\n乙站|40|36")) == ["甲站：38；35", "乙站：40；36"]


def test_a_cell_may_hold_sentences() -> None:
    text = "序号|任务|措施|责任单位\n1|扬尘|加强监管。落实要求。|甲局\n2|机动车|抽测。|乙局"
    assert facts(table(text))[0] == "扬尘（序号 1）：措施 加强监管。落实要求。；责任单位 甲局"


@pytest.mark.parametrize(
    "text",
    [
        "甲\n乙\n丙",
        f"导航↵栏目|{'这是正文的一段话。' * 20}",
        f"{'左边的一段。' * 30}|{'右边的一段。' * 30}\n{'左边的二段。' * 30}|{'右边的二段。' * 30}",
    ],
    ids=["one column", "beside a text", "two columns of text"],
)
def test_what_only_lays_out_text_has_no_facts(text: str) -> None:
    assert facts(table(text)) == []


def test_too_many_rows_are_refused_and_many_are_not_slow() -> None:
    rows = tuple((f"企业{n}", str(n % 7), str(n % 11)) for n in range(20_000))
    with pytest.raises(DocumentError, match="20001 行，最多读 20000 行"):
        facts(Table((("企业", "一", "二"), *rows)))
    start = time.perf_counter()
    assert len(facts(Table((("企业", "一", "二"), *rows[:5000])))) == 5000
    assert time.perf_counter() - start < 20


words = st.text(st.sampled_from("甲乙丙12.-/。 \n表注：单位年"), max_size=8)


@given(st.lists(st.lists(words, min_size=1, max_size=5), max_size=6))
def test_any_table_is_read_and_each_fact_is_one_line(rows: list[list[str]]) -> None:
    found = facts(Table(tuple(tuple(row) for row in rows), caption="表题"))
    assert all("\n" not in line and line.count("\u3000") == 1 for line in found)


@given(st.lists(st.tuples(st.sampled_from(["甲项", "乙项", "丙项"]), words, words), min_size=2))
def test_what_a_cell_says_stands_in_a_fact(rows: list[tuple[str, str, str]]) -> None:
    given_rows = (("名称", "数量", "去向"), *rows)
    said = "".join("\n".join(facts(Table(given_rows))).split())
    for row in rows:
        for cell in row:
            if "注" not in cell and "单位" not in cell and "表" not in cell:
                assert "".join(cell.split()) in said
