"""One ask: what is found for it, what is decided, and the sentences that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.added import is_unanswered
from assistant.answering.choosing import CALLS, observe_choice, prefers_matter
from assistant.answering.outside import outside_chance
from assistant.deciding import (
    find_known,
    judge,
    refuse,
    tell_hotlines,
    tell_needs,
    tell_unsaid,
)
from assistant.dialog import Resolved
from assistant.extracting import OF_BOTH, ExtractiveComposer, Fits
from assistant.finding import find
from assistant.matters import Found, Told, kind_of, match, prepare
from assistant.question import Aspect, Letter, count_said, understand
from assistant.types import NOT_COVERED, Audience, Draft, DraftSentence, Outcome, Query
from corpus.collection import Kind
from corpus.collections import Ask, AskKind
from corpus.statutes import KnownDocument
from index.search import HybridRetriever
from index.types import Vector

#: How likely a matter has to be before it answers, and before it is offered as the nearest one;
#: chosen on 40 real questions and 392 of the train and dev split.
SURE = 0.4
LIKELY = 0.1
#: Where no passage answers, a matter has to be this likely.
LIKELY_OF_REFUSED = 0.3
LIKELY_OF_FAR = 0.6
#: With less confidence than this the question is about something else.
_FAR = 0.25
#: From this likelihood on the passage found first is what was asked for.
_PASSAGE = 0.8
_PASSAGE_LEANING = 0.4
_DEPTH = 10
#: From this likelihood on a text outside the corpus decides an ask; chosen on the dev split.
_OUTSIDE = 0.5
#: An ask that says so much besides that it asks can stand without the story.
_BY_ITSELF = 8
#: An ask that is this much as likely as the likeliest one may be the one that is meant.
_AS_LIKELY = 0.5
_NEAREST = "与您说的最接近的情形是“{name}”："


@dataclass(frozen=True, slots=True)
class Answered:
    """An ask, and what became of it. ``topic`` is the same where two asks have one answer."""

    ask: str
    draft: Draft
    topic: str


@dataclass(frozen=True, slots=True)
class Considered:
    """An ask with what is told of it, what was found for it, and the matter that it may be.

    ``whole`` is what the letter was understood as, ``own`` what the ask was; ``clause`` are the
    words that ask; ``refusal`` is what is said where no passage answers.
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
    if letter.has_story and not letter.is_one_question:
        own = _without_plans(own)
    refusal = refuse(query, own.understanding, own.found, retriever.corpus, own.judgement)
    matched = match(told, retriever)
    if not letter.is_alone and count_said(ask) >= _BY_ITSELF:
        # An ask of several may be about another matter than the story.
        by_itself = match(Told(ask, ask, own.found), retriever)
        matched = max((m for m in (matched, by_itself) if m), key=lambda m: m.chance, default=None)
    kind = kind_of(clause, retriever)
    return Considered(ask, clause, letter, query, told, resolved, own, matched, kind, refusal)


def answer_ask(
    ask: str, letter: Letter, query: Query, resolved: Resolved, retriever: HybridRetriever
) -> Answered:
    """Answer one ask of a letter; ``resolved`` is what the whole was understood as."""
    asked = consider(ask, letter, query, resolved, retriever)
    own, matched = asked.own, asked.matched
    is_named = any(reference.key for reference in resolved.understanding.references)
    # What is asked of a place's plan, of a text of the user's own or of a law to come, and a kind
    # of detail that no text gives, is decided without a matter.
    is_lacking = asked.refusal is not None and own.judgement.missing is not None
    is_ahead = letter.is_one_question and resolved.understanding.looks_ahead
    may_match = not (is_lacking or is_ahead or _is_own(own, retriever))
    # Of what goes on with a topic a model that knows the topic has told whether it is answered.
    is_leaning = own.understanding.is_follow_up and asked.refusal is None
    may_be_outside = not (is_named or is_leaning)
    told = replace(asked.told, ask=ask)
    if may_match and may_be_outside:
        if outside_chance(told, matched, resolved, retriever) >= _OUTSIDE:
            return _decided_outside(ask, letter, matched, retriever)
    elif may_be_outside and asked.refusal is None and is_unanswered(asked.told, own, retriever):
        return _decided_outside(ask, letter, None, retriever)
    enough = LIKELY if asked.refusal is None else _enough(own)
    is_wanted = asked.refusal is not None or not _is_named(asked)
    if may_match and is_wanted and matched and matched.chance >= enough:
        made = answer_from_matter(asked, retriever)
        if made and (asked.refusal or _matter_is_better(asked, made)):
            return made
    return answer_from_passages(asked, retriever)


def observe_asked(asked: Considered, made: Answered) -> Vector:
    """What tells whether what a matter answers is better than what the passages do."""
    assert asked.matched is not None
    carried = {evidence.key for s in made.draft.sentences for evidence in s.evidence}
    return observe_choice(asked.told, asked.matched, asked.own, carried, asked.kind)


def answer_from_passages(asked: Considered, retriever: HybridRetriever) -> Answered:
    """What the passages found for an ask answer, or the refusal."""
    own, matched, letter, ask = asked.own, asked.matched, asked.letter, asked.ask
    if asked.refusal:
        known, _ = find_known((ask, letter.digest), retriever)
        refusal = _with_known(asked.refusal, known)
        return Answered(ask, refusal, known[0].title if known else "")
    is_sure = _is_sure(own, letter, matched) or _is_named(asked)
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, own.fits)
    draft = composer.compose(asked.query, own.understanding, own.found.hits, is_sure=is_sure)
    if matched and matched.chance >= SURE and letter.is_one_question:
        likeliest = matched.matter.ask[matched.asks[0][0]]
        needs = tell_needs((*likeliest.needs, *matched.matter.needs), retriever.corpus)
        draft = replace(draft, sentences=(*draft.sentences, *needs))
    return Answered(ask, draft, own.found.hits[0].passage.key)


def answer_from_matter(asked: Considered, retriever: HybridRetriever) -> Answered | None:
    """What the matter of an ask answers, called the nearest where it isn't sure; None where it
    says nothing on the day."""
    corpus, matched = retriever.corpus, asked.matched
    if matched is None:
        return None
    prepared = prepare(matched, asked.told, corpus, asked.query.as_of, asked.letter.is_alone)
    if not prepared.sentences:
        return None
    topic = prepared.sentences[0].text
    sentences: Sequence[DraftSentence] = prepared.sentences
    if matched.chance < SURE:
        hedge = _NEAREST.format(name=matched.matter.name)
        sentences = (replace(sentences[0], text=hedge + sentences[0].text), *sentences[1:])
    beside = tell_needs(prepared.needs, corpus)
    if {a.kind for a in prepared.asks} & CALLS and asked.query.audience is Audience.PUBLIC:
        beside += tell_hotlines(corpus)
    return Answered(asked.ask, Draft((*sentences, *beside)), topic)


def _matter_is_better(asked: Considered, made: Answered) -> bool:
    """Whether what a matter answers is given in place of what the passages do.

    Of a letter it always is. Where a passage is sure, staff get the article itself, and so does who
    goes on with a topic: the model knows no such turns.
    """
    if not asked.letter.is_one_question:
        return True
    is_staff = asked.query.audience is Audience.STAFF
    is_apart = is_staff or asked.own.understanding.is_follow_up
    if is_apart and _is_sure(asked.own, asked.letter, asked.matched):
        return False
    return prefers_matter(observe_asked(asked, made))


def _is_named(asked: Considered) -> bool:
    """Whether the article itself is asked for, or one is named: its words are the answer."""
    understanding = asked.own.understanding
    return bool(understanding.references) or Aspect.SOURCE in understanding.aspects


def _is_own(own: Resolved, retriever: HybridRetriever) -> bool:
    """Whether it is about a place's plan, or a document that the user added speaks of it."""
    hits = own.found.hits
    if not hits:
        return False
    first = hits[0]
    is_planned = first.passage.kind is Kind.POLICY and first.score >= _PASSAGE
    added = retriever.corpus.added
    is_near = any(h.passage.title in added and h.score > OF_BOTH * first.score for h in hits)
    return own.is_of_place or is_planned or is_near


def _enough(own: Resolved) -> float:
    """How likely a matter has to be where no passage answers: what is far off needs more."""
    confidence = own.judgement.confidence
    is_far = confidence is not None and confidence.probability < _FAR
    return LIKELY_OF_FAR if is_far else LIKELY_OF_REFUSED


def _whole(letter: Letter, resolved: Resolved, ask: str) -> str:
    """All that is told beside other asks, with what was talked about before where the turn leans
    on that."""
    text = letter.digest
    if not letter.is_one_question:
        for other in letter.asks:
            text = text.replace(other, "") if other != ask else text
    return f"{resolved.understanding.subject} {text}".strip()


def _without_plans(own: Resolved) -> Resolved:
    """Who tells what happened to him is not helped by what an authority plans, unless he names the
    place or the plan."""
    understanding, found = own.understanding, own.found
    if understanding.places or understanding.theme or understanding.speaks_of_a_city:
        return own
    hits = tuple(hit for hit in found.hits if hit.passage.kind is not Kind.POLICY)
    return replace(own, found=replace(found, hits=hits))


def _is_sure(own: Resolved, letter: Letter, matched: Found | None) -> bool:
    """Whether the passage found first is given as the answer, not as what is nearest."""
    hits = own.found.hits
    # What goes on with a topic is found by a model fitted for that.
    is_leaning = own.understanding.is_follow_up
    enough = _PASSAGE_LEANING if is_leaning else max(_PASSAGE, matched.chance if matched else 0.0)
    return letter.is_one_question and bool(hits) and hits[0].score >= enough


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


def _decided_outside(
    ask: str, letter: Letter, matched: Found | None, retriever: HybridRetriever
) -> Answered:
    """A refusal that names what decides it, or says who knows it."""
    corpus = retriever.corpus
    is_near = matched is not None and matched.chance >= LIKELY
    unsaid = _likeliest_unsaid(matched) if matched and is_near else None
    needs = [*unsaid.needs, *(matched.matter.needs if matched else ())] if unsaid else []
    known, is_sure = find_known((ask, letter.digest), retriever)
    is_sure = is_sure or bool(needs)
    needs += [document.title for document in known if document.title not in needs]
    place = corpus.places.other(letter.text)
    text = tell_unsaid(needs, unsaid.near if unsaid else "", corpus, place, is_sure)
    refusal = DraftSentence(f"{NOT_COVERED}{text}", is_ours=True)
    calls = () if needs else tell_hotlines(corpus)
    return Answered(ask, Draft((refusal, *calls), Outcome.DECLINED), text)


def _likeliest_unsaid(matched: Found) -> Ask | None:
    """The ask that the corpus does not answer, if it is about as likely meant as any."""
    best = matched.asks[0][1]
    for number, chance in matched.asks:
        ask = matched.matter.ask[number]
        if not ask.statement and chance >= _AS_LIKELY * best:
            return ask
    return None


def _with_known(refusal: Draft, known: Sequence[KnownDocument]) -> Draft:
    """The refusal with the texts outside the corpus that decide what is asked."""
    if not known:
        return refusal
    names = "、".join(document.full_name for document in known)
    decides = f"（{known[0].decides}）" if known[0].decides else ""
    told = DraftSentence(f"这一点要看{names}{decides}。", is_ours=True)
    return replace(refusal, sentences=(*refusal.sentences, told))
