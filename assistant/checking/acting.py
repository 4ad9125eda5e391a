"""Whether the authorities that a draft has act by an article are those of the article."""

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
from corpus.language import authorities, overlap, squeeze
from corpus.statutes import in_marks

_DEPARTMENT = re.compile(r"(?<!有关|相关|其他|各个)(?:部门|机关|机构|法院|检察院|海警|海关)$")
#: Somebody acts whose name stands behind one of these.
_ACTS = re.compile(r"(?:由|向|报|经|应当向|主体[是为]|[是为]|、|和|或者?|会同|人民政府|[，；|])$")
#: What stands before an authority and says of which level it is.
_LEVEL = re.compile(
    r"(?:国务院|省级|省、自治区、直辖市|设区的市级?|市级|市、县|县级|乡镇|本级|上一?级|同级)"
    r"(?:及?以上|以下)?(?:地方)?(?:各级)?(?:人民政府)?(?:或者?|和|、)?$"
)
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        "国务院",
        "省级|省、自治区、直辖市",
        "设区的市|市级",
        "县级|市、县",
        "乡镇",
        "本级",
        "上一?级",
    )
)
#: 「由税务机关按《……》」 speaks of what is cited next.
_FOR_THE_NEXT = re.compile(r"[^，。；]{0,4}(?:按照?|依照?|依据|根据|适用)\s*")
_OF_IT = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:主管部门|管理部门|部门|机关|机构)")
#: Between authorities that do the same together.
_JOINED = re.compile(r"(?:[、和或及]|或者|以及|会同|确定的)?")
#: So much of what an authority does stands where another one acts, by so much more than where it
#: does itself.
_SAME_ACT, _CLEARLY = 0.4, 0.2
#: So few characters tell no act.
_FEW = 3


def judge_authorities(draft: Draft) -> Iterator[Finding]:
    """A finding for every authority that is said to act by cited articles."""
    for segment in segments(draft):
        if own := places(draft, segment.cited):
            yield from _authorities(draft, segment, own)


def _authorities(draft: Draft, segment: Segment, own: Sequence[Place]) -> Iterator[Finding]:
    covered = hidden_in(draft, segment)
    text = draft.text[segment.start : segment.end]
    source = _acting_in(own)
    beside = squeeze(
        "\n".join(article.text[slice(*part)] for _, article, part in cited_beside(draft, segment))
    )
    at = 0
    for found in authorities(text):
        at = text.find(found, at)
        name = _known(found, draft)
        start = segment.start + at + len(found) - len(name)
        at += len(found)
        end = start + len(name)
        if not name or any(s < end and start < e for s, e in covered):
            continue
        if not _is_said_to_act(draft, segment, start, end):
            continue
        is_there = squeeze(name) in source and _is_of_level(draft, start, name, source)
        if is_there and not _does_another(draft, segment, start, name, own):
            yield fine(draft, start, end, own)
        elif squeeze(name) not in beside and (
            _DEPARTMENT.search(name) or _is_government(draft.text, start, end)
        ):
            yield _other(draft, start, name, own)


def _does_another(
    draft: Draft, segment: Segment, start: int, name: str, own: Sequence[Place]
) -> bool:
    """Whether the article has another authority do what the draft says that this one does."""
    first = clause_at(draft.text, start)
    before = clause_at(draft.text, max(segment.start, first[0] - 1))
    wordings = (
        draft.text[max(segment.start, before[0]) : first[1]].replace(name, ""),
        draft.text[start + len(name) : first[1]],
    )
    return any(_is_anothers(told, squeeze(name), own) for told in wordings if len(told) > _FEW)


def _is_anothers(told: str, name: str, own: Sequence[Place]) -> bool:
    rows = [
        (overlap(told, act), name in squeeze(who))
        for _, article, (begin, end) in own
        for piece in PIECES.split(article.text[begin:end])
        for who, act in _acts(piece)
    ]
    has = max((share for share, is_its in rows if is_its), default=0.0)
    has_not = max((share for share, is_its in rows if not is_its), default=0.0)
    return has_not >= _SAME_ACT and has_not - has >= _CLEARLY


def _acts(piece: str) -> Iterator[tuple[str, str]]:
    """Each authority of a sentence with what it does: the words up to the next one that acts by
    itself, and those before the first."""
    spans: list[tuple[int, int]] = []
    at = 0
    for name in authorities(piece):
        start = piece.index(name, at)
        at = start + len(name)
        if spans and spans[-1][1] == start:  # 国务院 + 应急管理部门
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((start, at))
    act, following = "", len(piece)
    rows = []
    for start, end in reversed(spans):
        if not _JOINED.fullmatch(piece[end:following]) or not act:
            act = piece[end:following]
        following = start
        rows.append((piece[start:end], act))
    opens = piece[:following]
    yield from ((name, opens + act) for name, act in rows)


def _acting_in(own: Sequence[Place]) -> str:
    """The 款 that are named, where authorities act in them, else the articles."""
    parts = [article.text[start:end] for _, article, (start, end) in own]
    wholes = [article.text for _, article, _ in own]
    return squeeze(
        "\n".join(p if authorities(p) else w for p, w in zip(parts, wholes, strict=True))
    )


def _is_said_to_act(draft: Draft, segment: Segment, start: int, end: int) -> bool:
    """Whether the words before tell that it acts (由、向、报), in a clause about the article."""
    if _FOR_THE_NEXT.fullmatch(draft.text[end : segment.end]):
        return False
    before = draft.text[max(segment.start, start - 16) : start]
    before = _LEVEL.sub("", before)
    clause = draft.text[slice(*clause_at(draft.text, start))]
    acts = _ACTS.search(before) is not None or not before.strip("，。；：、 ")
    is_about = segment.is_told or cue("orders", clause) or before.endswith("由")
    return acts and is_about and not cue("own_facts", clause)


def _is_government(text: str, start: int, end: int) -> bool:
    """Whether a government itself is named, with its level, and not a department of it."""
    return text[start:end].endswith("人民政府") and not _OF_IT.match(text, end)


def _is_of_level(draft: Draft, start: int, name: str, source: str) -> bool:
    """Whether the level that is named before an authority (省级以上人民政府) is the source's."""
    clause = clause_at(draft.text, start)
    before = _LEVEL.search(draft.text[max(clause[0], start - 16) : start])
    if not before:
        return True
    named = [pattern for pattern in _LEVELS if pattern.search(before[0])]
    places = [m.start() for m in re.finditer(re.escape(squeeze(name)), source)]
    return not named or any(
        all(pattern.search(source[max(0, at - 40) : at]) for pattern in named) for at in places
    )


def _known(found: str, draft: Draft) -> str:
    """The authority's name as statutes have it; what stands before it ran into it."""
    names = draft.corpus.authorities
    return next((found[i:] for i in range(len(found)) if squeeze(found[i:]) in names), "")


def _other(draft: Draft, start: int, name: str, own: Sequence[Place]) -> Finding:
    document, article, _ = own[0]
    acting = list(dict.fromkeys(a for _, one, _ in own for a in authorities(one.text)))
    there = f"写的是{'、'.join(acting)}" if acting else "没有写由谁来办"
    says = f"{in_marks(short_title(document.title))}{article.label}没有这样写，原文{there}。"
    return Finding(
        Verdict.AUTHORITY,
        start,
        start + len(name),
        name,
        says,
        document.title,
        (article.key,),
        article.label,
    )
