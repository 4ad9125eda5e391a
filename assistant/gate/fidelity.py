"""What a generated sentence has to pass beyond the gate that every sentence passes.

The gate (``assistant.gate.grounding``) checks the facts of a sentence. A model can also join true
facts wrongly: an amount to another case, a permission to another act, an exception to the rule. So
each clause must be near one of the source, an amount keeps the condition and the person that the
source ties it to, and a rule keeps its condition. What the reader said is no source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.gate.facts import acts
from corpus.language import (
    Amount,
    Cue,
    amounts,
    authorities,
    clauses,
    fold,
    is_han,
    latin_words,
    load_cues,
    numbers,
    overlap,
    squeeze,
)

_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]")
#: A title, with or without an article; whether it is the right one is for the gate to say.
_NAME = re.compile(
    r"《[^》]{2,40}》(?:第[零一二三四五六七八九十百千0-9]+[条款项]|第（[一二三四五六七八九十]+）项)*"
)
_LEAST = 8
#: A word of another language is longer than a unit or a chemical.
_FOREIGN = 5
_SHARED = 3

_FROM_SOURCE = 0.5
_FROM_ALL = 0.7
_NEAR = 0.34
#: More characters than these that stand nowhere say something new.
_GAP = 3
_KEEPS_CONDITION = 0.25


@dataclass(frozen=True, slots=True)
class Source:
    """What may carry a sentence: the quotes, and our reviewed lay wording of their articles."""

    quotes: str
    lay: str

    @property
    def words(self) -> str:
        """All words that a sentence may take."""
        return f"{self.quotes}\n{self.lay}"


@dataclass(frozen=True, slots=True)
class _Tied:
    """An amount with the condition and the person that stand before it."""

    amount: Amount
    condition: str
    person: str


def is_fit(text: str, source: Source) -> bool:
    """Whether a sentence is a plain statement and says yes or no to nothing that is not there."""
    squeezed = squeeze(source.quotes)
    return is_plain(text, source.quotes) and all(
        verdict in squeezed for verdict in _cue("verdict").pattern.findall(squeeze(text))
    )


def is_plain(text: str, quotes: str) -> bool:
    """Whether a sentence has no address, no markup, no foreign word or number."""
    squeezed = squeeze(quotes)
    return (
        not _cue("unfit").found_in(fold(text))
        and not text.rstrip("」”").endswith(("？", "?"))
        and _words(squeeze(text)) <= _words(squeezed)
        and set(numbers(squeeze(text))) <= set(numbers(squeezed))
        and all(squeeze(quoted) in squeezed for quoted in _QUOTED.findall(text))
    )


def is_faithful(text: str, source: Source, question: str, is_paraphrase: bool = False) -> bool:
    """Whether the sentence joins its facts as the source does.

    A paraphrase, which is shown as one, may use other words.
    """
    if not is_fit(text, source) or not says_enough(text):
        return False
    parts = clauses(text)
    near = 0.2 if is_paraphrase else _FROM_SOURCE
    for clause in parts:
        if share(clause, source.words) < near:
            return False
        if not is_paraphrase and share(clause, f"{source.words}\n{question}") < _FROM_ALL:
            return False
        if not is_paraphrase and _longest_gap(clause, f"{source.words}\n{question}") > _GAP:
            return False
        if acts(clause) and not _does_the_same(clause, text, source):
            return False
        if not _acts_by_right(clause, source.quotes):
            return False
    return _ties(text, source.quotes)


def without_verdict(text: str) -> str:
    """The sentence without a yes or no at its beginning: no passage says that."""
    return _cue("opening_verdict").taken_out(text)


def trim(text: str, source: Source, keep_name: bool = True) -> str:
    """The sentence without what opens it and is not the source's: the reader's words.

    Without ``keep_name`` a source that is named at the beginning goes as well.
    """
    shorter = text
    while (cut := _first_mark(shorter)) >= 0:
        first = shorter[:cut]
        is_name = _NAME.search(first) and not _content(_NAME.sub("", first))
        is_said = share(first, source.words) >= _FROM_SOURCE and not _cue("chats").found_in(first)
        if keep_name if is_name else is_said:
            break
        shorter = shorter[cut + 1 :]
    return shorter


def says_enough(text: str) -> bool:
    """Whether a sentence stands by itself: it has a content, and points to nothing before it."""
    return len(_content(_NAME.sub("", text))) >= _LEAST and not _cue("points_back").found_in(text)


def answers(text: str, question: str) -> bool:
    """Whether a sentence from a text of unknown origin is about the question and orders nothing.

    A text that somebody added may be written for the model: it is quoted, but the model repeats
    only what speaks of what was asked.
    """
    foreign = latin_words(squeeze(text)) - latin_words(squeeze(question))
    if any(len(word) >= _FOREIGN for word in foreign) or _cue("asks_for").found_in(text):
        return False
    own, asked = _content(text), _content(question)
    return sum(asked[i : i + 2] in own for i in range(len(asked) - 1)) >= _SHARED


def _content(text: str) -> str:
    return "".join(filter(is_han, _cue("function").taken_out(squeeze(text))))


def share(clause: str, words: str) -> float:
    """The share of a clause's characters that stand in ``words`` beside the same neighbour.

    Words that say nothing do not count; a clause of nothing else has its full share.
    """
    found = standing(clause, words)
    return sum(found) / len(found) if found else 1.0


def _longest_gap(clause: str, words: str) -> int:
    """How many characters with a content, one after the other, stand nowhere in ``words``."""
    longest = gap = 0
    for is_found in standing(clause, words):
        gap = 0 if is_found else gap + 1
        longest = max(longest, gap)
    return longest


def standing(clause: str, words: str) -> list[bool]:
    """Of each character that has a content, whether it stands in ``words`` beside a neighbour."""
    clause, words = squeeze(_NAME.sub("", clause)), squeeze(words)
    counts = [is_han(character) for character in clause]
    for match in _cue("function").pattern.finditer(clause):
        counts[match.start() : match.end()] = [False] * (match.end() - match.start())
    found = [False] * len(clause)
    for i in range(len(clause) - 1):
        if clause[i : i + 2] in words:
            found[i] = found[i + 1] = True
    return [f for f, c in zip(found, counts, strict=True) if c]


def _does_the_same(clause: str, text: str, source: Source) -> bool:
    """Whether a clause near in wording does what this one does, under the same condition."""
    wanted = acts(clause)
    for segment in _segments(source.quotes):
        before = ""
        for other in clauses(segment):
            is_near = _overlap(clause, other) >= _NEAR or _overlap(other, clause) >= 0.6
            if is_near and acts(other) == wanted and _keeps(before, text, source):
                return True
            before += other + "，"
    return False


def _acts_by_right(clause: str, quotes: str) -> bool:
    """Whether an authority does here what it does in a clause near in wording."""
    names = set(authorities(clause))
    beside = clause
    for name in names:
        beside = beside.replace(name, "")
    return not names or any(
        all(squeeze(name) in squeeze(other) for name in names) and _overlap(beside, other) >= _NEAR
        for other in clauses(quotes)
    )


def _keeps(condition: str, text: str, source: Source) -> bool:
    """Whether the sentence tells the condition, in the source's words or our lay wording's."""
    condition = _cue("boilerplate").taken_out(fold(condition))
    if sum(map(is_han, condition)) < 4:
        return True
    if _overlap(condition, text) >= _KEEPS_CONDITION:
        return True
    first = clauses(text)[0]
    return len(first) >= 6 and share(first, source.lay) >= _FROM_ALL


def _ties(text: str, quotes: str) -> bool:
    """Whether every amount stands under the condition and the person that the source gives it."""
    text = _NAME.sub("", text)
    given = list(tied(quotes))
    return all(
        any(
            own.amount == other.amount
            and own.condition == other.condition
            and (not own.person or own.person == other.person)
            for other in given
        )
        for own in tied(text)
    )


def tied(text: str) -> Iterator[_Tied]:
    """Every amount with the condition and the person that stand before it."""
    for segment in _segments(text):
        condition = person = ""
        for clause in clauses(segment):
            for amount in amounts(clause):
                named = _cue("condition").pattern.findall(clause)
                of = _cue("person").pattern.findall(clause)
                yield _Tied(amount, named[-1] if named else condition, of[-1] if of else person)
            condition = (_cue("condition").pattern.findall(clause) or [condition])[-1]
            person = (_cue("person").pattern.findall(clause) or [person])[-1]


def _segments(text: str) -> Sequence[str]:
    return [s for s in text.replace("；", "。").replace("\n", "。").split("。") if s.strip()]


def _overlap(own: str, other: str) -> float:
    return overlap(squeeze(own), squeeze(other))


def _words(text: str) -> set[str]:
    """The Latin words of more than a letter; one letter is a variable or a unit."""
    return {word for word in latin_words(text) if len(word) > 1}


def _first_mark(text: str) -> int:
    """Where the first comma or colon stands; -1 where there is none."""
    return min((i for mark in "，,：:" if (i := text.find(mark)) >= 0), default=-1)


def _cue(name: str) -> Cue:
    return load_cues("assistant.gate", "words.toml")[name]
