"""Which words of an article answer: its units, its parts, and the slices that are chosen."""

from collections.abc import Sequence

import pytest

from assistant.extracting.unit_scores import Fits, Unit, Wanted
from assistant.extracting.units import (
    MAX_QUOTE,
    SHORT_ARTICLE,
    item_with_lead,
    part,
    select,
    units_of,
)
from assistant.question.aspects import Aspect
from assistant.types import Evidence
from corpus.collection import Kind
from corpus.splitting import has_items
from corpus.types import Article, Document
from index.types import PartFit

LEAD = "排污单位有下列行为之一的，由生态环境主管部门责令改正："
ITEMS = ("（一）未公开排放信息的；", "（二）未建立管理台账的；", "（三）未安装监测设备的。")
FINES = (
    "有前款第二项行为的，处五千元以上二万元以下的罚款；",
    "有前款第一项、第三项行为的，处二万元以上二十万元以下的罚款。",
)
STUBBORN = "拒不改正的，责令停产整治。"
LISTED = "\n".join((LEAD, *ITEMS, "".join(FINES), STUBBORN))
SENTENCES = (
    "排污许可证有效期为五年，自核发之日起计算，由核发机关在许可证上载明起止的日期。",
    "排污单位变更名称、住所或者法定代表人的，应当在变更之日起三十日内申请办理变更手续。",
    "排污许可证遗失、损毁的，排污单位可以向审批部门申请补领，审批部门应当及时补发并予以公告。",
    "禁止伪造、变造、转让排污许可证，任何单位和个人发现上述行为的，有权向有关部门举报。",
)
PLAIN = "".join(SENTENCES)


def document_of(*texts: str, kind: Kind = Kind.STATUTE) -> Document:
    articles = tuple(
        Article(key=f"甲法#{i}", label=f"第{'一二三'[i - 1]}条", path=(), text=text)
        for i, text in enumerate(texts, 1)
    )
    return Document(
        title="甲法",
        kind=kind,
        issuer="",
        adopted=None,
        effective=None,
        url="",
        articles=articles,
    )


def units_in(text: str, kind: Kind = Kind.STATUTE) -> list[Unit]:
    document = document_of(text, kind=kind)
    return units_of(document.articles[0], document)


def words_of(units: Sequence[Unit], text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units]


def quotes(evidence: Sequence[Evidence], text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in evidence]


def wanted(content: str, *aspects: Aspect, fits: Fits | None = None) -> Wanted:
    return Wanted(
        key="甲法#1",
        content=content,
        focus=content,
        aspects=frozenset(aspects),
        found=None,
        fits=fits or Fits(),
        units=frozenset(),
    )


def select_from(text: str, looked_for: Wanted) -> list[str]:
    document = document_of(text)
    evidence = select(document, document.articles[0], looked_for, lambda token: 1.0)
    assert all(piece.key == "甲法#1" for piece in evidence)
    return quotes(evidence, text)


def part_of(text: str, paragraph: int | None, item: int | None) -> str | None:
    document = document_of(text)
    found = part(document, document.articles[0], paragraph, item)
    return text[found.start : found.end] if found else None


def test_units_are_sentences_and_items_in_reading_order() -> None:
    expected = [LEAD, *ITEMS, "".join(FINES), STUBBORN]
    assert words_of(units_in(LISTED), LISTED) == expected


def test_only_items_have_a_lead() -> None:
    units = units_in(LISTED)
    leads = [LISTED[u.lead[0] : u.lead[1]] if u.lead else None for u in units]
    assert leads == [None, LEAD, LEAD, LEAD, None, None]


def test_the_lead_of_a_list_is_the_last_sentence_before_it() -> None:
    text = f"监督管理应当公正。{LEAD}\n{ITEMS[0]}"
    *_, item = units_in(text)
    assert item.lead is not None
    assert text[slice(*item.lead)] == LEAD


def test_each_list_has_its_own_lead() -> None:
    text = "甲有下列职责：\n（一）监测；\n乙有下列职责：\n（一）检查；\n（二）处罚。"
    items = [unit for unit in units_in(text) if unit.item]
    leads = [text[unit.lead[0] : unit.lead[1]] for unit in items if unit.lead]
    assert leads == ["甲有下列职责：", "乙有下列职责：", "乙有下列职责："]
    assert [(unit.paragraph, unit.item) for unit in items] == [(1, 1), (2, 1), (2, 2)]


@pytest.mark.parametrize("kind", [Kind.STATUTE, Kind.DOCUMENT])
def test_units_leave_out_nothing_but_line_breaks(kind: Kind) -> None:
    assert "".join(words_of(units_in(LISTED, kind), LISTED)) == LISTED.replace("\n", "")


@pytest.mark.parametrize(
    ("paragraph", "item", "expected"),
    [
        (1, None, "\n".join((LEAD, *ITEMS))),
        (2, None, "".join(FINES)),
        (3, None, STUBBORN),
        (4, None, None),
        (1, 1, ITEMS[0]),
        (1, 3, ITEMS[2]),
        (1, 4, None),
        (2, 1, None),
        (4, 1, None),
        (None, 2, ITEMS[1]),
        (None, 9, None),
        (None, None, None),
    ],
)
def test_a_named_part(paragraph: int | None, item: int | None, expected: str | None) -> None:
    assert part_of(LISTED, paragraph, item) == expected


def test_an_item_without_its_paragraph_is_of_the_first_that_has_it() -> None:
    text = "甲有下列职责：\n（一）监测；\n乙有下列职责：\n（一）检查；\n（二）处罚。"
    assert part_of(text, None, 1) == "（一）监测；"
    assert part_of(text, None, 2) == "（二）处罚。"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (LISTED, Kind.STATUTE, True),
        (PLAIN, Kind.STATUTE, False),
        (LISTED, Kind.DOCUMENT, False),
        ("见（一）的规定。", Kind.STATUTE, False),
    ],
)
def test_whether_anything_is_listed(text: str, kind: Kind, expected: bool) -> None:
    document = document_of(text, kind=kind)
    assert has_items(document.articles[0], document.collection) is expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (1, [f"{LEAD}\n{ITEMS[0]}", FINES[1]]),
        (2, [LEAD, ITEMS[1], FINES[0]]),
        (3, [LEAD, ITEMS[2], FINES[1]]),
        (4, []),
    ],
)
def test_an_item_goes_with_its_lead_and_its_amount(item: int, expected: list[str]) -> None:
    document = document_of(LISTED)
    evidence = item_with_lead(document, document.articles[0], 1, item)
    assert quotes(evidence, LISTED) == expected


@pytest.mark.parametrize(
    ("spoken", "item", "is_meant"),
    [
        ("有前款第一项至第三项行为的", 2, True),
        ("有前款第一项或者第三项行为的", 3, True),
        ("有前款第一项或者第三项行为的", 2, False),
        ("有第一款第二项行为的", 2, True),
        ("有前款规定行为的", 2, False),
        ("有第二项行为的", 2, False),
    ],
)
def test_a_clause_that_names_the_item_sets_its_amount(
    spoken: str, item: int, is_meant: bool
) -> None:
    fine = f"{spoken}，处二万元以下的罚款。"
    text = "\n".join((LEAD, *ITEMS, fine))
    document = document_of(text)
    found = quotes(item_with_lead(document, document.articles[0], 1, item), text)
    assert (fine in found) is is_meant
    assert found[-1] == (fine if is_meant else ITEMS[item - 1])


@pytest.mark.parametrize("content", ["排污许可证有效期", "遗失补领", "与此无关的事"])
def test_a_short_article_without_a_list_is_quoted_whole(content: str) -> None:
    text = SENTENCES[0] + SENTENCES[2]
    assert len(text) <= SHORT_ARTICLE
    assert select_from(text, wanted(content)) == [text]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("许可证有效期自核发之日起计算", SENTENCES[0]),
        ("变更名称、住所或者法定代表人", SENTENCES[1]),
        ("许可证遗失、损毁申请补领", SENTENCES[2]),
        ("伪造、变造、转让许可证举报", SENTENCES[3]),
    ],
)
def test_of_a_long_article_the_sentence_that_answers_is_quoted(content: str, sentence: str) -> None:
    found = select_from(PLAIN, wanted(content))
    assert any(sentence in quote for quote in found)
    assert sum(map(len, found)) < len(PLAIN)


@pytest.mark.parametrize("kind", [Kind.STATUTE, Kind.DOCUMENT])
@pytest.mark.parametrize("content", ["许可证", "排污单位申请", "有效期举报", "与此无关的事"])
def test_quotes_are_whole_sentences_in_reading_order_and_not_too_long(
    content: str, kind: Kind
) -> None:
    text = PLAIN * 2
    document = document_of(text, kind=kind)
    evidence = select(document, document.articles[0], wanted(content), lambda token: 1.0)
    bounds = [place for piece in evidence for place in (piece.start, piece.end)]
    assert bounds == sorted(set(bounds))
    assert sum(piece.end - piece.start for piece in evidence) <= MAX_QUOTE
    assert all(quote.endswith("。") for quote in quotes(evidence, text))


@pytest.mark.parametrize("aspect", [Aspect.LIST, Aspect.CONTENT])
def test_a_list_that_is_asked_for_is_quoted_whole(aspect: Aspect) -> None:
    found = select_from(LISTED, wanted("排污单位有下列行为之一责令改正", aspect))
    assert found == ["\n".join((LEAD, *ITEMS))]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("未建立管理台账", [LEAD, ITEMS[1], FINES[0]]),
        ("未公开排放信息", [f"{LEAD}\n{ITEMS[0]}", FINES[1]]),
        ("未安装监测设备", [LEAD, ITEMS[2], FINES[1]]),
    ],
)
def test_an_item_that_answers_is_quoted_with_its_lead_and_amount(
    content: str, expected: list[str]
) -> None:
    assert select_from(LISTED, wanted(content)) == expected


def test_lay_wording_tells_which_item_is_meant() -> None:
    fits = Fits(whole={"甲法#1": {"1.2": PartFit(words=1.0, meaning=1.0)}})
    found = select_from(LISTED, wanted("本子上没记", fits=fits))
    assert found == [LEAD, ITEMS[1], FINES[0]]


def test_a_short_list_of_which_no_item_stands_out_is_quoted_whole() -> None:
    fits = {f"1.{item}": PartFit(words=1.0, meaning=1.0) for item in (1, 2, 3)}
    found = select_from(LISTED, wanted("哪样都没做", fits=Fits(whole={"甲法#1": fits})))
    assert found == ["\n".join((LEAD, *ITEMS))]


def test_a_sentence_outside_the_list_is_quoted_without_it() -> None:
    found = select_from(LISTED, wanted("拒不改正责令停产整治"))
    assert STUBBORN in found
    assert not any(item in quote for item in ITEMS for quote in found)


def test_what_speaks_of_the_list_before_goes_with_the_item_it_speaks_of() -> None:
    fine = "有前款第二项情形的，处五千元以上二万元以下的罚款。"
    text = "\n".join((LEAD, *ITEMS, fine))
    fits = Fits(whole={"甲法#1": {"1.2": PartFit(words=0.1, meaning=0.5), "2": PartFit(1.0, 1.0)}})
    asked = wanted("处五千元以上二万元以下的罚款", Aspect.PENALTY, fits=fits)
    found = select_from(text, asked)
    assert found[-1] == fine
    assert found[0].startswith(LEAD)
    assert any(ITEMS[1] in quote for quote in found)
