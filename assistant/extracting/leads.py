"""The sentence that leads an answer: what the quote says to the question, in a few words.

Every word of it that can be wrong (amount, modal, authority) is taken from the quote; the gate
checks it again.
"""

from assistant.question import Aspect, Understanding
from corpus.language import amounts, detentions, figures, fines, fold, load_cues, terms

_MOST = 3


def lead(understanding: Understanding, quoted: str) -> str:
    """A leading sentence for the quoted words, or nothing where none is sure."""
    premise = _judge(understanding, quoted) if Aspect.CONFIRM in understanding.aspects else ""
    return premise + (_name_figure(understanding, quoted) or _name_modal(understanding, quoted))


def _name_figure(understanding: Understanding, quoted: str) -> str:
    aspects = understanding.aspects
    if Aspect.PENALTY in aspects:
        found = fines(quoted)
        if found and len(found) <= _MOST:
            return (
                f"罚款幅度是{'；'.join(found)}。"
                if len(found) == 1
                else (f"罚款按情形分档：{'；'.join(found)}。")
            )
        held = detentions(quoted)
        return f"处罚是{held[0]}。" if len(held) == 1 else ""
    if Aspect.TERM in aspects:
        found = terms(quoted)
        return f"时间是{found[0]}。" if len(found) == 1 else ""
    if Aspect.QUANTITY in aspects:
        found = figures(quoted)
        return f"数字是{found[0]}。" if len(found) == 1 else ""
    return ""


def _name_modal(understanding: Understanding, quoted: str) -> str:
    # Who asks until when something may be done takes for granted that it may.
    if Aspect.PERMISSION not in understanding.aspects or Aspect.TERM in understanding.aspects:
        return ""
    # The first row that fits; of an exception only the quote can tell whether it is the reader's.
    headlines = load_cues("assistant.extracting", "headlines.toml").values()
    return next((cue.label for cue in headlines if cue.found_in(quoted)), "")


def _judge(understanding: Understanding, quoted: str) -> str:
    """Whether an amount that the question takes for granted is that of the quote."""
    claimed = {a for a in amounts(understanding.text) if a.unit}
    given = amounts(quoted)
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
