import pytest

from corpus.catalog import Corpus


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("奎文区要建几家绿色工厂", "奎文区"),
        ("寿光北边那片滩涂", "寿光"),
        ("高密度养殖要办证吗", ""),
        ("寿光模式是什么", ""),
        ("青岛今年的目标", ""),
    ],
)
def test_districts_of_the_city(corpus: Corpus, text: str, district: str) -> None:
    assert corpus.places.district(text) == district


def test_other_offices_and_places(corpus: Corpus) -> None:
    assert corpus.places.office("市住建局今年的计划") == "市住建局"
    assert corpus.places.office("市生态环境局今年的计划") == ""
    assert corpus.places.other("青岛今年的目标") == "青岛"
    assert corpus.places.other("潍坊今年的目标") == ""


def test_names_of_ours_are_no_words_to_search_for(corpus: Corpus) -> None:
    assert corpus.places.strip("我在青州开养猪场") == "我在 开养猪场"
    assert corpus.places.strip("潍坊市生态环境局") == "潍坊市生态环境局"
