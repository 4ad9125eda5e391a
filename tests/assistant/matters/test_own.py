"""What staff may write and what not, and where it is kept."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.gate import carries, faults_of
from assistant.matters import OwnMatters, evidence_of, needs_review, preview
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import Ask, AskKind, Matter, Statement
from corpus.errors import MatterError, OptionError
from corpus.loading import load_corpus
from corpus.types import Article, Document

TODAY = date(2026, 11, 23)
PERMIT = "丁县采砂规定#1"
FINE = "丁县采砂规定#2"
TEXTS = (
    "在河道内采砂的，应当向县水务局申请采砂许可证。\n县水务局应当在十五日内作出决定。",
    "未取得采砂许可证采砂的，由县水务局没收违法所得，并处三万元以上八万元以下罚款。",
)
LAW = Document(
    "丁县采砂规定",
    Kind.STATUTE,
    "丁县",
    date(2023, 2, 1),
    date(2023, 3, 1),
    "",
    tuple(Article(f"丁县采砂规定#{n}", f"第{n}条", (), t) for n, t in enumerate(TEXTS, 1)),
)
OLD = replace(
    LAW,
    title="丁县旧办法",
    articles=(
        Article("丁县旧办法#1", "第一条", (), "采砂的，应当登记。"),
        Article("丁县旧办法#2", "第二条", (), "采砂的，应当登记。"),
    ),
)
REPEALS = replace(
    LAW,
    title="丁县新办法",
    articles=(Article("丁县新办法#1", "第一条", (), "本办法施行之日起，《丁县旧办法》同时废止。"),),
)
BUNDLED = Matter(
    "sand", "河道采砂", ("public",), ("河里能挖沙吗",), (Ask(AskKind.DUTY, ("要办什么证",)),)
)


@pytest.fixture
def held() -> Corpus:
    return Corpus([LAW, OLD, REPEALS], matters=[BUNDLED])


def ask(*statements: Statement, **changes: object) -> Ask:
    made = Ask(AskKind.DUTY, ("采砂要办什么",), statements)
    return replace(made, **changes)  # type: ignore[arg-type]


def written(*asks: Ask, **changes: object) -> Matter:
    asks = asks or (ask(Statement("在河道内采砂要申请采砂许可证。", (PERMIT,))),)
    made = Matter("", "采砂证", ("public",), ("在河里挖沙要办证吗",), asks)
    return replace(made, **changes)  # type: ignore[arg-type]


def saying(text: str, *by: str) -> Matter:
    return written(ask(Statement(text, by or (PERMIT,))))


def problems_of(matter: Matter, held: Corpus, folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(MatterError) as told:
        OwnMatters(folder).save(matter, "周敏", held, TODAY)
    assert OwnMatters(folder).all() == []
    assert str(told.value) == "\n".join(p.says for p in told.value.problems)
    assert all(p.says.endswith("。") for p in told.value.problems)
    return [(p.where, p.says) for p in told.value.problems]


def test_what_is_saved_is_signed_and_read_with_the_corpus(held: Corpus, tmp_path: Path):
    own = OwnMatters(tmp_path)
    kept = own.save(written(tellings=(" 挖沙\n要办证吗 ", "")), "周敏", held, TODAY)
    assert (kept.signed, kept.signed_on, kept.is_own) == ("周敏", TODAY, True)
    assert kept.tellings == ("挖沙 要办证吗",)
    assert own.find(kept.id) == kept
    assert [path.name for path in own.folder.glob("*.toml")] == [f"{kept.id}.toml"]
    loaded = load_corpus(collections=("weifang",), own=tmp_path)
    assert kept in loaded.matters
    assert needs_review(kept, held, TODAY) == []


def test_saved_again_it_takes_its_own_place(held: Corpus, tmp_path: Path):
    own = OwnMatters(tmp_path)
    kept = own.save(written(), "周敏", held, TODAY)
    own.save(replace(kept, name="河道采砂许可"), "林涛", held, date(2026, 11, 24))
    (only,) = own.all()
    assert (only.id, only.name, only.signed) == (kept.id, "河道采砂许可", "林涛")


def test_removed_it_is_set_aside_with_who_did_it(held: Corpus, tmp_path: Path):
    own = OwnMatters(tmp_path)
    kept = own.save(written(), "周敏", held, TODAY)
    own.remove(kept.id, "林涛\n[[matter]]")
    assert own.all() == []
    text = (own.folder / "removed" / f"{kept.id}.toml").read_text("utf-8")
    assert text.startswith("# 移除：林涛 [[matter]]\n[[matter]]\n")


@pytest.mark.parametrize(
    ("matter", "where"),
    [
        (written(name=" "), "name"),
        (written(name="河道采砂"), "name"),
        (written(id="sand"), "id"),
        (written(id="../x"), "id"),
        (written(tellings=(" ",)), "tellings"),
        (replace(written(), ask=()), "ask"),
        (written(who=("mayor",)), "who"),
        (written(valid_from=date(2027, 1, 2), valid_to=date(2027, 1, 1)), "valid_to"),
        (written(ask()), "ask.0.statement"),
        (written(ask(needs=("采砂规划",), asked=())), "ask.0.asked"),
        (written(ask(needs=("采砂规划",), near="丁县采砂规定#9")), "ask.0.near"),
        (written(ask(Statement("要办证。", ()))), "ask.0.statement.0.by"),
        (written(ask(Statement("", (PERMIT,)))), "ask.0.statement.0.text"),
        (saying("采砂要申请采砂许可证。" * 30), "ask.0.statement.0.text"),
        (saying("要申请许可证。", "没有的规定#1"), "ask.0.statement.0.by.0"),
        (saying("要申请许可证。", f"{PERMIT}|7"), "ask.0.statement.0.by.0"),
        (saying("要申请许可证。", f"{PERMIT}|乙"), "ask.0.statement.0.by.0"),
        (saying("采砂要登记。", "丁县旧办法#1"), "ask.0.statement.0.by.0"),
    ],
)
def test_what_cannot_be_said_is_told(matter: Matter, where: str, held: Corpus, tmp_path: Path):
    assert where in [place for place, _ in problems_of(matter, held, tmp_path)]


@pytest.mark.parametrize(
    ("text", "by", "says"),
    [
        ("罚三万元以上九万元以下。", FINE, "90000元以下"),
        ("县水务局二十日内作出决定。", PERMIT, "20日内"),
        ("由公安机关没收违法所得。", FINE, "公安机关"),
        ("采砂不得在夜间进行。", PERMIT, "“不得”（禁止做）"),
        ("采砂可以不办证。", PERMIT, "原文里没有"),
        ("县水务局「应当在十日内作出决定」。", PERMIT, "一字不差"),
        ("《丁县旧办法》要求申请采砂许可证。", PERMIT, "不是所附依据的"),
    ],
)
def test_what_the_quotes_do_not_carry_is_told(
    text: str, by: str, says: str, held: Corpus, tmp_path: Path
):
    found = problems_of(saying(text, by), held, tmp_path)
    assert {where for where, _ in found} == {"ask.0.statement.0.text"}
    assert says in found[0][1]


def test_faults_are_found_exactly_where_the_gate_lets_nothing_pass(corpus: Corpus):
    """Every seventh bundled statement, with its own evidence and with that of another one."""
    statements = [s for m in corpus.matters for a in m.ask for s in a.statement][::7]
    for one, other in pairwise(statements):
        for by in (one.by, other.by):
            evidence = tuple(e for t in by for e in evidence_of(t, corpus, TODAY))
            is_carried = carries(one.text, evidence, corpus, TODAY, is_ours=True)
            assert bool(faults_of(one.text, evidence, corpus, TODAY)) != is_carried


def test_the_preview_shows_the_quotes_and_what_is_wrong(held: Corpus):
    matter = written(
        ask(
            Statement("十五日内决定。", (f"{PERMIT}|2",)),
            Statement("罚一百万元。", (FINE,)),
            Statement("没有的。", ("没有的规定#1",)),
        )
    )
    good, wrong, missing = preview(matter, held, TODAY)
    assert [q.quote for q in good.quotes] == ["县水务局应当在十五日内作出决定。"]
    assert good.problems == ()
    assert (len(wrong.quotes), [p.where for p in wrong.problems]) == (1, ["ask.0.statement.1.text"])
    assert (missing.quotes, len(missing.problems)) == ((), 1)


def test_what_is_for_later_is_checked_as_of_its_first_day(held: Corpus, tmp_path: Path):
    ahead = replace(LAW, effective=date(2027, 1, 1), adopted=date(2026, 10, 1))
    later = Corpus([ahead])
    matter = written(valid_from=date(2027, 1, 1))
    kept = OwnMatters(tmp_path).save(matter, "周敏", later, TODAY)
    assert needs_review(kept, later, TODAY) == []
    assert OwnMatters(tmp_path).find(kept.id)
    with pytest.raises(MatterError, match="尚未施行"):
        OwnMatters(tmp_path).save(written(name="另一件", tellings=("丙",)), "周敏", later, TODAY)


def test_its_time_being_over_is_told(held: Corpus, tmp_path: Path):
    kept = OwnMatters(tmp_path).save(written(valid_to=TODAY), "周敏", held, TODAY)
    assert needs_review(kept, held, TODAY) == []
    (problem,) = needs_review(kept, held, date(2026, 11, 24))
    assert (problem.where, "已经过了" in problem.says) == ("valid_to", True)


def test_a_telling_is_of_one_own_matter(held: Corpus, tmp_path: Path):
    OwnMatters(tmp_path).save(written(), "周敏", held, TODAY)
    with pytest.raises(MatterError, match="已经是“采砂证”的讲法"):
        OwnMatters(tmp_path).save(written(name="挖沙"), "周敏", held, TODAY)


def test_a_file_written_by_hand_is_read_and_not_changed(held: Corpus, tmp_path: Path):
    own = OwnMatters(tmp_path)
    own.folder.mkdir()
    text = (
        '[[matter]]\nid = "{}"\nname = "{}"\nwho = ["public"]\ntellings = ["{}"]\n'
        '[[matter.ask]]\nkind = "谁管"\nasked = ["归谁管"]\nneeds = ["职责分工"]\n'
    )
    by_hand = text.format("one", "甲", "甲事") + text.format("two", "乙", "乙事")
    (own.folder / "one.toml").write_text(by_hand, "utf-8")
    assert [m.id for m in own.all()] == ["one", "two"]
    for name in ("one", "two"):
        matter = own.find(name)
        assert matter is not None
        with pytest.raises(OptionError, match="手写"):
            own.save(matter, "周敏", held, TODAY)
        with pytest.raises(OptionError, match="手写"):
            own.remove(name, "周敏")
    assert (own.folder / "one.toml").read_text("utf-8") == by_hand
