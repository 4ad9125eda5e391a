"""The sentence that leads an answer: what the quote says to the question, in a few words.

Every word of it that can be wrong (amount, modal, authority) is taken from the quote; the gate
checks it again.
"""

import re

from assistant.gate import facts
from assistant.question import Aspect, Understanding
from corpus.language import fold, load_cues

_N = r"[零一二三四五六七八九十百千两0-9.]+"
_SUM = rf"{_N}(?:万|亿)?(?:元|倍)"
_FINE = re.compile(
    rf"(?P<range>{_SUM}以上{_SUM}以下|百分之{_N}以上百分之{_N}以下|{_SUM}以下)(?=的?罚款)"
)
_TERM = re.compile(rf"{_N}个?(?:工作日|日|天|个月|月|年|小时)(?:以内|之内|内|以上|以下|前)?")
_PRISON = re.compile(rf"{_N}[年日](?:以上{_N}[年日])?以下(?:有期徒刑|拘留)")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|[\u4e00-\u9fff]{1,2}?(?=[，。；、“”（）\s]|$))")
_MOST = 3
#: What a quote leads with where a question asks whether something may or must be done.
_MODALS = (
    # Whether the exception is the reader's case, only the quote can tell.
    (re.compile(r"(?:禁止|不得)[^。]*除外"), ""),
    (re.compile(r"处[^，。；]{0,40}罚款|处以罚款|并处"), "法律对此规定了处罚。"),
    (re.compile(r"(?:禁止|严禁)(?:在|未|擅自|以|利用|违反|向)"), "法律有禁止的情形，条件见原文。"),
    (re.compile(r"禁止|严禁"), "法律明令禁止。"),
    (re.compile(r"不得(?!超过|少于|低于|高于|大于|小于|晚于|早于)"), "法律对此规定“不得”。"),
    (
        re.compile(r"(?:经|取得|报|申请|办理)[^，。；]{0,40}(?:批准|许可|同意|审批)"),
        "要先经过批准或者许可。",
    ),
)


def lead(understanding: Understanding, quoted: str) -> str:
    """A leading sentence for the quoted words, or nothing where none is sure."""
    premise = _judge(understanding, quoted) if Aspect.CONFIRM in understanding.aspects else ""
    return premise + (_name_figure(understanding, quoted) or _name_modal(understanding, quoted))


def _name_figure(understanding: Understanding, quoted: str) -> str:
    aspects = understanding.aspects
    if Aspect.PENALTY in aspects:
        found = list(dict.fromkeys(m["range"] for m in _FINE.finditer(quoted)))
        if found and len(found) <= _MOST:
            return (
                f"罚款幅度是{'；'.join(found)}。"
                if len(found) == 1
                else (f"罚款按情形分档：{'；'.join(found)}。")
            )
        held = list(dict.fromkeys(_PRISON.findall(quoted)))
        return f"处罚是{held[0]}。" if len(held) == 1 else ""
    if Aspect.TERM in aspects:
        found = list(dict.fromkeys(_TERM.findall(quoted)))
        return f"时间是{found[0]}。" if len(found) == 1 else ""
    if Aspect.QUANTITY in aspects:
        found = list(dict.fromkeys(_FIGURE.findall(quoted)))
        return f"数字是{found[0]}。" if len(found) == 1 else ""
    return ""


def _name_modal(understanding: Understanding, quoted: str) -> str:
    # Who asks until when something may be done takes for granted that it may.
    if Aspect.PERMISSION not in understanding.aspects or Aspect.TERM in understanding.aspects:
        return ""
    return next((told for pattern, told in _MODALS if pattern.search(quoted)), "")


def _judge(understanding: Understanding, quoted: str) -> str:
    """Whether an amount that the question takes for granted is that of the quote."""
    claimed = {a for a in facts.amounts(understanding.text) if a.unit}
    given = facts.amounts(quoted)
    units = {a.unit for a in claimed} & {a.unit for a in given}
    if not units:
        return ""
    for amount in claimed:
        if amount.unit not in units:
            continue
        same_unit = [a for a in given if a.unit == amount.unit]
        towards = _bound(fold(understanding.text))
        fitting = [a for a in same_unit if not towards or a.towards in ("", towards)]
        if amount.value not in {a.value for a in fitting}:
            return "这个说法与原文有出入。"
    return "这个数与原文一致。" if not understanding.doubts else ""


def _bound(text: str) -> str:
    bounds = load_cues("assistant.extracting", "bounds.toml")
    if bounds["lowest"].found_in(text):
        return "以上"
    return "以下" if bounds["highest"].found_in(text) else ""
