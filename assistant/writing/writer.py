"""Composing an answer with a language model: whole articles in, every sentence judged.

The extractive answer is there before the model is asked. What the model writes takes its place, an
ask at a time, where a sentence stands; where none does, or the model is away, the extractive part
is given as it is. What must be known beside it (a text that is repealed or not held, the number to
call) stays whatever the model writes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answering import Part, label_of
from assistant.llm import Deadline, Engine
from assistant.pipeline import Finder, Prepared, grow
from assistant.types import NOT_COVERED, Answer, DraftSentence, Outcome
from assistant.writing import notes
from assistant.writing.answering import answer_prompt
from assistant.writing.beside import BesideWriter, Uses
from assistant.writing.judging import judge_prompt, read_verdicts
from assistant.writing.packing import Pack, keys_of, pack_articles
from assistant.writing.placing import UnitPlacer
from assistant.writing.planning import Plan, plan
from assistant.writing.proposals import Missing, Proposal, read_reply
from assistant.writing.work import Work, Written
from corpus.errors import EngineError, EngineOverflowError

#: Of a further search so many passages are taken.
_SEARCHED = 6
_MOST_OF_ASK = 5
_NOT_SAID = f"{NOT_COVERED}回答这一点的规定。"


class AnswerWriter:
    """Writes the answer with a language model that can be given whole articles."""

    def __init__(self, engine: Engine, uses: Uses | None = None) -> None:
        """Where the text itself is the answer, ``uses`` say whether a gist is written beside."""
        self._engine = engine
        self._beside = BesideWriter(engine, uses or Uses())

    def write(self, prepared: Prepared, finder: Finder) -> Iterator[Answer]:
        """The answer as it grows; within the engine's time limit the last one is complete."""
        if not prepared.drafted.parts:
            yield from self._beside.write(prepared, finder)
            return
        if all(part.is_closed or _is_signed(part) for part in prepared.drafted.parts):
            # What a text outside the corpus decides, or the bureau wrote, no model is asked to say.
            yield from grow(prepared.answer)
            return
        work = Work(prepared, self._engine.name, Deadline(self._engine.timeout_s))
        problem = ""
        pack = Pack((), ())
        try:
            planned = plan(prepared, self._engine, work.deadline, work.meter)
            work.asks = [Written(ask) for ask in planned.asks]
            keys = self._keys(prepared, finder, planned)
            pack = self._packed(keys, prepared, self._engine.evidence_tokens)
            if not pack.units:
                yield from grow(work.extractive(_nothing_to_read(pack)))
                return
            try:
                yield from self._shown(work, pack)
            except EngineOverflowError:
                if work.has_written:
                    raise
                pack = self._packed(keys, prepared, self._engine.evidence_tokens // 2)
                yield from self._shown(work, pack)
            self._ask_again(work, pack, finder)
            self._judge(work)
        except EngineError as error:
            problem = str(error)
            if self._engine.is_judged:
                # What nobody has read a second time stands only in the source's own words.
                self._keep_strict(work, pack)
        if not work.has_written and (problem or not any(one.missing for one in work.asks)):
            yield from grow(work.extractive(notes.tell(problem, False, False)))
            return
        is_missing = not work.has_written and not problem
        note = notes.MISSING if is_missing else notes.tell(problem, work.has_written, False)
        yield self._complete(work, note)

    def _shown(self, work: Work, pack: Pack) -> Iterator[Answer]:
        """The answer as it grows by what is sure before it is judged."""
        shown = list(work.prepared.drafted.before)
        for sentence in self._ask(work, pack):
            shown.append(sentence)
            yield work.answer(shown, Outcome.ANSWERED, "")

    def _keys(self, prepared: Prepared, finder: Finder, planned: Plan) -> tuple[str, ...]:
        query = prepared.query
        # What leans on earlier turns is searched for as the model completes it.
        words = (*(planned.asks if query.history else ()), *planned.queries)
        searched = [
            finder.search(replace(query, question=text, history=()), _SEARCHED) for text in words
        ]
        return keys_of(prepared, self._engine.evidence_tokens, searched)

    def _packed(self, keys: Iterable[str], prepared: Prepared, budget: int) -> Pack:
        return pack_articles(keys, prepared.corpus, prepared.query.as_of, budget)

    def _ask(self, work: Work, pack: Pack, again: Sequence[str] = ()) -> Iterator[DraftSentence]:
        """Every sentence of the reply that stands, filed under its ask. What keeps to the source's
        words, or will not be judged, is given at once."""
        query, asks = work.prepared.query, work.asks
        strict, loose = (self._placer(work, pack, is_strict) for is_strict in (True, False))
        prompt = answer_prompt(query, [one.ask for one in asks], pack, again)
        pieces = self._engine.stream(prompt, work.deadline, work.meter)
        for each in read_reply(pieces):
            if not asks:
                return
            one = asks[min(max(each.ask, 1), len(asks)) - 1]
            if isinstance(each, Missing):
                one.missing = each.query
                continue
            if len(one.sentences) >= _MOST_OF_ASK:
                continue
            part = label_of(one.ask) if len(asks) > 1 else ""
            sentence = strict.place(each)
            is_sure = sentence is not None
            if sentence is None and self._engine.is_judged:
                sentence = loose.place(each)
            if sentence is None:
                one.has_fallen = one.has_fallen or not one.sentences
                one.refused.append(each.text)
                continue
            sentence = replace(sentence, part=part)
            if any(sentence.text == s.text for s in one.sentences):
                continue
            one.sentences.append(sentence)
            if is_sure and not again and not one.has_fallen:
                yield sentence

    def _ask_again(self, work: Work, pack: Pack, finder: Finder) -> None:
        """Once more, with what the model would search for and what did not stand, for the asks to
        which nothing stands."""
        open_asks = [one for one in work.asks if not one.stands]
        queries = [one.missing for one in open_asks if one.missing]
        refused = [text for one in open_asks for text in one.refused]
        if not (queries or refused):
            return
        query = work.prepared.query
        hits = [
            finder.search(replace(query, question=text, history=()), _SEARCHED) for text in queries
        ]
        keys = keys_of(work.prepared, self._engine.evidence_tokens, hits)
        found = [hit.passage.key for some in hits for hit in some]
        known = {unit.evidence[0].key for unit in pack.units}
        if not refused and known.issuperset(found):
            return
        fresh = pack
        if not known.issuperset(found):
            budget = self._engine.evidence_tokens
            fresh = self._packed(dict.fromkeys((*found, *keys)), work.prepared, budget)
        inner = Work(work.prepared, work.name, work.deadline, work.meter)
        inner.asks = [Written(one.ask) for one in open_asks]
        for _ in self._ask(inner, fresh, again=refused):
            pass
        for one, other in zip(open_asks, inner.asks, strict=True):
            if not other.stands and other.missing is None:
                continue
            label = label_of(one.ask) if len(work.asks) > 1 else ""
            one.sentences = [replace(s, part=label) for s in other.sentences]
            one.missing = None if one.sentences else (other.missing or one.missing)
            one.has_fallen = other.has_fallen

    def _judge(self, work: Work) -> None:
        """The second reading takes out what it does not find carried."""
        sentences = [s for one in work.asks for s in one.sentences]
        if not (self._engine.is_judged and sentences):
            return
        corpus = work.prepared.corpus
        prompt = judge_prompt(sentences, corpus)
        reply = self._engine.complete(prompt, work.deadline, work.meter)
        verdicts = read_verdicts(reply, sentences, corpus)
        fallen = {s for s, stands in zip(sentences, verdicts, strict=True) if not stands}
        for one in work.asks:
            one.has_fallen |= bool(one.sentences) and one.sentences[0] in fallen
            one.sentences = _without(one.sentences, fallen)

    def _keep_strict(self, work: Work, pack: Pack) -> None:
        strict = self._placer(work, pack, is_strict=True)
        for one in work.asks:
            kept = [s for s in one.sentences if strict.place(Proposal(s.text, ()))]
            one.has_fallen |= kept[:1] != one.sentences[:1]
            one.sentences = kept

    def _placer(self, work: Work, pack: Pack, is_strict: bool) -> UnitPlacer:
        query = work.prepared.query
        return UnitPlacer(pack.units, work.prepared.corpus, query.as_of, query.question, is_strict)

    def _complete(self, work: Work, note: str) -> Answer:
        """The model's text where it stands, else the extractive part, ask by ask."""
        drafted = work.prepared.drafted
        sentences: list[DraftSentence] = list(drafted.before)
        is_answered = False
        for number, one in enumerate(work.asks):
            own = _part_of(number, one.ask, work)
            label = label_of(one.ask) if len(work.asks) > 1 else ""
            told: list[DraftSentence]
            if own is not None and (own.is_closed or _is_signed(own)):
                told = list(own.draft.sentences)
                is_answered |= own.draft.outcome is Outcome.ANSWERED
            elif one.stands:
                told = [*one.sentences, *_beside(own)]
                is_answered = True
            elif one.missing is not None:
                # The model read whole articles: no extractive sentence leads against it.
                told = _refusal(own)
            else:
                told = list(own.draft.sentences) if own else []
                is_answered |= bool(own and own.draft.outcome is Outcome.ANSWERED)
            seen = {s.shown for s in sentences}
            sentences += [replace(s, part=label) for s in told if s.shown not in seen]
        if is_answered:
            sentences += drafted.behind
        if len(work.asks) == len(drafted.parts):
            # Where the model read the letter otherwise, these may be answered.
            sentences += drafted.left
        outcome = Outcome.ANSWERED if is_answered else Outcome.DECLINED
        return work.answer(sentences, outcome, note)


def _part_of(number: int, ask: str, work: Work) -> Part | None:
    """The extractive part of an ask: the one of the same words, else the one in its place."""
    parts = work.prepared.drafted.parts
    same = next((part for part in parts if part.ask == ask), None)
    return same or (parts[number] if len(parts) == len(work.asks) else None)


def _beside(part: Part | None) -> list[DraftSentence]:
    """What stands beside an answer whoever writes it: the texts that decide more, whom to call."""
    if part is None or part.draft.outcome is Outcome.DECLINED:
        return []
    return [s for s in part.draft.sentences if s.is_ours and not s.evidence]


def _is_signed(part: Part) -> bool:
    """Whether the bureau's staff wrote the answer: then no other words take its place."""
    return any(sentence.own for sentence in part.draft.sentences)


def _refusal(part: Part | None) -> list[DraftSentence]:
    """An ask that no text answers: what decides it where that is known."""
    if part and part.draft.outcome is Outcome.DECLINED:
        return list(part.draft.sentences)
    return [DraftSentence(_NOT_SAID, is_ours=True), *_beside(part)]


def _without(sentences: Sequence[DraftSentence], fallen: set[DraftSentence]) -> list[DraftSentence]:
    return [s for s in sentences if s not in fallen]


def _nothing_to_read(pack: Pack) -> str:
    return notes.HELD_BACK if pack.was_held_back else notes.NOTHING_STANDS
