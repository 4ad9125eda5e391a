"""Texts outside the corpus as they are named: with their titles' marks and numbers, each once."""

import pytest

from assistant.deciding.outside import find_known, name, name_all
from corpus.catalog import Corpus
from index.search import HybridRetriever


@pytest.mark.parametrize(
    ("need", "named"),
    [
        (
            "最高人民法院、最高人民检察院关于适用《中华人民共和国刑法》第三百四十四条有关问题的批复"
            "（法释〔2020〕2号）",
            "《最高人民法院、最高人民检察院关于适用〈中华人民共和国刑法〉第三百四十四条有关问题的批复》"
            "（法释〔2020〕2号）",
        ),
        ("爆破安全规程（GB 6722）", "《爆破安全规程》（GB 6722）"),
        ("土地复垦验收规程（试行）", "《土地复垦验收规程（试行）》"),
        ("租赁合同的约定", "租赁合同的约定"),
        ("当地错峰生产方案", "当地错峰生产方案"),
    ],
)
def test_a_text_is_named_by_its_title_and_number(need: str, named: str, corpus: Corpus):
    assert name(need, corpus) == named


def test_a_text_named_in_two_ways_is_named_once(corpus: Corpus):
    both = [
        "关于加强生态保护红线管理的通知（试行）（自然资发〔2022〕142号）",
        "关于加强生态保护红线管理的通知（试行）",
    ]
    named = name_all(both, corpus)
    assert named == name(both[1], corpus)
    assert named.startswith("《关于加强生态保护红线管理的通知（试行）》（自然资发〔2022〕142号，")


def test_a_title_in_a_title_stands_in_single_marks(corpus: Corpus):
    known = next(k for k in corpus.not_loaded.values() if "《" in k.title and not k.is_described)
    assert known.full_name.count("《") == 1
    assert "〈" in known.full_name


def test_who_asks_for_a_text_on_one_thing_speaks_of_it(corpus: Corpus):
    unspoken = [
        (known.title, question)
        for known in corpus.not_loaded.values()
        for question in known.asked
        if not known.concerns(question)
    ]
    assert not unspoken


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("我们厂废气多久监测一次", ("印刷", "橡胶", "塑料", "电镀")),
        ("车间废气自行监测一年要测几次", ("印刷", "橡胶", "塑料", "电镀")),
        ("楼顶的5G基站电磁辐射限值是多少", ("铁路", "机场", "放射")),
        ("国三柴油车还能上路吗", ("移动机械", "摩托车", "船舶")),
        ("废水总氮的排放限值是多少", ("电子工业", "制浆造纸", "屠宰", "染整")),
    ],
)
def test_a_text_on_something_else_is_not_named(
    question: str, others: tuple[str, ...], retriever: HybridRetriever
):
    found, _ = find_known((question,), retriever)
    assert found
    assert not [known.title for known in found if any(trade in known.title for trade in others)]


@pytest.mark.parametrize(
    "question",
    [
        "鉴定费谁掏",
        "测出来要是合格我还能要求拆吗",
        "化验收钱不",
        "会有人连夜来吗",
        "最快多久能批下来",
    ],
)
def test_a_few_words_that_could_be_of_anything_name_no_text(
    question: str, retriever: HybridRetriever
):
    assert find_known((question,), retriever) == ([], False)
