"""Composing an answer with a language model: whole articles in, every sentence judged.

The extractive answer is there before the model is asked. What the model writes takes its place, an
ask at a time, where a sentence stands; where none does, or the model is away, the extractive part
is given as it is. What must be known beside it (a text that is repealed or not held, the number to
call) stays whatever the model writes.

Nothing is shown before it has passed the gate and, where there is one, the second reading. Until
the first sentence has, a source stands alone: what was found first while the model plans, then what
its first sentence rests on.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answering import label_of
from assistant.llm import Deadline, Engine
from assistant.pipeline import Finder, Prepared, grow
from assistant.types import Answer, DraftSentence, Outcome
from assistant.writing import notes
from assistant.writing.answering import Refused, answer_prompt
from assistant.writing.assembling import complete, is_settled, sure_of
from assistant.writing.beside import BesideWriter, Uses
from assistant.writing.judging import SecondReading, reason
from assistant.writing.packing import Pack, keys_of, pack_articles
from assistant.writing.placing import UnitPlacer
from assistant.writing.planning import Plan, needs_plan, plan
from assistant.writing.proposals import Missing, Proposal, read_reply
from assistant.writing.work import Work, Written
from corpus.errors import EngineError, EngineOverflowError

#: Of a further search so many passages are taken.
_SEARCHED = 6
_MOST_OF_ASK = 5


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
        if all(map(is_settled, prepared.drafted.parts)):
            yield from grow(prepared.answer)
            return
        engine = self._engine
        work = Work(prepared, engine.name, Deadline(engine.timeout_s))
        problem = ""
        with closing(SecondReading(engine, prepared.corpus, work.deadline, work.meter)) as reading:
            try:
                yield from self._written(work, reading, finder)
            except EngineError as error:
                problem = str(error)
                self._keep_sure(work, reading)
        if not (work.pack.units or problem):
            yield from grow(work.extractive(_nothing_to_read(work.pack)))
        elif not work.has_written and (problem or not any(one.missing for one in work.asks)):
            yield from grow(work.extractive(notes.tell(problem, False, False)))
        else:
            is_missing = not work.has_written and not problem
            note = notes.MISSING if is_missing else notes.tell(problem, work.has_written, False)
            yield complete(work, note)

    def _written(self, work: Work, reading: SecondReading, finder: Finder) -> Iterator[Answer]:
        """The answer as it grows, once with all that was asked and once with what is open."""
        engine, prepared = self._engine, work.prepared
        if needs_plan(prepared):
            yield from work.found()
        planned = plan(prepared, engine, work.deadline, work.meter)
        keys = self._keys(prepared, finder, planned)
        work.pack = self._packed(keys, prepared, engine.evidence_tokens)
        if not work.pack.units:
            return
        work.asks = [Written(ask) for ask in planned.asks]
        try:
            yield from self._shown(work, reading)
        except EngineOverflowError:
            if work.has_written:
                raise
            work.pack = self._packed(keys, prepared, engine.evidence_tokens // 2)
            yield from self._shown(work, reading)
        self._ask_again(work, reading, finder)

    def _shown(self, work: Work, reading: SecondReading) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time as soon as it surely stands."""
        shown = 0
        source: DraftSentence | None = None
        for _ in self._asked(work, reading):
            sure = sure_of(work, reading)
            first = next((s for one in work.asks if one.stands for s in one.sentences), None)
            if len(sure) > shown:
                shown = len(sure)
                yield work.answer([*work.prepared.drafted.before, *sure], Outcome.ANSWERED, "")
            elif not shown and first and first is not source:
                source = first
                yield work.source(source)

    def _asked(
        self, work: Work, reading: SecondReading, again: Sequence[Refused] = ()
    ) -> Iterator[None]:
        """Files what the model writes and what the second reading says of it under the asks; stops
        after everything that may have changed something."""
        for _ in self._ask(work, reading, again):
            yield
        sentences = [s for one in work.asks for s in one.sentences]
        while reading.wait([s for s in sentences if reading.verdict(s) is None]):
            yield
        for one in work.asks:
            kept = []
            for sentence in one.sentences:
                verdict = reading.verdict(sentence)
                if verdict and verdict.stands:
                    kept.append(sentence)
                elif verdict:
                    one.refused.append(Refused(sentence.text, reason(verdict.faults)))
            one.keep(kept)

    def _ask(self, work: Work, reading: SecondReading, again: Sequence[Refused]) -> Iterator[None]:
        """Every sentence of the reply that passes the gate, filed under its ask and given to be
        read. Where nobody reads it, it has to keep to the source's words."""
        query, asks = work.prepared.query, work.asks
        placer = self._placer(work, is_strict=not self._engine.is_judged)
        scope = dict.fromkeys(s.text for part in work.prepared.drafted.parts for s in part.scope)
        prompt = answer_prompt(query, [one.ask for one in asks], work.pack, again, [*scope])
        pieces = self._engine.stream(prompt, work.deadline, work.meter)
        for each in read_reply(pieces):
            if not asks:
                return
            if each is not None:
                one = asks[min(max(each.ask, 1), len(asks)) - 1]
                if isinstance(each, Missing):
                    one.missing = each.query
                elif len(one.sentences) < _MOST_OF_ASK:
                    part = label_of(one.ask) if len(asks) > 1 else ""
                    _file(each, one, placer, reading, part)
            yield

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

    def _ask_again(self, work: Work, reading: SecondReading, finder: Finder) -> None:
        """Once more, with what the model would search for and why what it wrote did not stand, for
        the asks to which nothing stands."""
        open_asks = [one for one in work.asks if not one.stands]
        queries = [one.missing for one in open_asks if one.missing]
        refused = [each for one in open_asks for each in one.refused]
        if not (queries or refused):
            return
        query = work.prepared.query
        hits = [
            finder.search(replace(query, question=text, history=()), _SEARCHED) for text in queries
        ]
        found = [hit.passage.key for some in hits for hit in some]
        known = {unit.evidence[0].key for unit in work.pack.units}
        if not refused and known.issuperset(found):
            return
        inner = Work(work.prepared, work.name, work.deadline, work.meter, pack=work.pack)
        if not known.issuperset(found):
            budget = self._engine.evidence_tokens
            keys = keys_of(work.prepared, budget, hits)
            inner.pack = self._packed(dict.fromkeys((*found, *keys)), work.prepared, budget)
        inner.asks = [Written(one.ask) for one in open_asks]
        for _ in self._asked(inner, reading, refused):
            pass
        for one, other in zip(open_asks, inner.asks, strict=True):
            if not other.stands and other.missing is None:
                continue
            label = label_of(one.ask) if len(work.asks) > 1 else ""
            one.sentences = [replace(s, part=label) for s in other.sentences]
            one.missing = None if one.sentences else (other.missing or one.missing)
            one.has_fallen = other.has_fallen

    def _keep_sure(self, work: Work, reading: SecondReading) -> None:
        """Where a call failed, what nobody has read a second time stands only in the source's own
        words."""
        strict = self._placer(work, is_strict=True)
        for one in work.asks:
            kept = []
            for sentence in one.sentences:
                verdict = _verdict_if_any(reading, sentence)
                if verdict is None:
                    verdict = strict.place(Proposal(sentence.text, ())) is not None
                if verdict:
                    kept.append(sentence)
            one.keep(kept)

    def _placer(self, work: Work, is_strict: bool) -> UnitPlacer:
        query = work.prepared.query
        units = work.pack.units
        return UnitPlacer(units, work.prepared.corpus, query.as_of, query.question, is_strict)


def _file(
    proposal: Proposal, one: Written, placer: UnitPlacer, reading: SecondReading, part: str
) -> None:
    """File a sentence under its ask and have it read, or keep why it did not pass."""
    sentence = placer.place(proposal)
    if sentence is None:
        one.has_fallen = one.has_fallen or not one.sentences
        one.refused.append(Refused(proposal.text, reason(placer.faults(proposal))))
        return
    if any(sentence.text == s.text for s in one.sentences):
        return
    sentence = replace(sentence, part=part)
    one.sentences.append(sentence)
    reading.begin(sentence)


def _verdict_if_any(reading: SecondReading, sentence: DraftSentence) -> bool | None:
    """What the second reading said of a sentence, None where it said nothing."""
    try:
        verdict = reading.verdict(sentence)
    except EngineError:
        return None
    return None if verdict is None else verdict.stands


def _nothing_to_read(pack: Pack) -> str:
    return notes.HELD_BACK if pack.was_held_back else notes.NOTHING_STANDS
