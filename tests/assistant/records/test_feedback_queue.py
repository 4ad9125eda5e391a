"""The queue of feedback: what is kept, moved, counted, handed out, and how it is bounded."""

import json
import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.records import Feedback, FeedbackQueue, SqliteDatabase, State, Verdict
from assistant.records import feedback as queue_module
from assistant.records.feedback import MAX_ANSWER, MAX_NOTE, MAX_WORD
from assistant.types import Sentence
from corpus.errors import OptionError
from tests.records import make_answer, make_citation

ANSWER = make_answer(Sentence("应当办证。", (1,)))
NOW = datetime(2026, 11, 24, 9, 30, 15, 999_999, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "records.sqlite3"


@pytest.fixture
def queue(path: Path) -> FeedbackQueue:
    return FeedbackQueue(SqliteDatabase(path))


def _add_many(path: Path, count: int) -> None:
    for _ in range(count):
        FeedbackQueue(SqliteDatabase(path)).add(ANSWER, Verdict.USEFUL, "很" * 200)


def test_what_is_kept_is_what_is_told_of_the_answer(queue: FeedbackQueue) -> None:
    kept = queue.add(ANSWER, "useless", " 没说\n罚多少\u202e ", NOW)
    assert kept == Feedback(
        question="要不要许可证？",
        understood="",
        outcome="answered",
        keys=("某法#5",),
        verdict=Verdict.USELESS,
        word="没说 罚多少",
        time="2026-11-24T09:30:15+00:00",
        as_of="2026-11-23",
        engine="extractive",
        answer=ANSWER.to_json(),
        id=kept.id,
        state=State.NEW,
    )
    assert queue.find(kept.id) == kept


def test_only_the_owner_can_read_it(queue: FeedbackQueue, path: Path) -> None:
    queue.add(ANSWER, "useful")
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_unknown_verdict_is_not_kept(queue: FeedbackQueue) -> None:
    with pytest.raises(ValueError, match="maybe"):
        queue.add(ANSWER, "maybe")
    assert queue.load() == []


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("", ""),
        (" 没说\n\n罚多少 ", "没说 罚多少"),
        ("没\x00说\u202e罚\u200b多少", "没说罚多少"),
        ('"}\n{"a": 1}', '"} {"a": 1}'),
        ("长" * MAX_WORD, "长" * MAX_WORD),
        ("长" * MAX_WORD + "短", "长" * MAX_WORD),
        (" \n" * 1_000 + "短", "短"),
    ],
)
def test_a_word_is_one_line_of_bounded_length(queue: FeedbackQueue, word: str, kept: str) -> None:
    assert queue.add(ANSWER, "useful", word).word == kept
    assert queue.load()[0].word == kept


def test_each_key_is_kept_once_in_the_order_of_the_citations(queue: FeedbackQueue) -> None:
    keys = ["某法#7", "某法#5", "某法#7", "plan:减污"]
    citations = tuple(make_citation(n, key=key) for n, key in enumerate(keys, 1))
    kept = queue.add(make_answer(citations=citations), "useful")
    assert kept.keys == ("某法#7", "某法#5", "plan:减污")


def test_of_a_follow_up_it_is_kept_what_it_was_taken_for(queue: FeedbackQueue) -> None:
    answer = make_answer(question="情节严重呢？", understood="超标排放情节严重怎么罚")
    kept = queue.add(answer, "useful")
    assert (kept.question, kept.understood) == ("情节严重呢？", "超标排放情节严重怎么罚")
    assert kept.asked == "超标排放情节严重怎么罚"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [(UTC, "2026-11-24T09:30:15+00:00"),
     (timezone(timedelta(hours=8)), "2026-11-24T17:30:15+08:00")],
)  # fmt: skip
def test_the_time_has_its_offset_and_no_fractions(
    queue: FeedbackQueue, zone: timezone, shown: str
) -> None:
    kept = queue.add(ANSWER, "useful", now=NOW.astimezone(zone))
    assert kept.time == shown
    assert queue.move(kept.id, State.IN_WORK, "王一", now=NOW).moves[0].time[:10] == "2026-11-24"


def test_where_no_time_is_given_it_is_now(queue: FeedbackQueue) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    time = datetime.fromisoformat(queue.add(ANSWER, "useful").time)
    assert time.tzinfo is not None
    assert before <= time <= datetime.now(UTC)


PERSONAL = ("13812345678", "370702199001011234")


@pytest.mark.parametrize("personal", PERSONAL)
@pytest.mark.parametrize("dressed", ["{}", "{}\u200b", "，{}。"])
def test_what_is_personal_is_nowhere_in_the_file(
    queue: FeedbackQueue, path: Path, personal: str, dressed: str
) -> None:
    said = f"邻居排油烟，我的号码是{dressed.format(personal)}，怎么投诉"
    hidden = f"邻居排油烟，我的号码是{personal[:5]}\u200b{personal[5:]}，怎么投诉"
    for question in (said, hidden):
        sentences = (Sentence(f"您问的是：{question}", ()), Sentence("应当办证。", (1,), question))
        answer = make_answer(*sentences, question=question, understood=question + "？", id=question)
        # Where it would be cut in two, too.
        word = "长" * (MAX_WORD - 5) + personal
        kept = queue.add(answer, "useless", word)
        assert personal[:5] not in kept.word
        assert kept.answer is not None
        assert kept.answer["citations"][0]["quote"] == "应当依法取得许可。"
        assert "邻居排油烟" in kept.question
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    told = written.decode("utf-8", "ignore").replace("\u200b", "")
    assert personal not in told
    assert "邻居排油烟" in told


def test_what_the_answer_says_by_itself_is_kept_as_it_was(queue: FeedbackQueue) -> None:
    sentence = Sentence("也可以拨打12345（政务服务便民热线）、12369。", (1,))
    kept = queue.add(make_answer(sentence, question="我叫张伟，电话13812345678"), "useless")
    assert kept.answer is not None
    assert kept.answer["sentences"][0]["text"] == sentence.text


def test_a_work_goes_its_way_and_each_step_is_kept(queue: FeedbackQueue) -> None:
    one = queue.add(ANSWER, "useless").id
    queue.move(one, State.IN_WORK, "王一", now=NOW)
    queue.move(one, State.ANSWERED, " 李二 ", "已电话\x00答复" + "长" * MAX_NOTE, NOW)
    kept = queue.move(one, "在办", "王一", "又来问了", NOW)
    assert kept == queue.find(one)
    told = [(m.before, m.state, m.by, m.note[:5]) for m in kept.moves]
    assert told == [
        ("新", "在办", "王一", ""),
        ("在办", "已答复", "李二", "已电话答复"),
        ("已答复", "在办", "王一", "又来问了"),
    ]
    assert len(kept.moves[1].note) == MAX_NOTE
    assert kept.moves[0].time == "2026-11-24T09:30:15+00:00"


@pytest.mark.parametrize(
    ("way", "state"),
    [
        ((), State.NEW),
        ((State.IN_WORK,), State.IN_WORK),
        ((State.ANSWERED,), State.NEW),
        ((State.ANSWERED,), State.DISMISSED),
        ((State.DISMISSED,), State.ANSWERED),
        ((), "完了"),
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing(
    queue: FeedbackQueue, way: tuple[State, ...], state: State | str
) -> None:
    one = queue.add(ANSWER, "useless").id
    for step in way:
        queue.move(one, step, "王一")
    before = queue.find(one)
    with pytest.raises(OptionError, match=f"现在是“{before.state}”，只能改为"):
        queue.move(one, state, "王一")
    assert queue.find(one) == before


def test_every_state_says_where_it_leads() -> None:
    assert [list(map(str, state.following)) for state in State] == [
        ["在办", "已答复", "不采纳"],
        ["新", "已答复", "不采纳"],
        ["在办"],
        ["在办"],
    ]


def test_nobody_and_nothing_is_told(queue: FeedbackQueue) -> None:
    one = queue.add(ANSWER, "useless").id
    with pytest.raises(OptionError, match="写明是谁"):
        queue.move(one, State.IN_WORK, " ")
    for other in (one + 1, 0, -1, 10**30):
        with pytest.raises(OptionError, match="没有第"):
            queue.move(other, State.IN_WORK, "王一")
        with pytest.raises(OptionError, match="没有第"):
            queue.find(other)


def test_of_two_who_take_it_at_once_one_has_it(queue: FeedbackQueue) -> None:
    one = queue.add(ANSWER, "useless").id

    def take(name: str) -> str:
        try:
            queue.move(one, State.IN_WORK, name)
        except OptionError:
            return ""
        return name

    with ThreadPoolExecutor(8) as threads:
        taken = list(filter(None, threads.map(take, [f"{n}号" for n in range(16)])))
    assert [move.by for move in queue.find(one).moves] == taken


def test_rows_are_handed_out_page_by_page_newest_first(queue: FeedbackQueue) -> None:
    ids = [queue.add(ANSWER, "useless", f"{n}").id for n in range(7)]
    for one in ids[::3]:
        queue.move(one, State.DISMISSED, "王一")
    assert [one.id for one in queue.rows(limit=4)] == ids[:2:-1]
    assert [one.id for one in queue.rows(limit=4, before=ids[3])] == ids[2::-1]
    assert [one.id for one in queue.rows(State.DISMISSED, 2)] == [ids[6], ids[3]]
    assert [one.id for one in queue.rows(State.DISMISSED, 2, ids[3])] == [ids[0]]
    assert queue.rows(State.DISMISSED)[0].moves[0].by == "王一"
    assert queue.rows(State.ANSWERED) == []
    assert len(queue.rows(before=10**30)) == 7
    assert queue.counts() == {
        State.NEW: 4, State.IN_WORK: 0, State.ANSWERED: 0, State.DISMISSED: 3
    }  # fmt: skip


def test_an_empty_queue_has_nothing(queue: FeedbackQueue) -> None:
    assert queue.load() == queue.rows() == []
    assert queue.export() == ""
    assert set(queue.counts().values()) == {0}


def test_what_is_exported_is_read_again(queue: FeedbackQueue) -> None:
    for n in range(3):
        queue.add(make_answer(question=f"第{n}问\u2028\n还有"), "useless", "没说<b>")
    queue.move(queue.rows()[0].id, State.ANSWERED, "王一", "说了")
    lines = queue.export().split("\n")
    assert lines.pop() == ""
    assert [Feedback.from_json(json.loads(line)) for line in lines] == queue.load()
    assert "第0问" in lines[0]


def test_the_oldest_that_is_closed_makes_room(
    queue: FeedbackQueue, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "MAX_ROWS", 5)
    ids = [queue.add(ANSWER, "useless").id for _ in range(5)]
    queue.move(ids[3], State.DISMISSED, "王一")
    queue.move(ids[1], State.ANSWERED, "王一")
    queue.move(ids[0], State.IN_WORK, "王一")
    new = [queue.add(ANSWER, "useful").id for _ in range(2)]
    assert [one.id for one in queue.load()] == [ids[0], ids[2], ids[4], *new]
    with pytest.raises(OptionError, match="待处理的反馈已经存满"):
        queue.add(ANSWER, "useful")
    assert [one.id for one in queue.load()] == [ids[0], ids[2], ids[4], *new]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM feedback_move").fetchone() == (1,)


def test_the_id_of_what_is_gone_is_not_given_again(
    queue: FeedbackQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "MAX_ROWS", 1)
    first = queue.add(ANSWER, "useless").id
    queue.move(first, State.ANSWERED, "王一")
    assert queue.add(ANSWER, "useless").id != first
    with pytest.raises(OptionError, match="可能已经清理"):
        queue.find(first)


def test_an_answer_of_no_end_is_refused(queue: FeedbackQueue) -> None:
    with pytest.raises(OptionError, match="太长"):
        queue.add(make_answer(Sentence("长" * MAX_ANSWER, ())), "useful")
    with pytest.raises(OptionError, match="太长"):
        queue.add(make_answer(question="长" * 5000), "useful")
    assert queue.load() == []


def test_many_writers_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(path, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(FeedbackQueue(SqliteDatabase(path)).load()) == 100
