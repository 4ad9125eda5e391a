"""A letter's asks are found, its story is left alone."""

import pytest

from assistant.question import read_letter


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("夜间施工怎么罚", 1),
        ("我家楼下开了个洗车店，水都流到路上。这能不能举报？该找哪个部门？", 2),
        ("厂里的废桶堆了几十个，不知道是谁家拉来的。请问算不算危废？", 1),
        ("我们村有条河，以前几个人合抱的柳树都在河边，现在全是泡沫。", 0),
    ],
)
def test_so_many_asks(text: str, asks: int):
    assert len(read_letter(text).asks) == asks


def test_asks_keep_their_order_and_their_words():
    letter = read_letter("隔壁厂天天冒黑烟。请问违法吗？会怎么处罚？我能不能要求赔偿？")
    assert len(letter.asks) == 3
    assert all(ask in letter.text for ask in letter.asks)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("夜里工地施工太吵，可以举报吗，会怎么罚", ("可以举报吗", "会怎么罚")),
        ("漆坊的味儿呛人，能不能让它停，罚多少钱，该找谁", ("能不能让它停", "罚多少钱", "该找谁")),
        ("楼下饭店油烟呛人。谁管？怎么罚？", ("谁管?", "怎么罚?")),
        # What only ends an ask is no other one.
        ("全文里的项目数、任务数，各是多少？", ("全文里的项目数、任务数,各是多少?",)),
        ("河边烧烤罚款多少", ("河边烧烤罚款多少",)),
    ],
)
def test_a_few_words_that_ask_for_something_else_are_an_ask(text: str, asks: tuple[str, ...]):
    assert read_letter(text).asks == asks


def test_of_a_long_letter_both_ends_are_searched_with():
    text = "开头的事。" + "中间的话，" * 200 + "最后想问怎么办？"
    letter = read_letter(text)
    assert len(letter.digest) < 400
    assert letter.digest.startswith("开头的事")
    assert letter.digest.endswith("怎么办?")


def test_a_plain_question_is_one():
    assert read_letter("排污许可证有效期多久？").is_one_question
    assert not read_letter("我家旁边是化工厂，晚上味道很大，睡不着觉。该找谁？").is_one_question


@pytest.mark.parametrize(
    ("text", "has_story"),
    [
        ("今年矿山修复做到什么程度？哪些矿算数？", False),
        ("夜里施工归谁管", False),
        ("我家隔壁开了个洗车店，天天半夜冲车，水流得满街都是。这归谁管？", True),
    ],
)
def test_what_is_told_beside_what_is_asked_is_a_story(text: str, has_story: bool):
    assert read_letter(text).has_story is has_story


@pytest.mark.parametrize("last", ["现在起诉还来得及伐", "报警还有用没"])
def test_of_a_long_text_that_surely_asks_nothing_what_may_ask_is_taken(last: str):
    story = "家里包了八百亩海带，叫外来的油船撞了跑了，连个影子都没留下，船号也没看清，"
    assert read_letter(story + last).asks == (last,)
    assert read_letter(story).asks == ()
    # A few words are a search for something.
    assert read_letter(last).asks == ()


def test_what_runs_on_without_a_mark_stays_a_story(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.question.letter._MAY_ASK", 0.0)
    text = (
        "俺家门前水渠边上天天有人开三轮来洗鸡笼子水里漂一层鸡毛沫子俺们都在那里挑水喝这个犯不犯法哇"
    )
    letter = read_letter(text)
    assert letter.has_story
    assert not letter.is_one_question
