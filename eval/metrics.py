"""How an answer is judged: pure functions over what the contract puts out."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
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
    """Numbers in the answer that stand in no cited quote, nor in the question."""
    carried = set(_NUMBER.findall(squeeze(answer["question"])))
    for citation in answer["citations"]:
        carried |= set(_NUMBER.findall(squeeze(citation["quote"])))
    text = _MARK.sub("", answer["answer"])
    return [number for number in _NUMBER.findall(squeeze(text)) if number not in carried]


def loose_quotes(answer: Mapping[str, Any]) -> list[str]:
    """Words in 「」 that stand in no cited quote."""
    quotes = [squeeze(citation["quote"]) for citation in answer["citations"]]
    return [
        quoted
        for quoted in _QUOTED.findall(answer["answer"])
        if not any(squeeze(quoted) in quote for quote in quotes)
    ]


def citation_precision(answer: Mapping[str, Any], question: Question) -> float | None:
    """Share of cited keys that are gold or allowed; None where nothing is cited."""
    keys = {citation["key"] for citation in answer["citations"]}
    allowed = {*question.gold, *question.also_ok}
    return len(keys & allowed) / len(keys) if keys else None


def failures(answer: Mapping[str, Any], question: Question) -> list[str]:
    """Why the answer is not right; empty where it is."""
    found: list[str] = []
    outcome = "declined" if question.expect == "decline" else "answered"
    if answer["outcome"] != outcome:
        found.append(f"结果是 {answer['outcome']}，应为 {outcome}")
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
    return found
