"""The sentence that leads an answer: what the quote says to the question, in a few words.

Every word of it that can be wrong (amount, modal, authority) is taken from the quote; the gate
checks it again.
"""

from assistant.question import Aspect, Understanding
from corpus.language import amounts, clauses, figures, fold, load_cues, overlap

#: So much of what is asked about stands in the clause that has the figure, where it is of that.
_SHARED = 0.2


def lead(understanding: Understanding, quoted: str, is_policy: bool) -> str:
    """A leading sentence for the quoted words, or nothing where none is sure.

    Of a statute only the quote tells to whom and on which condition a fine, a term or a ban
    applies, so that no headline is made of it.
    """
    premise = _judge(understanding, quoted) if Aspect.CONFIRM in understanding.aspects else ""
    return premise + (_name_figure(understanding, quoted) if is_policy else "")


def _name_figure(understanding: Understanding, quoted: str) -> str:
    if Aspect.QUANTITY not in understanding.aspects or Aspect.PENALTY in understanding.aspects:
        return ""
    found = figures(quoted)
    if len(found) != 1:
        return ""
    clause = next((c for c in clauses(quoted) if found[0] in c), quoted)
    is_of_it = overlap(understanding.own_content, fold(clause)) >= _SHARED
    return f"数字是{found[0]}。" if is_of_it else ""


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
