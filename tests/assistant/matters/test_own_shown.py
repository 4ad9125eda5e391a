"""How an answer tells that the bureau's staff wrote a sentence, wherever it is shown."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from assistant.api.chat import chunks
from assistant.export import Exchange, copy_text, to_docx, to_markdown
from assistant.pipeline import grow
from assistant.types import Answer, Audience, Citation, Outcome, Sentence, Signature
from assistant.ui.chat.exchanges import read_exchange
from assistant.ui.chat.rendering import render_answer, to_exchange
from corpus.catalog import Corpus

DAY = date(2026, 11, 23)
OWN = Signature("周敏", date(2026, 11, 20))
SHOWN = "本局整理：周敏，2026年11月20日"
CITED = Citation(1, "甲规定#1", "甲规定", "第一条", "应当登记。", "现行有效", "2024-01-01", "")


def answer(*sentences: Sentence) -> Answer:
    return Answer("a", "要办什么", Outcome.ANSWERED, sentences, (CITED,), DAY, "extractive")


MIXED = answer(
    Sentence("要登记。", (1,), own=OWN),
    Sentence("登记不要钱。", (1,), own=OWN),
    Sentence("也可以拨打12345。", ()),
)


def test_it_stands_behind_every_sentence_and_who_behind_the_first():
    assert MIXED.text == f"要登记。[1]（{SHOWN}）登记不要钱。[1]（本局整理）也可以拨打12345。"
    other = replace(MIXED.sentences[1], own=Signature("林涛"))
    both = answer(MIXED.sentences[0], other)
    assert both.text == f"要登记。[1]（{SHOWN}）登记不要钱。[1]（本局整理：林涛）"
    parted = answer(replace(MIXED.sentences[0], part="一"), replace(MIXED.sentences[1], part="二"))
    assert parted.text.count(SHOWN) == 2


def test_an_answer_that_grows_takes_nothing_back():
    grown = [answer.text for answer in grow(MIXED)]
    assert all(after.startswith(before) for before, after in pairwise(grown))
    told = "".join(chunks(grow(replace(MIXED)), with_usage=False))
    assert "以此为准" not in told


def test_programs_are_told_of_each_sentence():
    first, _, last = MIXED.to_json()["sentences"]
    assert first["own"] == {"label": "本局整理", "signed": "周敏", "since": "2026-11-20"}
    assert "own" not in last


def test_the_page_shows_it_beside_the_quotes():
    page = render_answer(MIXED, 1, Audience.PUBLIC)
    assert page.count(f'<p class="signed">{SHOWN}</p>') == 1
    assert page.index("登记不要钱") < page.index(SHOWN) < page.index("也可以拨打")
    assert "<blockquote><p>应当登记。</p></blockquote>" in page
    hostile = answer(replace(MIXED.sentences[0], own=Signature("<b>")))
    assert "&lt;b&gt;" in render_answer(hostile, 1, Audience.PUBLIC)


def test_it_comes_back_from_the_browser_and_goes_into_every_export():
    without = replace(MIXED, citations=())
    exchange = read_exchange(json.loads(to_exchange(without, Audience.PUBLIC)), Corpus([]))
    assert [s.own for s in exchange.answer.sentences] == [OWN, OWN, None]
    assert SHOWN in copy_text(MIXED, Audience.PUBLIC)
    assert SHOWN in to_markdown([Exchange("问", MIXED, Audience.PUBLIC)], Corpus([]), DAY)
    assert to_docx([Exchange("问", MIXED, Audience.PUBLIC)], Corpus([]), DAY)


@pytest.mark.parametrize("signature", [Signature(), Signature("", DAY), Signature("周敏")])
def test_what_is_not_known_is_left_out(signature: Signature):
    assert signature.shown.startswith("本局整理")
    assert signature.shown.rstrip("：") == signature.shown
