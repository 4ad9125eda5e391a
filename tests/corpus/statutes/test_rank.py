"""The rank of a text, by its title and its issuer."""

import pytest

from corpus.statutes import is_of_same_issuer, is_rule, place_of, rank_of, rank_of_title


@pytest.mark.parametrize(
    ("title", "issuer", "rank"),
    [
        ("中华人民共和国宪法", "全国人民代表大会", "宪法"),
        ("中华人民共和国海岛保护法", "全国人大常委会", "法律"),
        ("消耗臭氧层物质管理条例", "中华人民共和国国务院", "行政法规"),
        ("关于做好某项工作的通知", "国务院办公厅", "规范性文件"),
        ("丁省渔港条例", "丁省人民代表大会常务委员会", "地方性法规"),
        ("丁市餐饮油烟条例（2024年修正）", "丁市人大常委会", "地方性法规"),
        ("固定源排污登记办法", "生态环境部", "部门规章"),
        ("环境信息规定", "国家环境保护总局", "部门规章"),
        ("联合规定", "生态环境部、国家发展和改革委员会", "部门规章"),
        ("丁市扬尘办法", "丁市人民政府", "地方政府规章"),
        ("戊县扬尘办法", "戊县人民政府", "规范性文件"),
        ("丁市扬尘办法", "丁市生态环境局", "规范性文件"),
        ("某规定", "国家税务总局丁市税务局", "规范性文件"),
        # The lowest of several counts.
        ("联合规定", "生态环境部、丁市人民政府", "地方政府规章"),
        ("中华人民共和国新法", "", "其他文件"),
    ],
)
def test_rank(title: str, issuer: str, rank: str) -> None:
    assert rank_of(title, issuer).name == rank


def test_order() -> None:
    heights = [
        rank_of(title, issuer).height
        for title, issuer in (
            ("宪法", "全国人民代表大会"),
            ("某法", "全国人民代表大会常务委员会"),
            ("某条例", "国务院"),
            ("丁市条例", "丁市人民代表大会"),
            ("丁市办法", "丁市人民政府"),
            ("通知", "丁市生态环境局"),
            ("通知", ""),
        )
    ]
    assert heights == sorted(set(heights), reverse=True)
    side = rank_of("某规定", "生态环境部"), rank_of("丁市条例", "丁市人民代表大会")
    assert side[0].height == side[1].height


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("湿地保护法", "法律"), ("某法典", "法律"), ("固定源登记办法", "部门规章"),
        ("化学品条例", "行政法规"), ("丁市养犬条例", "地方性法规"),
        ("丁市养犬办法", "地方政府规章"),
        ("城市绿化条例", "行政法规"), ("办事指南", "规范性文件"),
    ],
)  # fmt: skip
def test_of_a_title_alone_the_highest(title: str, rank: str) -> None:
    assert rank_of_title(title).name == rank


def test_a_rule_is_told_by_its_title() -> None:
    assert all(map(is_rule, ("丁市养犬条例", "某规定（试行）", "湿地保护法")))
    assert not any(map(is_rule, ("权威问答大全", "政策解读", "办事指南", "白皮书")))


def test_place() -> None:
    assert place_of("丁市扬尘办法") == place_of("丁市人民政府") == "丁市"
    assert place_of("自然保护区条例") == place_of("关于某市的通知") == place_of("生态环境部") == ""


@pytest.mark.parametrize(
    ("later", "earlier", "is_same"),
    [
        ("生态环境部", "国家环境保护总局", True),
        ("丁市生态环境局", "丁市环保局", True),
        ("丁市生态环境局", "戊市环境保护局", False),
        ("丁市人民代表大会", "丁市人大常委会", True),
        ("丁市人民政府", "丁市人民代表大会常务委员会", False),
        ("国务院", "生态环境部", False),
        ("生态环境部、商务部", "生态环境部", True),
        ("生态环境部", "生态环境部、商务部", False),
        ("", "生态环境部", False),
        ("生態環境部", "生态环境部", True),
    ],
)
def test_same_issuer(later: str, earlier: str, is_same: bool) -> None:
    assert is_of_same_issuer(later, earlier) is is_same
