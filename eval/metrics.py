"""How an answer is judged: pure functions over what the contract puts out."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Characters that a reader wants for one question.
LENGTH = range(60, 251)

#: What an answer says that gives what is nearest and no verdict.
_HEDGES = ("最接近的",)

#: What is expected of a question that nobody has looked at: either outcome.
UNKNOWN = "unknown"
_OUTCOMES = {"answered": "作答", "declined": "拒答"}

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
#: A text with its official number, and the numbers to call.
_NAMED = re.compile("(?:《[^》]*》|当地[^（，。]*)（[^（）]*）")
_CALLED = {"12345", "12369", "12356", "110", "119", "120"}
_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"\[[0-9]+\]")
_QUOTED = re.compile(r"「([^「」]+)」")


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set; the format is described in ``eval/README.md``."""

    id: str
    question: str
    gold: tuple[str, ...]
    expect: str
    category: str = ""
    split: str = ""
    turns: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    all_required: bool = False
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Question":
        """Read the fields of a line; KeyError where one is missing."""
        return cls(
            id=fields["id"],
            question=fields["question"],
            gold=tuple(fields["gold"]),
            expect=fields["expect"],
            category=fields.get("category", ""),
            split=fields.get("split", ""),
            turns=tuple(fields.get("turns", ())),
            also_ok=tuple(fields.get("also_ok", ())),
            all_required=fields.get("all_required", False),
            must_include=tuple(tuple(group) for group in fields.get("must_include", ())),
            must_not_include=tuple(fields.get("must_not_include", ())),
            needs=tuple(fields.get("needs", ())),
        )


def squeeze(text: str) -> str:
    """Width, spaces and case do not count."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def contains(text: str, wanted: str) -> bool:
    """Whether ``wanted`` stands in ``text``; a number is not met inside a longer number."""
    text, wanted = squeeze(text), squeeze(wanted)
    before = r"(?<![0-9.])" if wanted[:1].isdigit() else ""
    after = r"(?![0-9]|\.[0-9])" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def hit_at(keys: Sequence[str], gold: Collection[str], k: int) -> bool:
    """Whether one of the gold keys is among the first ``k``."""
    return any(key in gold for key in keys[:k])


def loose_numbers(answer: Mapping[str, Any]) -> list[str]:
    """Numbers in the answer that stand in no cited quote, nor in the question.

    The number of a text that is named as deciding, and one to call, are no facts of the corpus.
    """
    carried = set(_NUMBER.findall(squeeze(answer["question"])))
    for citation in answer["citations"]:
        carried |= set(_NUMBER.findall(squeeze(citation["quote"])))
    text = _NAMED.sub("", _MARK.sub("", answer["answer"]))
    carried |= _CALLED
    return [number for number in _NUMBER.findall(squeeze(text)) if number not in carried]


def loose_quotes(answer: Mapping[str, Any]) -> list[str]:
    """Words in 「」 that stand in no cited quote."""
    quotes = [squeeze(citation["quote"]) for citation in answer["citations"]]
    return [
        quoted
        for quoted in _QUOTED.findall(answer["answer"])
        if not any(squeeze(quoted) in quote for quote in quotes)
    ]


def false_quotes(answer: Mapping[str, Any], texts: Mapping[str, Collection[str]]) -> list[str]:
    """Keys of the citations whose quote stands in no text of their key, letter for letter.

    ``texts`` are the texts of every version by key. An empty quote stands nowhere.
    """
    return [
        citation["key"]
        for citation in answer["citations"]
        if not citation["quote"]
        or not any(citation["quote"] in text for text in texts.get(citation["key"], ()))
    ]


def phantom_keys(answer: Mapping[str, Any], texts: Collection[str]) -> list[str]:
    """Cited keys that the corpus does not have, each once."""
    cited = dict.fromkeys(citation["key"] for citation in answer["citations"])
    return [key for key in cited if key not in texts]


def citation_precision(answer: Mapping[str, Any], question: Question) -> float | None:
    """Share of cited keys that are gold or allowed; None where nothing is cited."""
    keys = {citation["key"] for citation in answer["citations"]}
    allowed = {*question.gold, *question.also_ok}
    return len(keys & allowed) / len(keys) if keys else None


def citation_recall(answer: Mapping[str, Any], question: Question) -> float | None:
    """Share of the gold keys that are cited; None where there is no gold key.

    Where any one of them carries the answer it is 1 or 0.
    """
    gold = set(question.gold)
    if not gold:
        return None
    found = len(gold & {citation["key"] for citation in answer["citations"]})
    return found / len(gold) if question.all_required else float(found > 0)


def length(answer: Mapping[str, Any]) -> int:
    """Characters of the answer; marks and white space are not counted."""
    return len(_SPACE.sub("", _MARK.sub("", answer["answer"])))


def confidence(answer: Mapping[str, Any]) -> float | None:
    """How sure the assistant says it is; None where it does not, ValueError outside 0 to 1."""
    if (value := answer.get("confidence")) is None:
        return None
    if not 0 <= value <= 1:
        raise ValueError(f"confidence {value} of {answer['id']}")
    return float(value)


def failures(
    answer: Mapping[str, Any], question: Question, texts: Mapping[str, Collection[str]]
) -> list[str]:
    """Why the answer is not right; empty where it is. ``texts`` are those of the corpus by key."""
    found: list[str] = []
    outcome = "declined" if question.expect == "decline" else "answered"
    if question.expect != UNKNOWN and answer["outcome"] != outcome:
        found.append(f"结果是{_OUTCOMES[answer['outcome']]}，应为{_OUTCOMES[outcome]}")
    cited = {citation["key"] for citation in answer["citations"]}
    needed = set(question.gold)
    if needed and not (needed <= cited if question.all_required else needed & cited):
        found.append("没有引用正确的条文")
    for group in question.must_include:
        if not any(contains(answer["answer"], wanted) for wanted in group):
            found.append(f"缺少“{'”或“'.join(group)}”")
    found += [
        f"出现“{bad}”" for bad in question.must_not_include if contains(answer["answer"], bad)
    ]
    if numbers := loose_numbers(answer):
        found.append(f"数字没有出处：{'、'.join(numbers)}")
    if loose_quotes(answer):
        found.append("引号里的话不在引文中")
    if phantoms := phantom_keys(answer, texts):
        found.append(f"语料里没有引用的键：{'、'.join(phantoms)}")
    elif wrong := false_quotes(answer, texts):
        found.append(f"引文与原文不符：{'、'.join(dict.fromkeys(wrong))}")
    return found


def is_misleading(answer: Mapping[str, Any], question: Question) -> bool:
    """Whether the answer would lead its reader wrong.

    It says what must not be said, or it answers without a hedge from nothing but articles that
    have nothing to do with the question.
    """
    if any(contains(answer["answer"], bad) for bad in question.must_not_include):
        return True
    cited = {citation["key"] for citation in answer["citations"]}
    allowed = {*question.gold, *question.also_ok}
    is_hedged = any(hedge in answer["answer"] for hedge in _HEDGES)
    is_beside = bool(cited) and bool(allowed) and not cited & allowed and not is_hedged
    return answer["outcome"] == "answered" and is_beside


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is measured of one answer; ``milliseconds`` and ``confidence`` where it tells them."""

    failures: tuple[str, ...]
    misleading: bool
    precision: float | None
    recall: float | None
    citations: int
    false_quotes: int
    loose_quotes: int
    loose_numbers: int
    phantom_keys: int
    length: int
    milliseconds: float | None
    confidence: float | None


def judge(
    answer: Mapping[str, Any], question: Question, texts: Mapping[str, Collection[str]]
) -> Judgement:
    """Measure one answer. ``texts`` are the texts of every version in the corpus by key."""
    return Judgement(
        failures=tuple(failures(answer, question, texts)),
        misleading=is_misleading(answer, question),
        precision=citation_precision(answer, question) if question.gold else None,
        recall=citation_recall(answer, question),
        citations=len(answer["citations"]),
        false_quotes=len(false_quotes(answer, texts)),
        loose_quotes=len(loose_quotes(answer)),
        loose_numbers=len(loose_numbers(answer)),
        phantom_keys=len(phantom_keys(answer, texts)),
        length=length(answer),
        milliseconds=answer.get("timings_ms", {}).get("total"),
        confidence=confidence(answer),
    )
