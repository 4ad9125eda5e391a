import pytest

from assistant.question.places import district_in, office_in, other_place_in, strip_ours


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
def test_districts_of_the_city(text: str, district: str) -> None:
    assert district_in(text) == district


def test_other_offices_and_places() -> None:
    assert office_in("市住建局今年的计划") == "市住建局"
    assert office_in("市生态环境局今年的计划") == ""
    assert other_place_in("青岛今年的目标") == "青岛"
    assert other_place_in("潍坊今年的目标") == ""


def test_names_of_ours_are_no_words_to_search_for() -> None:
    assert strip_ours("我在青州开养猪场") == "我在 开养猪场"
    assert strip_ours("潍坊市生态环境局") == "潍坊市生态环境局"
