"""Whether the amounts and terms that are said of an article are its own."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.reading import Draft
from assistant.checking.segments import (
    PIECES,
    Place,
    Segment,
    cited_beside,
    clause_at,
    cue,
    fine,
    hidden_in,
    places,
    segments,
)
from assistant.checking.types import Finding, Verdict
from corpus.key import short_title
from corpus.language import Amount, amounts, clauses, fold, names_item, overlap
from corpus.statutes import in_marks
from corpus.types import Article, Document

_NUMBER = r"(?:百分之)?[0-9零一二三四五六七八九十百千万亿两.]+"
_UNIT = (
    r"(?:个?工作日|万元|亿元|元|万|日|天|个?月|周岁|岁|年|倍|小时|分贝|%|平方米|公里|千米|米|吨|公斤"
    r"|亩|公顷)?"
)
_BOUND = r"(?:以上|以下|以内|之内|内|届满)?"
_ONE = rf"{_NUMBER}{_UNIT}{_BOUND}"
_SAID_BEFORE = r"最高|最多|超过|不低于|不少于|不足|不满|至少|达到?|上限为?|下限为?"
#: 「十万元以上一百万元以下」, or one amount, with what people say before a bound.
_STATED = re.compile(
    rf"(?<![0-9.])(?<![0-9][,，])(?:(?P<range>{_NUMBER}{_UNIT}以上(?:[，,、]|不满|不足)?{_NUMBER}{_UNIT}(?:以下|以内)?)"
    rf"|(?P<before>{_SAID_BEFORE})(?P<bounded>{_ONE})"
    rf"|(?P<one>{_ONE}))"
)
_THOUSANDS = re.compile("([0-9]{1,12})([千百])")
_BOUNDED = re.compile(r"(?:以上|以下|以内|之内|内|届满)$")
_MONEY = frozenset(("元",))
_TIME = frozenset(("日", "个月", "年", "工作日", "小时", "周岁", "岁"))
_OTHERS = frozenset(("倍", "%", "分贝", "平方米", "公里", "米", "吨", "亩", "公顷"))
_UNITS = {"天": "日", "个工作日": "工作日", "月": "个月", "千米": "公里"}
_NAMES_ITEMS = re.compile(
    "第[一二三四五六七八九十]+项(?:(?:至|、|和|或者)第[一二三四五六七八九十]+项)*"
)
_NUMERAL = re.compile("[0-9零一二三四五六七八九十百千]+")
#: From this overlap on two clauses speak of the same term.
_ALIKE = 0.5


def judge_figures(draft: Draft) -> Iterator[Finding]:
    """A finding for every amount or term that is said of cited articles."""
    for segment in segments(draft):
        if own := places(draft, segment.cited):
            yield from _amounts(draft, segment, own)


def _amounts(draft: Draft, segment: Segment, own: Sequence[Place]) -> Iterator[Finding]:
    text = draft.text[segment.start : segment.end]
    covered = hidden_in(draft, segment)
    others = [] if segment.is_leaning else cited_beside(draft, segment)
    items = _of_other_items(draft, segment, own)
    for match in _STATED.finditer(text):
        start, end = segment.start + match.start(), segment.start + match.end()
        if any(s < end and start < e for s, e in covered):
            continue
        said = {_plain(a) for a in amounts(_with_units(match[0])) if a.unit}
        if not said or not _is_claim(draft, match, said, segment, own):
            continue
        is_range = bool(match["range"])
        stands = _stands(said, own, is_range) and _is_aligned(draft, start, said, own, is_range)
        if stands and not _is_anothers(said, own, items):
            yield fine(draft, start, end, own)
        elif not _stands(said, others, is_range):
            yield _differs(draft, start, end, own, said)


def _with_units(text: str) -> str:
    """「十万以上五十万以下」「五万以上十万元以下」 with the unit behind both."""
    folded = _THOUSANDS.sub(lambda m: str(int(m[1]) * (1000 if m[2] == "千" else 100)), fold(text))
    is_money = re.search(r"[万亿元]", folded) and not re.search(r"万?(?:吨|人|亩|平方米)", folded)
    return re.sub(rf"({_NUMBER})(?=以上|以下|以内|$)", r"\1元", folded) if is_money else folded


def _plain(amount: Amount) -> Amount:
    """An amount in the unit in which others are compared, without what only says within."""
    unit = _UNITS.get(amount.unit, amount.unit)
    towards = amount.towards if amount.towards in ("以上", "以下") else ""
    return Amount(amount.value, unit, towards)


def _is_claim(
    draft: Draft, match: re.Match[str], said: set[Amount], segment: Segment, own: Sequence[Place]
) -> bool:
    """Whether an amount is said of the article: a range always, another one where the article is
    told and the clause tells nothing else; where it is only applied, a bound of a kind that the
    article sets."""
    units = {a.unit for a in said}
    kinds = [kind for kind in (_MONEY, _TIME, _OTHERS) if units & kind]
    if not kinds:
        return False
    if match["range"]:
        return True
    start = segment.start + match.start()
    clause = clause_at(draft.text, start)
    if cue("own_facts", draft.text[slice(*clause)]):
        return False
    is_bounded = bool(match["before"]) or bool(_BOUNDED.search(match[0]))
    if segment.is_told and is_bounded:
        return True
    held = {_plain(a).unit for _, article, _ in own for a in amounts(article.text)}
    return (is_bounded or segment.is_told) and any(held & units & kind for kind in kinds)


def _stands(said: set[Amount], places: Sequence[Place], is_range: bool) -> bool:
    """Whether one of the places has these amounts: in the 款 that is named where that has any of
    the kind, else in the article; both ends of a range in one clause."""
    units = {a.unit for a in said}
    for _, article, (start, end) in places:
        part = article.text[start:end]
        is_there = any(units & {_plain(a).unit} for a in amounts(part))
        text = part if is_there else article.text
        pieces = clauses(text) if is_range else [text]
        if any(_are_in(said, {_plain(a) for a in amounts(piece)}) for piece in pieces):
            return True
    return False


def _are_in(said: set[Amount], held: set[Amount]) -> bool:
    return all(
        any(
            (a.value, a.unit) == (b.value, b.unit)
            and (not a.towards or not b.towards or a.towards == b.towards)
            for b in held
        )
        for a in said
    )


def _of_other_items(draft: Draft, segment: Segment, own: Sequence[Place]) -> frozenset[str]:
    """The clauses that set what other items cost than the one that is cited, or was cited just
    before in the same article (「有前款第二项情形的，处……」)."""
    line = draft.line_at(segment.start)
    near = [c for c in draft.within((line[0], segment.end)) if c.end <= segment.end]
    items = [
        (place.item, article)
        for cited in near
        for place, (_, article) in draft.places_of(cited)
        if place.item and any(article is held for _, held, _ in own)
    ]
    if not items or segment.is_told:
        return frozenset()
    number, article = items[-1]
    pieces = [piece for piece in PIECES.split(article.text) if _NAMES_ITEMS.search(piece)]
    return frozenset(piece for piece in pieces if not names_item(piece, number or 0))


def _is_anothers(said: set[Amount], own: Sequence[Place], others: frozenset[str]) -> bool:
    """Whether amounts stand only where another item is spoken of."""
    if not others:
        return False
    pieces = [p for _, article, _ in own for p in PIECES.split(article.text)]
    held = [p for p in pieces if _are_in(said, {_plain(a) for a in amounts(p)})]
    return bool(held) and all(piece in others for piece in held)


def _is_aligned(
    draft: Draft, start: int, said: set[Amount], own: Sequence[Place], is_range: bool
) -> bool:
    """Whether a term is that of the clause which is worded like the draft's, where one is."""
    if is_range or not {a.unit for a in said} & _TIME:
        return True
    told = draft.text[slice(*clause_at(draft.text, start))]
    units = {a.unit for a in said}
    rows = [
        (overlap(_NUMERAL.sub("", told), _NUMERAL.sub("", clause)), clause)
        for _, article, _ in own
        for clause in clauses(article.text)
        if units & {_plain(a).unit for a in amounts(clause)}
    ]
    share, clause = max(rows, default=(0.0, ""))
    return share < _ALIKE or _are_in(said, {_plain(a) for a in amounts(clause)})


def _differs(
    draft: Draft, start: int, end: int, own: Sequence[Place], said: set[Amount]
) -> Finding:
    text = draft.text[start:end]
    around = draft.text[max(0, start - 20) : end + 10]
    document, article, clause = _likest(own, around, {a.unit for a in said})
    name = f"{in_marks(short_title(document.title))}{article.label}"
    says = f"{name}的原文是“{clause}”。" if clause else f"{name}没有写这个数。"
    source = clause or article.text
    return Finding(
        Verdict.FIGURE,
        start,
        end,
        text,
        says,
        document.title,
        (article.key,),
        article.label,
        source,
    )


def _likest(own: Sequence[Place], around: str, units: set[str]) -> tuple[Document, Article, str]:
    """The clause with an amount of this kind that speaks most of what the draft speaks of."""
    found = [
        (overlap(around, clause), document, article, clause)
        for document, article, _ in own
        for clause in clauses(article.text)
        if units & {_plain(a).unit for a in amounts(clause)}
    ]
    if not found:
        return own[0][0], own[0][1], ""
    _, document, article, clause = max(found, key=lambda row: row[0])
    return document, article, clause
