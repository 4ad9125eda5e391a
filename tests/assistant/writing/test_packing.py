"""What a model is shown: whole articles, their units numbered, within the budget."""

from datetime import date

import pytest

from assistant.gate import quote_of
from assistant.pipeline import Assistant
from assistant.types import Query
from assistant.writing.packing import keys_of, pack_articles
from assistant.writing.prompts import count_tokens
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "中华人民共和国生态环境法典"


def test_an_item_is_shown_alone_and_carried_with_its_lead(corpus: Corpus) -> None:
    pack = pack_articles([f"{CODE}#1185"], corpus, DAY, 2_000)
    assert pack.lines[0].startswith("《生态环境法典》第一千一百八十五条（")
    assert pack.lines[2].startswith("[2] （一）")
    second = pack.units[1]
    carried = [quote_of(piece, corpus) for piece in second.evidence]
    assert carried[0].startswith("违反本法规定，建设单位、施工单位")
    assert second.text in "".join(carried)
    assert "（二）" not in "".join(carried)


def test_what_sets_the_amount_of_an_item_goes_with_it(corpus: Corpus) -> None:
    pack = pack_articles([f"{CODE}#1175"], corpus, DAY, 3_000)
    item = next(unit for unit in pack.units if unit.text.startswith("（五）"))
    carried = "".join(quote_of(piece, corpus) for piece in item.evidence)
    assert "二十万元以上二百万元以下" in carried


@pytest.mark.parametrize("budget", [150, 600, 2_000])
def test_the_pack_fits_and_has_at_least_one_unit(corpus: Corpus, budget: int) -> None:
    keys = [f"{CODE}#{n}" for n in (1175, 1102, 572, 1185, 174)]
    pack = pack_articles(keys, corpus, DAY, budget)
    assert pack.units
    told = sum(count_tokens(line) for line in pack.lines)
    assert told <= max(budget, count_tokens("".join(pack.lines[:2])))
    numbered = [line for line in pack.lines if line.startswith("[")]
    assert len(numbered) == len(pack.units)


def test_a_text_of_no_such_day_is_left_out(corpus: Corpus) -> None:
    assert pack_articles([f"{CODE}#9999"], corpus, DAY, 600).units == ()


def test_what_answers_comes_first_and_what_punishes_it_beside(assistant: Assistant) -> None:
    prepared = assistant.prepare(Query("工地夜里打桩要什么手续", DAY))
    keys = keys_of(prepared, 2_000)
    assert keys[0] == f"{CODE}#572"
    assert f"{CODE}#1185" in keys[:4]
    assert len(keys) == len(set(keys))


def test_further_searches_take_turns_with_what_was_found(assistant: Assistant) -> None:
    query = Query("工地夜里打桩要什么手续", DAY)
    prepared = assistant.prepare(query)
    hits = assistant.search(Query("未依法取得排污许可证排放污染物的处罚", DAY), 3)
    keys = keys_of(prepared, 2_000, [hits])
    assert keys[:2] == (f"{CODE}#572", hits[0].passage.key)


def test_the_asks_of_a_letter_take_turns(assistant: Assistant) -> None:
    letter = "没办排污许可证就往河里排水罚多少？另外，工地半夜打桩施工要有什么证明？"
    prepared = assistant.prepare(Query(letter, DAY))
    assert len(prepared.drafted.parts) == 2
    first = [{e.key for s in p.draft.sentences for e in s.evidence} for p in prepared.drafted.parts]
    keys = keys_of(prepared, 2_000)
    assert keys[0] in first[0]
    assert keys[1] in first[1]
