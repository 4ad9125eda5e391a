"""The answer of a model's sentences and what stands in their place or beside them, ask by ask."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import Part, label_of
from assistant.deciding import tell_needs
from assistant.types import NOT_COVERED, Answer, DraftSentence, Outcome
from assistant.writing.judging import SecondReading
from assistant.writing.work import Work, Written
from corpus.catalog import Corpus
from corpus.language import overlap

_NOT_SAID = f"{NOT_COVERED}能确定回答这一点的规定。"
_FELL = "这一点没有写出能通过核验的回答，请单独再问。"
#: From this share of its words on, an ask of the program's is one that the model put otherwise.
_SAME = 0.6


def sure_of(work: Work, reading: SecondReading) -> list[DraftSentence]:
    """The model's sentences that will stand at the end, in their order, up to the first of which
    nobody knows yet; EngineError where a reading failed."""
    told: list[DraftSentence] = []
    for number, one in enumerate(work.asks):
        if is_settled(part_of(number, one.ask, work)):
            continue
        if not one.stands:
            break
        for sentence in one.sentences:
            verdict = reading.verdict(sentence)
            if verdict is None or (not verdict.stands and sentence is one.sentences[0]):
                return told
            if verdict.stands:
                told.append(sentence)
    return told


def complete(work: Work, note: str) -> Answer:
    """The model's text where it stands, else the extractive part, ask by ask."""
    drafted = work.prepared.drafted
    sentences: list[DraftSentence] = list(drafted.before)
    is_answered = False
    for number, one in enumerate(work.asks):
        told, is_told = _told(one, part_of(number, one.ask, work), work.prepared.corpus)
        is_answered |= is_told
        label = label_of(one.ask) if len(work.asks) > 1 else ""
        seen = {s.shown for s in sentences}
        sentences += [replace(s, part=label) for s in told if s.shown not in seen]
    if is_answered:
        sentences += drafted.behind
    if len(work.asks) == len(drafted.parts):
        # Where the model read the letter otherwise, these may be answered.
        sentences += drafted.left
    outcome = Outcome.ANSWERED if is_answered else Outcome.DECLINED
    return work.answer(sentences, outcome, note)


def is_settled(part: Part | None) -> bool:
    """Whether no model is asked: a text outside the corpus decides it, or the bureau's staff wrote
    the answer."""
    return part is not None and (part.is_closed or any(s.own for s in part.draft.sentences))


def part_of(number: int, ask: str, work: Work) -> Part | None:
    """The extractive part of an ask: the one of the same words, else the one in its place, or
    where there are more or fewer the one that says most of it."""
    parts = work.prepared.drafted.parts
    same = next((part for part in parts if part.ask == ask), None)
    if same or len(parts) == len(work.asks):
        return same or parts[number]
    nearest = max(parts, key=lambda part: overlap(part.ask, ask), default=None)
    return nearest if nearest and overlap(nearest.ask, ask) >= _SAME else None


def _told(one: Written, own: Part | None, corpus: Corpus) -> tuple[Sequence[DraftSentence], bool]:
    """What is told to an ask, and whether that answers it."""
    if not is_settled(own):
        if one.stands:
            return [*(own.scope if own else ()), *one.sentences, *_beside(own, corpus)], True
        if one.missing is not None:
            # The model read whole articles: no extractive sentence leads against it.
            return _refusal(own, corpus), False
    if own is None:
        return [DraftSentence(_FELL, is_ours=True)], False
    return own.draft.sentences, own.draft.outcome is Outcome.ANSWERED


def _beside(part: Part | None, corpus: Corpus) -> list[DraftSentence]:
    """What stands beside an answer whoever writes it: the texts that decide more, whom to call."""
    if part is None:
        return []
    if part.draft.outcome is Outcome.DECLINED:
        return list(tell_needs(part.needs, corpus))
    return [s for s in part.draft.sentences if s.is_ours and not s.evidence]


def _refusal(part: Part | None, corpus: Corpus) -> list[DraftSentence]:
    """An ask that no text answers: what decides it where that is known."""
    if part and part.draft.outcome is Outcome.DECLINED:
        return list(part.draft.sentences)
    return [DraftSentence(_NOT_SAID, is_ours=True), *_beside(part, corpus)]
