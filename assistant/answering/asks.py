"""One ask: what is decided of it, and the sentences that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.added import is_unanswered, is_unprepared
from assistant.answering.choosing import CALLS, observe_choice, prefers_matter
from assistant.answering.considering import PASSAGE, Considered
from assistant.deciding import (
    find_known,
    refuse_what_no_text_tells,
    tell_hotlines,
    tell_needs,
    tell_unsaid,
)
from assistant.dialog import Resolved
from assistant.extracting import ExtractiveComposer
from assistant.finding import kinds_lacking
from assistant.matters import SURE, Found, is_unsaid, prepare
from assistant.question import Letter, wording
from assistant.types import HEDGE, NOT_COVERED, Audience, Draft, DraftSentence, Outcome
from corpus.catalog import Corpus
from corpus.collections import Ask
from corpus.statutes import KnownDocument
from index.search import HybridRetriever
from index.types import Vector

#: How likely a matter has to be before it is offered as the nearest one; chosen on 40 real
#: questions and 392 of the train and dev split.
LIKELY = 0.1
#: Where no passage answers, a matter has to be this likely.
LIKELY_OF_REFUSED = 0.3
LIKELY_OF_FAR = 0.6
#: With less confidence than this the question is about something else.
_FAR = 0.25
_PASSAGE_LEANING = 0.4
#: From this likelihood on a text outside the corpus decides an ask, or all that is asked; so much
#: less where nothing else is sure. It takes more with who asks for help, as he can be told whom to
#: call, and most in a conversation and where nothing is asked: there such asks are few.
_OUTSIDE, _UNSURE, _OUTSIDE_OF_CALLS, SURELY_OUTSIDE = 0.6, 0.1, 0.7, 0.9
#: An ask as likely as this to be decided outside is so where the others are.
_PARTLY = 0.3
#: An ask that is this much as likely as the likeliest one may be the one that is meant.
_AS_LIKELY = 0.5
#: One that is this much as likely may be too, where it only tells which text to look at.
_MAY_BE_MEANT = 0.3
_NEAREST = HEDGE + "情形是“{name}”："


@dataclass(frozen=True, slots=True)
class Answered:
    """An ask, and what became of it.

    ``topic`` is the same where two asks have one answer; ``is_sure`` tells that it is answered, and
    not only by what is nearest; ``is_outside`` that a text outside the corpus decides it. ``needs``
    are the texts outside the corpus that are told, ``matter`` the id of the matter that surely is
    meant.
    """

    ask: str
    draft: Draft
    topic: str
    is_sure: bool = False
    is_outside: bool = False
    needs: tuple[str, ...] = ()
    matter: str = ""


def answer_ask(asked: Considered, retriever: HybridRetriever) -> Answered:
    """Answer one ask of a letter. Who asks whom to turn to is told whom to call in any case."""
    if refusal := refuse_what_no_text_tells(asked.clause):
        return Answered(asked.ask, refusal, refusal.sentences[0].text)
    made = _answer(asked, retriever)
    is_declined = made.draft.outcome is Outcome.DECLINED
    is_calling = wording("calling").found_in(asked.clause)
    is_wanted = is_calling or (is_declined and asked.kind in CALLS)
    if not is_wanted or asked.query.audience is not Audience.PUBLIC:
        return made
    corpus, is_alone = retriever.corpus, asked.letter.is_alone
    # Who only asks whom to call needs no more; nor do a few words that are refused beside others.
    is_all = is_declined and not made.needs and (is_calling or not (made.topic or is_alone))
    if is_all and not is_alone and (calls := tell_hotlines(corpus, is_all=True)):
        return replace(made, draft=Draft(calls, Outcome.DECLINED), topic=made.ask)
    calls = tell_hotlines(corpus)
    told = [s for s in made.draft.sentences if s not in calls]
    return replace(made, draft=replace(made.draft, sentences=(*told, *calls)))


def _answer(asked: Considered, retriever: HybridRetriever) -> Answered:
    own, matched = asked.own, asked.matched
    if asked.outside >= _outside_from(asked) or _is_left_to_others(asked, retriever.corpus):
        return decide_outside(asked, retriever)
    is_own = asked.may_be_outside and not asked.may_match and asked.refusal is None
    if is_own and is_unanswered(asked.told, own, retriever):
        return decide_outside(replace(asked, matched=None), retriever)
    enough = LIKELY if asked.refusal is None else _enough(own)
    is_wanted = asked.refusal is not None or not asked.is_named
    if asked.may_match and is_wanted and matched and matched.chance >= enough:
        made = answer_from_matter(asked, retriever)
        if made and (asked.refusal or _matter_is_better(asked, made, retriever)):
            return made
    return answer_from_passages(asked, retriever)


def _is_left_to_others(asked: Considered, corpus: Corpus) -> bool:
    """Whether it is an ask of which the bureau's staff wrote that a text outside decides it."""
    matched = asked.matched
    if matched is None or not asked.is_signed:
        return False
    return is_unsaid(matched.matter.ask[matched.asks[0][0]], corpus)


def is_left_open(asked: Sequence[Considered], answered: Sequence[Answered]) -> bool:
    """Whether texts outside the corpus decide what is asked on the whole: then an answer to the
    rest of it is no answer. What is only the nearest speaks less against that."""
    least = 0.0 if any(a.is_sure for a in answered) else -_UNSURE
    return sum(a.outside - _outside_from(a) for a in asked) >= least * len(asked)


def leave_open(asked: Considered, answered: Answered, retriever: HybridRetriever) -> Answered:
    """An ask of what is left open on the whole: answered only where that is sure."""
    is_declined = answered.draft.outcome is Outcome.DECLINED
    if is_declined or (answered.is_sure and asked.outside < _PARTLY):
        return answered
    return decide_outside(asked, retriever)


def _outside_from(asked: Considered) -> float:
    """From which likelihood on a text outside decides it."""
    if asked.query.history or not asked.letter.asks:
        return SURELY_OUTSIDE
    return _OUTSIDE_OF_CALLS if asked.kind in CALLS else _OUTSIDE


def observe_asked(asked: Considered, made: Answered, retriever: HybridRetriever) -> Vector:
    """What tells whether what a matter answers is better than what the passages do."""
    assert asked.matched is not None
    keys = {evidence.key for s in made.draft.sentences for evidence in s.evidence}
    carried = [p for p in (retriever.passage_of(k, asked.query.as_of) for k in sorted(keys)) if p]
    told, matched, own = asked.told, asked.matched, asked.own
    return observe_choice(told, matched, own, carried, asked.kind, retriever)


def answer_from_passages(asked: Considered, retriever: HybridRetriever) -> Answered:
    """What the passages found for an ask answer, or the refusal."""
    own, matched, letter, ask = asked.own, asked.matched, asked.letter, asked.ask
    if asked.refusal:
        known, _ = find_known((ask, letter.digest), retriever)
        refusal = _with_known(asked.refusal, known)
        titles = tuple(document.title for document in known)
        matter = _sure_matter(matched)
        return Answered(ask, refusal, titles[0] if titles else "", needs=titles, matter=matter)
    is_sure = _is_sure(own, letter, matched, retriever) or asked.is_named
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, own.fits)
    draft = composer.compose(asked.query, own.understanding, own.found.hits, is_sure=is_sure)
    needs: tuple[str, ...] = ()
    if matched and matched.chance >= SURE and letter.is_one_question:
        likeliest = matched.matter.ask[matched.asks[0][0]]
        needs = retriever.corpus.lacking((*likeliest.needs, *matched.matter.needs))
        told = tell_needs(needs, retriever.corpus)
        draft = replace(draft, sentences=(*draft.sentences, *told))
    topic, matter = own.found.hits[0].passage.key, _sure_matter(matched)
    return Answered(ask, draft, topic, is_sure, needs=needs, matter=matter)


def _sure_matter(matched: Found | None) -> str:
    return matched.matter.id if matched and matched.chance >= SURE else ""


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
    is_sure = matched.chance >= SURE
    if not is_sure:
        hedge = _NEAREST.format(name=matched.matter.name)
        sentences = (replace(sentences[0], hedge=hedge), *sentences[1:])
    beside = tell_needs(prepared.needs, corpus)
    if {a.kind for a in prepared.asks} & CALLS and asked.query.audience is Audience.PUBLIC:
        beside += tell_hotlines(corpus)
    draft = Draft((*sentences, *beside))
    matter = _sure_matter(matched)
    return Answered(asked.ask, draft, topic, is_sure, needs=prepared.needs, matter=matter)


def _matter_is_better(asked: Considered, made: Answered, retriever: HybridRetriever) -> bool:
    """Whether what a matter answers is given in place of what the passages do.

    Of a letter it always is, and so is what the bureau's staff wrote for just this. Where a passage
    is sure, staff get the article itself, and so does who goes on with a topic: the model knows no
    such turns.
    """
    if not asked.letter.is_one_question or asked.is_signed:
        return True
    is_staff = asked.query.audience is Audience.STAFF
    is_apart = is_staff or asked.own.understanding.is_follow_up
    if is_apart and _is_sure(asked.own, asked.letter, asked.matched, retriever):
        return False
    return prefers_matter(observe_asked(asked, made, retriever))


def _enough(own: Resolved) -> float:
    """How likely a matter has to be where no passage answers: what is far off needs more."""
    confidence = own.judgement.confidence
    is_far = confidence is not None and confidence.probability < _FAR
    return LIKELY_OF_FAR if is_far else LIKELY_OF_REFUSED


def _is_sure(
    own: Resolved, letter: Letter, matched: Found | None, retriever: HybridRetriever
) -> bool:
    """Whether the passage found first is given as the answer, not as what is nearest: never one
    that nobody prepared and that lacks what is asked for, a term or a penalty."""
    hits = own.found.hits
    if is_unprepared(own, retriever) and kinds_lacking(
        own.understanding, retriever.corpus, hits[0].passage
    ):
        return False
    # What goes on with a topic is found by a model fitted for that.
    is_leaning = own.understanding.is_follow_up
    enough = _PASSAGE_LEANING if is_leaning else max(PASSAGE, matched.chance if matched else 0.0)
    return letter.is_one_question and bool(hits) and hits[0].score >= enough


def decide_outside(asked: Considered, retriever: HybridRetriever) -> Answered:
    """A refusal that names what decides an ask, or says who knows it."""
    corpus, matched, ask, letter = retriever.corpus, asked.matched, asked.ask, asked.letter
    is_near = matched is not None and matched.chance >= LIKELY
    unsaid = _likeliest_unsaid(matched, corpus) if matched and is_near else None
    needs = [*unsaid.needs, *(matched.matter.needs if matched else ())] if unsaid else []
    needs = list(corpus.lacking(needs))
    known, is_sure = find_known((ask, letter.digest), retriever)
    is_sure = is_sure or bool(needs)
    if matched and not needs and matched.chance >= LIKELY_OF_REFUSED:
        needs = list(corpus.lacking(_needs_of_likeliest(matched)))
    needs += [document.title for document in known if document.title not in needs]
    place = corpus.places.other(letter.text)
    text = tell_unsaid(needs, unsaid.near if unsaid else "", corpus, place, is_sure)
    refusal = DraftSentence(f"{NOT_COVERED}{text}", is_ours=True)
    calls = () if needs else tell_hotlines(corpus)
    draft = Draft((refusal, *calls), Outcome.DECLINED)
    matter = _sure_matter(matched)
    return Answered(ask, draft, text, is_outside=True, needs=tuple(needs), matter=matter)


def _likeliest_unsaid(matched: Found, corpus: Corpus) -> Ask | None:
    """The ask that the corpus does not answer, if it is about as likely meant as any."""
    best = matched.asks[0][1]
    for number, chance in matched.asks:
        ask = matched.matter.ask[number]
        if is_unsaid(ask, corpus) and chance >= _AS_LIKELY * best:
            return ask
    return None


def _needs_of_likeliest(matched: Found) -> list[str]:
    """What the asks that may be meant depend on beside what the corpus says of them."""
    least = _MAY_BE_MEANT * matched.asks[0][1]
    asks = [matched.matter.ask[number] for number, chance in matched.asks if chance >= least]
    needs = [need for ask in asks for need in ask.needs]
    return list(dict.fromkeys((*needs, *matched.matter.needs)))


def _with_known(refusal: Draft, known: Sequence[KnownDocument]) -> Draft:
    """The refusal with the texts outside the corpus that decide what is asked."""
    if not known:
        return refusal
    names = "、".join(document.full_name for document in known)
    decides = f"（{known[0].decides}）" if known[0].decides else ""
    told = DraftSentence(f"这一点要看{names}{decides}。", is_ours=True)
    return replace(refusal, sentences=(*refusal.sentences, told))
