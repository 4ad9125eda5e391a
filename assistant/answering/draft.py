"""A resolved question → the draft of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.asks import (
    SURELY_OUTSIDE,
    Answered,
    answer_ask,
    is_left_open,
    leave_open,
)
from assistant.answering.considering import Considered, consider
from assistant.answering.earlier import tell_earlier
from assistant.answering.structure import tell_structure
from assistant.deciding import (
    come_first,
    name_all,
    refuse_outright,
    refuse_what_no_text_tells,
    reply,
    tell_absent,
    tell_needs,
)
from assistant.dialog import Resolved
from assistant.extracting import ExtractiveComposer, note_titles, overview_of
from assistant.question import QUOTED, Aspect, aspects_of, read_letter
from assistant.types import Draft, DraftSentence, Outcome, Query
from corpus.catalog import Corpus
from corpus.key import Key, short_title
from corpus.language import (
    Reference,
    amounts,
    format_reference,
    overlap,
    shorten,
    to_chinese,
    widen_marks,
)
from index.search import HybridRetriever
from index.types import ScoredPassage

#: So many asks of a letter are answered; the others are named.
MOST_ASKS = 6
#: A question that names an article and says more than this besides tells a story.
_LOOKED_UP = 60
#: Who is in danger and says no more than this needs the number and nothing else.
_URGENT = 40
#: The share of a sentence's words that stand in another of the same passages which says it too.
_SAID = 0.9
#: About so many characters of an ask name it above its part.
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Part:
    """An ask with its answer and the passages that were found for it.

    ``is_closed`` tells that no passage can answer it: a text outside the corpus surely decides it,
    or no text gives such a detail. ``needs`` and ``matter`` are those of what was answered.
    """

    ask: str
    draft: Draft
    hits: tuple[ScoredPassage, ...]
    is_closed: bool = False
    needs: tuple[str, ...] = ()
    matter: str = ""

    @property
    def scope(self) -> tuple[DraftSentence, ...]:
        """What has to be known of the texts themselves: for which place, from when they are."""
        return tuple(s for s in self.draft.sentences if not (s.evidence or s.is_ours))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft and what it is made of: what comes first, the asks in their order, what comes last,
    and which asks are left.

    There are no ``parts`` where the text itself is the answer (an article by its number, a
    validity, a kind word). ``absent`` are the texts that the question names and nobody holds.
    """

    draft: Draft
    parts: tuple[Part, ...] = ()
    before: tuple[DraftSentence, ...] = ()
    behind: tuple[DraftSentence, ...] = ()
    left: tuple[DraftSentence, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The texts outside the corpus that decide what was asked, each once."""
        told = (need for part in self.parts for need in part.needs)
        return tuple(dict.fromkeys((*self.absent, *told)))

    @property
    def matter(self) -> str:
        """The id of the first matter that surely is meant; empty where none is."""
        return next((part.matter for part in self.parts if part.matter), "")


def draft_answer(query: Query, resolved: Resolved, retriever: HybridRetriever) -> Drafted:
    """The draft: a kind word, a look-up, or the asks in their order."""
    if said := reply(query.question):
        return Drafted(said)
    first = come_first(query.question)
    if first and len(query.question) <= _URGENT:
        return Drafted(Draft(first))
    told = _told_at_once(query, resolved, retriever)
    drafted = Drafted(told) if told else _draft(query, resolved, retriever)
    drafted = replace(drafted, absent=_absent(query, resolved, retriever))
    if not first:
        return drafted
    draft = replace(drafted.draft, sentences=(*first, *drafted.draft.sentences))
    return replace(drafted, draft=draft, before=(*first, *drafted.before))


def _told_at_once(query: Query, resolved: Resolved, retriever: HybridRetriever) -> Draft | None:
    """The answer where the text itself, or what is known of it, is what was asked for."""
    understanding = resolved.understanding
    letter = read_letter(query.question)
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, resolved.fits)
    if refusal := refuse_outright(understanding.text):
        return refusal
    if letter.is_alone and (refusal := refuse_what_no_text_tells(letter.asked)):
        return refusal
    if told := tell_structure(understanding, retriever.corpus, query.as_of):
        return told
    if listed := overview_of(understanding, retriever.corpus, query.as_of):
        return composer.list_all(query, listed)
    reference = understanding.looked_up
    is_short = len(letter.text) <= _LOOKED_UP or letter.is_one_question
    absent = tell_absent(query, understanding, retriever.corpus)
    if reference and reference.key and not understanding.is_follow_up and is_short:
        if reference in absent and len(understanding.references) == 1:
            return Draft((DraftSentence(absent[reference]),), Outcome.DECLINED)
        return composer.look_up(query, understanding, absent)
    if reference is None and understanding.asks_only_validity and not absent:
        told = composer.tell_validity(query, understanding.references)
        if told.sentences:
            return told
    return None


def _draft(query: Query, resolved: Resolved, retriever: HybridRetriever) -> Drafted:
    """The asks in their order, with what must be known of the texts that are named."""
    letter = read_letter(query.question)
    asks = (letter.text,) if letter.is_one_question or not letter.asks else letter.asks
    asked = [consider(ask, letter, query, resolved, retriever) for ask in asks[:MOST_ASKS]]
    answered = [answer_ask(one, retriever) for one in asked]
    is_open = is_left_open(asked, answered)
    if is_open:
        answered = [leave_open(*both, retriever) for both in zip(asked, answered, strict=True)]
    joined = _join(answered, retriever.corpus)
    is_refused = joined.outcome is Outcome.DECLINED
    notes = [] if is_refused else _notes(query, resolved, retriever)
    if is_open:
        joined = replace(joined, outcome=Outcome.DECLINED)
    before = tuple(s for s in notes if s not in joined.sentences)
    behind = tuple(tell_earlier(joined, query, resolved.understanding, retriever.corpus))
    left: tuple[DraftSentence, ...] = ()
    if len(asks) > MOST_ASKS and letter.asks:
        names = "、".join(map(label_of, asks[MOST_ASKS:]))
        told = f"一次最多答{to_chinese(MOST_ASKS)}件事，还没有答的请另问：{names}。"
        left = (DraftSentence(told, is_ours=True),)
    parts = tuple(
        Part(
            made.ask,
            made.draft,
            one.own.found.hits,
            _is_closed(one, made),
            made.needs,
            made.matter,
        )
        for one, made in zip(asked, answered, strict=True)
    )
    whole = replace(joined, sentences=(*before, *joined.sentences, *behind, *left))
    return Drafted(whole, parts, before, behind, left)


def _is_closed(asked: Considered, made: Answered) -> bool:
    is_declined = made.draft.outcome is Outcome.DECLINED
    is_surely_outside = asked.is_signed or asked.outside >= SURELY_OUTSIDE
    is_unsaid = is_declined and asked.own.judgement.missing is not None
    return (made.is_outside and is_surely_outside) or is_unsaid


def _notes(query: Query, resolved: Resolved, retriever: HybridRetriever) -> list[DraftSentence]:
    """What must be known of the texts that the question names: repealed, or not held."""
    references, corpus = resolved.understanding.references, retriever.corpus
    notes = note_titles(references, query.as_of, corpus)
    if titles := _absent(query, resolved, retriever):
        names = name_all(titles, corpus)
        told = f"您提到的{names}这里没有收录，下面只引收录的法律。"
        notes.append(DraftSentence(told, is_ours=True))
    return notes


def _absent(query: Query, resolved: Resolved, retriever: HybridRetriever) -> tuple[str, ...]:
    """The titles that the question names and the corpus holds in no version."""
    corpus = retriever.corpus
    absent = tell_absent(query, resolved.understanding, corpus)
    titles = (r.title for r in absent if r.title and not corpus.versions(r.title))
    return tuple(dict.fromkeys(titles))


def _join(answered: Sequence[Answered], corpus: Corpus) -> Draft:
    """The parts in their order, each answer once, named by all that it answers; one alone needs no
    label.

    Beside parts that are answered, those of which nothing is known are named in one sentence.
    """
    parts: dict[str, Answered] = {}
    asked: dict[str, list[str]] = {}
    for one in answered:
        topic = one.topic or one.ask
        parts[topic] = _with_rest(parts[topic], one, corpus) if topic in parts else one
        asked.setdefault(topic, []).append(one.ask)
    known = [p for p in parts.values() if p.topic]
    given = [p for p in known if p.draft.outcome is Outcome.ANSWERED]
    shown = known or list(parts.values())[:1]
    unknown = [p.ask for p in parts.values() if not p.topic] if given else []
    of_basis = [ask for ask in unknown if Aspect.SOURCE in aspects_of(ask)]
    sentences: list[DraftSentence] = []
    for one in shown:
        named = map(label_of, asked[one.topic or one.ask])
        label = "".join(named) if len(shown) > 1 else ""
        told = {s.shown for s in sentences}
        for sentence in one.draft.sentences:
            own = (s for s in sentences if s.part == label)
            if sentence.shown not in told and not any(_says_again(sentence, s) for s in own):
                sentences.append(replace(sentence, part=label))
    basis = _basis_of(given) if of_basis else ()
    sentences += [replace(s, part=label_of(of_basis[0])) for s in basis]
    unknown = [ask for ask in unknown if not (basis and ask in of_basis)]
    if unknown:
        asks = "、".join(map(label_of, unknown))
        sentences.append(DraftSentence(f"还问到的{asks}，没有找到可以核对的规定。", is_ours=True))
    return Draft(tuple(sentences), Outcome.ANSWERED if given else Outcome.DECLINED)


def _with_rest(first: Answered, other: Answered, corpus: Corpus) -> Answered:
    """What answers two asks, with what only the second one is told; what else decides them is named
    once."""
    every = (*first.draft.sentences, *other.draft.sentences)
    needs = tuple(dict.fromkeys((*first.needs, *other.needs)))
    named = (*tell_needs(first.needs, corpus), *tell_needs(other.needs, corpus))
    kept: dict[str, DraftSentence] = {}
    for sentence in every:
        if sentence not in named:
            kept.setdefault(sentence.text, sentence)
    last = tell_needs(needs, corpus) if any(s in named for s in every) else ()
    sentences = (*kept.values(), *last)
    return replace(first, draft=replace(first.draft, sentences=sentences), needs=needs)


def _says_again(sentence: DraftSentence, told: DraftSentence) -> bool:
    """Whether a sentence says nothing that one before it does not say, of the same passages: almost
    all its words are there, with the same amounts and as many denials."""
    if not sentence.evidence or not {*sentence.evidence} <= {*told.evidence}:
        return False
    is_there = overlap(sentence.shown, told.shown) >= _SAID
    is_same = amounts(sentence.shown) <= amounts(told.shown)
    return is_there and is_same and sentence.shown.count("不") == told.shown.count("不")


def _basis_of(given: Sequence[Answered]) -> tuple[DraftSentence, ...]:
    """Which articles carry what was answered: who asks for the basis asks for just that."""
    pieces = {e.key: e for one in given for s in one.draft.sentences for e in s.evidence}
    names = [
        format_reference(Reference(short_title(key.owner), key.number, suffix=key.suffix))
        for key in map(Key.parse, pieces)
        if key.is_article
    ]
    if not names or len(names) < len(pieces):
        return ()
    return (DraftSentence(f"依据是{'、'.join(names)}。", tuple(pieces.values()), is_ours=True),)


def label_of(ask: str) -> str:
    """How an ask is named above its part of an answer."""
    # What the reader quotes himself is not repeated as if it were said.
    return f"“{widen_marks(shorten(QUOTED.sub('…', ask), _SHOWN))}”"
