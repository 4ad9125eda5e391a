"""The facts of a sentence: what is read out of it, and when two clauses state the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gate.facts import acts, ranges_stand, states_the_same
from corpus.language import Amount, amounts, authorities, clauses, to_chinese, units_asked

FINE = (
    "违反本法规定，未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正或者限制生产、停产整治，"
    "并处二十万元以上一百万元以下的罚款；情节严重的，报经有批准权的人民政府批准，责令停业、关闭。"
)
NOISE = (
    "在噪声敏感建筑物集中区域，禁止夜间进行产生噪声的建筑施工作业，但抢修、抢险施工作业除外。"
    "因特殊需要必须连续施工作业的，应当取得地方人民政府住房和城乡建设主管部门的证明，并公告附近居民。"
)
PERMIT = (
    "排污许可证有效期为五年。有效期届满需要继续排放污染物的，"
    "排污单位应当于有效期届满六十日前申请延续。审批部门可以要求排污单位补充材料。"
)
HARVEST = "县级以上人民政府可以划定禁止焚烧区域。在禁止焚烧区域内，任何单位和个人不得露天焚烧秸秆。"


def only(text: str) -> Amount:
    (amount,) = amounts(text)
    return amount


@pytest.mark.parametrize(
    ("text", "value", "unit", "towards"),
    [
        # Money counts in yuan, however it is written.
        ("处二十万元的罚款", 200_000, "元", ""),
        ("罚款20万元", 200_000, "元", ""),
        ("罚款２０万元", 200_000, "元", ""),
        ("罰款二十萬元", 200_000, "元", ""),
        ("12.5万元以下", 125_000, "元", "以下"),
        ("1.5亿元以上", 150_000_000, "元", "以上"),
        ("三亿元", 300_000_000, "元", ""),
        ("一千零五十元", 1_050, "元", ""),
        # The longest unit counts.
        ("有效期为五年", 5, "年", ""),
        ("十五个工作日内", 15, "个工作日", "内"),
        ("六个月", 6, "个月", ""),
        ("六月", 6, "月", ""),
        ("七十分贝", 70, "分贝", ""),
        ("三千平方公里", 3_000, "平方公里", ""),
        ("届满六十日前", 60, "日", "前"),
        ("126项", 126, "项", ""),
        # A share is a percentage.
        ("百分之三十", 30, "%", ""),
        ("３０％", 30, "%", ""),
        ("百分之百", 100, "%", ""),
        ("百分之20以上", 20, "%", "以上"),
        ("0.5%以下", 0.5, "%", "以下"),
        # Arabic digits count without a unit.
        ("细颗粒物PM2.5", 2.5, "", ""),
    ],
)
def test_an_amount_has_a_value_a_unit_and_a_direction(
    text: str, value: float, unit: str, towards: str
) -> None:
    assert only(text) == Amount(value, unit, towards)


def test_both_bounds_of_a_range_are_amounts() -> None:
    expected = {Amount(200_000, "元", "以上"), Amount(1_000_000, "元", "以下")}
    assert amounts("处二十万元以上一百万元以下的罚款") == expected
    assert amounts("处二十万元以下一百万元以上的罚款") != expected


@pytest.mark.parametrize("text", ["一般固体废物", "统一监督管理", "千方百计", "", "应当报告"])
def test_a_numeral_that_is_part_of_a_word_is_no_amount(text: str) -> None:
    assert amounts(text) == frozenset()


@given(st.integers(1, 9_999), st.sampled_from(["元", "万元", "日", "年", "倍", "吨", "个月"]))
def test_chinese_and_arabic_numbers_are_the_same_amount(number: int, unit: str) -> None:
    assert amounts(f"计{to_chinese(number)}{unit}以下") == amounts(f"计{number}{unit}以下")


@given(st.integers(1, 9_999))
def test_ten_thousand_yuan_are_that_many_yuan(number: int) -> None:
    assert only(f"{number}万元") == only(f"{number * 10_000}元")
    assert only(f"{number}亿元") == only(f"{number * 100_000_000}元")


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("有效期是五年吗", {"年"}),
        ("罚二十万元还是百分之三十", {"元", "%"}),
        ("晚上10点还能施工吗", set()),
        ("126是多少", set()),
        ("罚多少", set()),
    ],
)
def test_the_units_a_question_names(question: str, units: set[str]) -> None:
    assert units_asked(question) == units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由公安机关处十日以下拘留", {"公安机关"}),
        ("由生态环境主管部门责令改正", {"生态环境主管部门"}),
        ("向人民法院提起诉讼", {"人民法院"}),
        ("海警机构和海事管理机构", {"海警机构", "海事管理机构"}),
        ("国务院和省人民政府", {"国务院", "省人民政府"}),
        ("国务院生态环境主管部门会同有关部门", {"国务院", "生态环境主管部门"}),
        ("居民委员会、村民委员会", {"居民委员会", "村民委员会"}),
        ("潍坊市生态环境局", {"潍坊市生态环境局"}),
        ("排污单位应当如实申报", set()),
    ],
)
def test_who_acts(text: str, expected: set[str]) -> None:
    assert set(authorities(text)) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("禁止露天焚烧秸秆", {"forbid"}),
        ("不得露天焚烧秸秆", {"forbid"}),
        ("可以划定禁止焚烧区域", {"permit", "forbid"}),
        ("可以申请延续", {"permit"}),
        ("应当申请延续", {"oblige"}),
        ("无需申请延续", {"release"}),
        ("可以不予处罚", {"release"}),
        ("未取得排污许可证", {"negate"}),
        ("未经批准不得施工", {"negate", "forbid"}),
        ("排污许可证有效期为五年", set()),
        # Words that only look like a negation.
        ("生活垃圾无害化处理", set()),
        ("不动产登记", set()),
        ("用途不同", set()),
        ("不低于百分之五", set()),
    ],
)
def test_what_a_clause_does(clause: str, expected: set[str]) -> None:
    assert acts(clause) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲，乙。丙；丁：戊！己？庚", ["甲", "乙", "丙", "丁", "戊", "己", "庚"]),
        ("甲,乙;丙:丁!戊?己", ["甲", "乙", "丙", "丁", "戊", "己"]),
        ("第一款\n第二款", ["第一款", "第二款"]),
        ("限制生产、停产整治。", ["限制生产、停产整治"]),
        ("，。；", []),
        ("", []),
    ],
)
def test_the_clauses_of_a_text(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize("source", [FINE, NOISE, PERMIT, HARVEST])
def test_every_clause_of_a_source_states_what_the_source_does(source: str) -> None:
    assert [c for c in clauses(source) if not states_the_same(c, source)] == []


@pytest.mark.parametrize(
    ("clause", "source"),
    [
        ("生态环境主管部门责令改正或者限制生产、停产整治", FINE),
        ("处二十万元以上一百万元以下的罚款", FINE),
        ("没有依法取得排污许可证排放污染物", FINE),
        ("严禁夜间进行产生噪声的建筑施工作业", NOISE),
        ("排污单位应当于有效期届满六十日前申请延续", PERMIT),
        ("排污许可证的有效期为五年", PERMIT),
        ("任何人不得露天焚烧秸秆", HARVEST),
        ("规定", FINE),
        ("法典规定", NOISE),
    ],
)
def test_a_clause_that_does_what_the_source_does_passes(clause: str, source: str) -> None:
    assert states_the_same(clause, source)


@pytest.mark.parametrize(
    ("clause", "source"),
    [
        # Permitted or released where the source forbids or obliges, and the other way round.
        ("可以夜间进行产生噪声的建筑施工作业", NOISE),
        ("夜间进行产生噪声的建筑施工作业", NOISE),
        ("无需取得地方人民政府住房和城乡建设主管部门的证明", NOISE),
        ("可以取得地方人民政府住房和城乡建设主管部门的证明", NOISE),
        ("排污单位可以于有效期届满六十日前申请延续", PERMIT),
        ("排污单位不得于有效期届满六十日前申请延续", PERMIT),
        ("审批部门应当要求排污单位补充材料", PERMIT),
        ("审批部门不得要求排污单位补充材料", PERMIT),
        ("任何单位和个人可以露天焚烧秸秆", HARVEST),
        ("县级以上人民政府应当划定禁止焚烧区域", HARVEST),
        # The condition turned round.
        ("已依法取得排污许可证排放污染物的", FINE),
        ("应当依法取得排污许可证排放污染物的", FINE),
        # The exception denied.
        ("抢修、抢险施工作业不得进行", NOISE),
        # Another authority, or another bound.
        ("由公安机关责令改正或者限制生产、停产整治", FINE),
        ("报经生态环境主管部门批准", FINE),
        ("并处违法所得以上一百万元以下的罚款", FINE),
        ("限制生产、停产整治十日以内", FINE),
        ("审批部门可以核查材料并应当实施检查", "审批部门应当核查材料并可以实施检查。"),
        # Nothing like it stands in the source.
        ("不得向未成年人出售烟花爆竹", PERMIT),
        ("无需缴纳环境保护税", PERMIT),
    ],
)
def test_a_clause_that_does_something_else_fails(clause: str, source: str) -> None:
    assert not states_the_same(clause, source)


TIERS = (
    "处二万元以上十万元以下的罚款；情节严重的，处十万元以上五十万元以下的罚款。"
    "填海五十公顷以上、围海一百公顷以上的，报国务院审批。"
)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("处十万元以上五十万元以下的罚款", True),
        ("处10万元以上50万元以下的罚款", True),
        ("处十万元以下五十万元以下的罚款", False),
        ("处二万元以上五十万元以下的罚款", False),
        ("处五十万元以下的罚款", True),
        ("围海一百公顷以上、填海五十公顷以上的", True),
    ],
)
def test_a_range_is_one_of_the_source_whatever_its_amounts_are(text: str, stands: bool) -> None:
    assert amounts(text) <= amounts(TIERS)
    assert ranges_stand(text, TIERS) is stands
