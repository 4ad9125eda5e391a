"""What there is to answer an ask with: what is told of it, what was found, what may decide it."""

from dataclasses import dataclass, replace

from assistant.answering.outside import outside_chance
from assistant.deciding import is_told_by_row, judge, refuse
from assistant.dialog import Resolved
from assistant.extracting import OF_BOTH, Fits
from assistant.finding import find, gives_way, leave_out
from assistant.matters import SURE, Found, Told, find_always, kind_of, match
from assistant.question import Aspect, Letter, count_said, understand
from assistant.types import Draft, Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import AskKind
from index.search import HybridRetriever

#: From this likelihood on the passage found first is what was asked for.
PASSAGE = 0.8
#: From this one on it is what a few words ask for that no story says more of.
_OF_NO_STORY = 0.7
_DEPTH = 10
#: An ask that says so much besides that it asks can stand without the story.
_BY_ITSELF = 8
#: Words that ask and say so much are searched for without the story too.
_STANDS = 3


@dataclass(frozen=True, slots=True)
class Considered:
    """An ask with what is told of it, what was found for it, and the matter that it may be.

    ``whole`` is what the letter was understood as, ``own`` what the ask was; ``clause`` are the
    words that ask; ``refusal`` is what is said where no passage answers; ``may_match`` tells that a
    matter may answer, ``outside`` how likely it is that a text outside the corpus decides it.
    """

    ask: str
    clause: str
    letter: Letter
    query: Query
    told: Told
    whole: Resolved
    own: Resolved
    matched: Found | None
    kind: AskKind | None
    refusal: Draft | None
    may_match: bool
    may_be_outside: bool
    outside: float

    @property
    def is_signed(self) -> bool:
        """Whether it surely is a matter that the bureau's staff wrote."""
        return _is_signed(self.matched)

    @property
    def is_named(self) -> bool:
        """Whether the article itself is asked for, or one is named: its words are the answer."""
        understanding = self.own.understanding
        return bool(understanding.references) or Aspect.SOURCE in understanding.aspects


def consider(
    ask: str, letter: Letter, query: Query, resolved: Resolved, retriever: HybridRetriever
) -> Considered:
    """What there is to answer an ask with; ``resolved`` is what the whole was understood as."""
    is_story = not letter.asks and not letter.is_one_question
    clause = letter.asks[0] if letter.is_one_question and letter.asks else ask
    whole = _whole(letter, resolved, ask)
    # Where one lives does not matter to a matter.
    strip = retriever.corpus.places.strip
    told = Told("" if is_story else strip(clause), strip(whole), resolved.found)
    own = resolved if letter.is_alone else _resolve(ask, letter, query, retriever)
    own = _better(own, clause, letter, query, retriever)
    is_told = letter.has_story and not letter.is_one_question
    if is_told or (query.history and not own.is_of_place):
        own = _without_plans(own)
    refusal = refuse(query, own.understanding, own.found, retriever.corpus, own.judgement)
    matched = match(told, retriever, query.as_of)
    if not letter.is_alone and count_said(ask) >= _BY_ITSELF:
        # An ask of several may be about another matter than the story.
        by_itself = match(Told(ask, ask, own.found), retriever, query.as_of)
        matched = max((m for m in (matched, by_itself) if m), key=lambda m: m.chance, default=None)
    # Of a letter about the environment; a question by itself says what it is about, and what the
    # bureau wrote goes before.
    is_letter = not letter.is_alone and resolved.judgement.suffices
    is_free = is_letter and not _is_signed(matched)
    always = find_always(clause, matched, retriever) if is_free else None
    matched = always or matched
    # What is asked of a place's plan, of a text of the user's own or of a law to come, and a kind
    # of detail that no text gives, is decided without a matter, unless the bureau wrote one for it.
    is_signed = _is_signed(matched)
    is_lacking = refusal is not None and own.judgement.missing is not None
    is_ahead = letter.is_one_question and resolved.understanding.looks_ahead
    may_match = not (is_ahead or (not is_signed and (is_lacking or _is_own(own, retriever))))
    # Of what goes on with a topic a model that knows the topic has told whether it is answered.
    is_leaning = own.understanding.is_follow_up and refusal is None
    may_be_outside = not (is_leaning or _is_held(own, resolved, query, retriever.corpus))
    outside = 0.0
    if may_match and may_be_outside and not is_signed and not always:
        outside = outside_chance(replace(told, ask=ask), matched, resolved, retriever)
    kind = kind_of(clause, retriever)
    return Considered(
        ask=ask,
        clause=clause,
        letter=letter,
        query=query,
        told=told,
        whole=resolved,
        own=own,
        matched=matched,
        kind=kind,
        refusal=refusal,
        may_match=may_match,
        may_be_outside=may_be_outside,
        outside=outside,
    )


def _is_signed(matched: Found | None) -> bool:
    return matched is not None and matched.matter.is_own and matched.chance >= SURE


def _whole(letter: Letter, resolved: Resolved, ask: str) -> str:
    """All that is told beside other asks, with what was talked about before where the turn leans
    on that. An ask that can't stand by itself goes on with the one before it (「没办会罚多少」)."""
    text = letter.digest
    if not letter.is_one_question and ask in letter.asks:
        number = letter.asks.index(ask)
        goes_on = number > 0 and count_said(ask) < _BY_ITSELF
        for other in letter.asks[: number - goes_on] + letter.asks[number + 1 :]:
            text = text.replace(other, "")
    return f"{resolved.understanding.subject} {text}".strip()


def _better(
    own: Resolved, clause: str, letter: Letter, query: Query, retriever: HybridRetriever
) -> Resolved:
    """What is found for the words that ask, where that is sure, was found with the story too, and
    nothing is sure with it: the story is about something else than what is asked. Where nothing
    answers with the story, an ask of several may be of no story (「可以举报吗」)."""
    keys = [hit.passage.key for hit in own.found.hits]
    is_sure = bool(keys) and own.found.hits[0].score >= PASSAGE
    is_all = clause == letter.text or query.history
    is_refused = not letter.is_alone and not own.judgement.suffices
    is_enough = is_sure or count_said(clause) < _STANDS
    if is_all or (is_enough and not is_refused):
        return own
    understanding = understand(replace(query, question=clause, history=()), retriever.corpus)
    found = find(retriever, understanding, _DEPTH, query.as_of)
    first = next(iter(found.hits), None)
    # A few words that ask may be of any plan.
    if first is None or first.passage.kind is Kind.POLICY:
        return own
    judged = judge(understanding, found, retriever)
    if is_refused and first.score >= _OF_NO_STORY and judged.suffices:
        return Resolved(understanding, found, Fits(found.parts), judged)
    if is_enough or first.score < PASSAGE or first.passage.key not in keys:
        return own
    return Resolved(understanding, found, Fits(found.parts), judged)


def _without_plans(own: Resolved) -> Resolved:
    """Who tells what happened to him, or goes on talking of the law, is not helped by what an
    authority plans, unless he names the place or the plan, or speaks in its words."""
    understanding, found = own.understanding, own.found
    if understanding.places or understanding.theme or understanding.speaks_of_a_city:
        return own
    hits = leave_out(found.hits, lambda hit: hit.passage.kind is Kind.POLICY)
    return replace(own, found=replace(found, hits=hits))


def _is_own(own: Resolved, retriever: HybridRetriever) -> bool:
    """Whether it is about a place's plan, or a document that the user added speaks of it."""
    hits = own.found.hits
    if not hits:
        return False
    first = hits[0]
    is_planned = first.passage.kind is Kind.POLICY and first.score >= PASSAGE
    corpus = retriever.corpus
    is_near = any(
        hit.passage.title in corpus.added
        and hit.score > OF_BOTH * first.score
        # What the law goes before is not its own where the law is there.
        and (hit is first or not gives_way(hit, own.understanding, corpus))
        for hit in hits
    )
    return own.is_of_place or is_planned or is_near


def _is_held(own: Resolved, resolved: Resolved, query: Query, corpus: Corpus) -> bool:
    """Whether an article is named that the corpus holds on the day, or a table tells it."""
    if is_told_by_row(own.understanding.text, own.found, corpus):
        return True
    keys = [reference.key for reference in resolved.understanding.references if reference.key]
    return any(corpus.article(key, query.as_of) for key in keys)


def _resolve(ask: str, letter: Letter, query: Query, retriever: HybridRetriever) -> Resolved:
    """One ask of several, searched for with what is told beside it."""
    asked = replace(query, question=ask, history=())
    understanding = understand(asked, retriever.corpus)
    together = understand(
        replace(query, question=f"{letter.digest[:80]} {ask}", history=()), retriever.corpus
    )
    found = find(retriever, together, _DEPTH, query.as_of)
    understanding = replace(understanding, references=())
    return Resolved(understanding, found, Fits(found.parts), judge(understanding, found, retriever))
