"""A generated sentence stands only where a passage carries it, joined as the passage joins it."""

from datetime import date

import pytest

from assistant.types import Evidence
from assistant.writing.beside.placing import Placer
from assistant.writing.proposals import Proposal
from corpus.catalog import Corpus

CODE = "中华人民共和国生态环境法典"
TODAY = date(2026, 11, 23)
QUESTION = "没办排污许可证就排污，会怎么罚？管事的会不会被拘？"


def place(corpus: Corpus, text: str, *keys: str, marks: tuple[int, ...] = ()) -> str | None:
    evidence = []
    for key in keys:
        found = corpus.article(key, TODAY)
        assert found is not None
        evidence.append(Evidence(found[0].id, key, 0, len(found[1].text)))
    sentence = Placer(evidence, corpus, TODAY, QUESTION).place(Proposal(text, marks))
    return sentence.text if sentence else None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "未依法取得排污许可证排放污染物的，处二十万元以上一百万元以下的罚款。",
            "未依法取得排污许可证排放污染物的，处二十万元以上一百万元以下的罚款。",
        ),
        (
            "会的，未依法取得排污许可证排放污染物的，处20万元以上100万元以下的罚款。",
            "未依法取得排污许可证排放污染物的，处二十万元以上一百万元以下的罚款。",
        ),
        (
            "根据《生态环境法典》第一千一百零二条，未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正。",
            "根据《生态环境法典》第一千一百零二条，未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正。",
        ),
        (
            "根据《生态环境法典》第一千一百条，未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正。",
            "未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正。",
        ),
    ],
)
def test_what_is_carried_is_told_in_the_source_s_numerals(
    corpus: Corpus, text: str, told: str
) -> None:
    assert place(corpus, text, f"{CODE}#1102") == told


@pytest.mark.parametrize(
    "text",
    [
        "管事的不会被拘。",
        "可以不取得排污许可证。",
        "这完全合法，可以放心排放污染物。",
        "未依法取得排污许可证排放污染物的，不处罚款。",
        "未依法取得排污许可证排放污染物的，由公安机关责令改正。",
        "未依法取得排污许可证排放污染物的，处三十万元以上一百万元以下的罚款。",
        "情节严重的，处二十万元以上一百万元以下的罚款。",
        "未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正 http://a.b/c 。",
        "未依法取得排污许可证排放污染物的会怎么罚？",
        "抱歉，我无法回答未依法取得排污许可证排放污染物的问题。",
        "要符合这个条件。",
        "原文里写着“免予处罚”，未依法取得排污许可证排放污染物的照此办理。",
    ],
)
def test_what_joins_true_facts_wrongly_goes(corpus: Corpus, text: str) -> None:
    assert place(corpus, text, f"{CODE}#1102", marks=(1,)) is None


def test_an_amount_keeps_its_condition(corpus: Corpus) -> None:
    key = "中华人民共和国森林法#80"
    found = corpus.article(key, TODAY)
    assert found is not None
    assert "情节严重的，可以责令停产停业整顿" in found[1].text
    assert place(corpus, "情节严重的，可以处五万元以下的罚款。", key) is None


def test_a_wrong_mark_is_put_right(corpus: Corpus) -> None:
    keys = (f"{CODE}#15", f"{CODE}#1102")
    evidence = []
    for key in keys:
        found = corpus.article(key, TODAY)
        assert found is not None
        evidence.append(Evidence(found[0].id, key, 0, len(found[1].text)))
    text = "未依法取得排污许可证排放污染物的，由生态环境主管部门责令改正。"
    for marks in ((1,), (9, 77), ()):
        sentence = Placer(evidence, corpus, TODAY, QUESTION).place(Proposal(text, marks))
        assert sentence is not None
        assert [piece.key for piece in sentence.evidence] == [keys[1]]
