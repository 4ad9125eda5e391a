"""A kept conversation read back: nothing that is not in the corpus comes in."""

import json
from datetime import date
from typing import Any

import pytest

from assistant.types import Answer, Audience, Sentence
from assistant.ui.chat.exchanges import read_exchange, read_exchanges, read_verdict
from assistant.ui.chat.rendering import to_exchange
from corpus.catalog import Corpus
from corpus.errors import OptionError
from tests.records import make_answer, make_article, make_citation, make_document

OLD = make_document(
    make_article(5, "旧的规定。"), adopted=date(2010, 1, 1), effective=date(2010, 6, 1)
)
NEW = make_document(
    make_article(5, "应当依法取得许可。\n没有取得的，不得排放。"),
    make_article(6, "罚款二万元。"),
    adopted=date(2019, 1, 1),
)
CORPUS = Corpus([OLD, NEW])
ANSWER = make_answer(
    Sentence("《某法》规定：「应当依法取得许可。」", (1,)),
    understood="排污要不要许可证",
    confidence=0.75,
    note="没有经过人工智能改写",
    timings_ms={"total": 1.5},
)


def kept(answer: Answer = ANSWER, **changes: Any) -> dict[str, Any]:
    return json.loads(to_exchange(answer, Audience.STAFF)) | changes


def body(*exchanges: object) -> bytes:
    return json.dumps({"exchanges": exchanges}).encode()


def citing(**fields: Any) -> dict[str, Any]:
    return kept(make_answer(Sentence("甲。", (1,)), citations=(make_citation(**fields),)))


def test_what_the_browser_keeps_comes_back_the_same() -> None:
    exchange = read_exchange(kept(), CORPUS)
    assert exchange.answer == ANSWER
    assert exchange.question == ANSWER.question
    assert exchange.audience is Audience.STAFF


def test_a_conversation_keeps_its_order() -> None:
    sent = [kept(question=f"第{i}问") for i in range(1, 5)]
    found = read_exchanges(body(*sent), CORPUS)
    assert [exchange.question for exchange in found] == ["第1问", "第2问", "第3问", "第4问"]


@pytest.mark.parametrize("count", [1, 100])
def test_so_many_exchanges_are_a_conversation(count: int) -> None:
    assert len(read_exchanges(body(*[kept()] * count), CORPUS)) == count


@pytest.mark.parametrize("count", [0, 101])
def test_none_or_too_many_are_no_conversation(count: int) -> None:
    with pytest.raises(OptionError, match="读不懂"):
        read_exchanges(body(*[kept()] * count), CORPUS)


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe", b'"x"',
        b'{"exchanges": 5}', b'{"exchanges": null}', b'{"exchanges": {}}', b'{"exchanges": [1]}',
        b'{"exchanges": [[]]}', b'{"exchanges": [{}]}', b'{"exchanges": [null]}',
    ],
)  # fmt: skip
def test_what_is_no_conversation_is_refused(sent: bytes) -> None:
    with pytest.raises(OptionError, match="读不懂"):
        read_exchanges(sent, CORPUS)


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": "king"}, {"audience": None}, {"outcome": "perhaps"}, {"as_of": "昨天"},
        {"question": None}, {"sentences": "甲。"}, {"sentences": [{"text": "甲。"}]},
        {"citations": [{"n": 1}]}, {"citations": None}, {"confidence": "sure"},
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(OptionError, match="读不懂"):
        read_exchange(kept() | changes, CORPUS)


@pytest.mark.parametrize("name", ["audience", "outcome", "question", "sentences", "citations"])
def test_a_field_that_is_missing_is_refused(name: str) -> None:
    sent = kept()
    del sent[name]
    with pytest.raises(OptionError, match="读不懂"):
        read_exchange(sent, CORPUS)


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "不必取得许可。"},
        {"quote": "应当依法取得许可！"},
        {"quote": "应当依法取得许可。没有取得的，不得排放。"},
        {"quote": "罚款二万元。"},
        {"key": "某法#7"},
        {"key": "别的法#5"},
        {"key": ""},
    ],
)
def test_a_quote_that_does_not_stand_in_its_source_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(OptionError, match="对不上"):
        read_exchange(citing(**fields), CORPUS)


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "应当依法取得许可。\n没有取得的，不得排放。"},
        {"quote": "不得排放"},
        {"quote": "罚款二万元。", "key": "某法#6"},
        {"quote": "旧的规定。"},
    ],
)
def test_a_quote_that_stands_in_any_version_is_taken(fields: dict[str, str]) -> None:
    (citation,) = read_exchange(citing(**fields), CORPUS).answer.citations
    assert citation.quote == fields["quote"]


def test_one_bad_quote_among_good_ones_is_enough() -> None:
    both = (make_citation(1), make_citation(2, quote="不必取得许可。"))
    answer = make_answer(Sentence("甲。", (1, 2)), citations=both)
    with pytest.raises(OptionError, match="对不上"):
        read_exchanges(body(kept(), kept(answer)), CORPUS)


def verdict(**changes: object) -> bytes:
    return json.dumps({"exchange": kept(), "verdict": "useful"} | changes).encode()


@pytest.mark.parametrize("said", ["useful", "useless"])
@pytest.mark.parametrize("word", ["", "没说罚多少", "长" * 500])
def test_a_verdict_is_read_with_its_word(said: str, word: str) -> None:
    found = read_verdict(verdict(verdict=said, word=word))
    assert (found.verdict, found.word, found.exchange) == (said, word, kept())


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"{", b"[]", b"{}", b"\xff", b'{"verdict": "useful"}',
        verdict(verdict="maybe"), verdict(verdict=1), verdict(verdict=None),
        verdict(exchange=[]), verdict(exchange="x"), verdict(word="长" * 501), verdict(word=5),
    ],
)  # fmt: skip
def test_what_is_no_verdict_is_refused(sent: bytes) -> None:
    with pytest.raises(OptionError, match="读不懂"):
        read_verdict(sent)
