"""A resolved question → the draft of its answer."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.asks import Answered, answer_ask, is_left_open, leave_open
from assistant.answering.considering import consider
from assistant.answering.earlier import tell_earlier
from assistant.answering.structure import tell_structure
from assistant.deciding import come_first, name_all, refuse_outright, reply, tell_absent
from assistant.dialog import Resolved
from assistant.extracting import ExtractiveComposer, note_titles, overview_of
from assistant.question import QUOTED, read_letter
from assistant.types import Draft, DraftSentence, Outcome, Query
from index.search import HybridRetriever

#: So many asks of a letter are answered; the others are named.
_MOST = 4
#: A question that names an article and says more than this besides tells a story.
_LOOKED_UP = 60
#: Who is in danger and says no more than this needs the number and nothing else.
_URGENT = 40
_SHOWN = 24


def draft_answer(query: Query, resolved: Resolved, retriever: HybridRetriever) -> Draft:
    """The draft: a kind word, a look-up, or the asks in their order."""
    if said := reply(query.question):
        return said
    first = come_first(query.question)
    if first and len(query.question) <= _URGENT:
        return Draft(first)
    draft = _draft(query, resolved, retriever)
    return replace(draft, sentences=(*first, *draft.sentences)) if first else draft


def _draft(query: Query, resolved: Resolved, retriever: HybridRetriever) -> Draft:
    understanding = resolved.understanding
    letter = read_letter(query.question)
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, resolved.fits)
    if refusal := refuse_outright(understanding):
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
    asks = (letter.text,) if letter.is_one_question or not letter.asks else letter.asks
    asked = [consider(ask, letter, query, resolved, retriever) for ask in asks[:_MOST]]
    answered = [answer_ask(one, retriever) for one in asked]
    is_open = is_left_open(asked, answered)
    if is_open:
        answered = [leave_open(*both, retriever) for both in zip(asked, answered, strict=True)]
    joined = _join(answered)
    is_refused = joined.outcome is Outcome.DECLINED
    notes = [] if is_refused else _notes(query, resolved, retriever)
    if is_open:
        joined = replace(joined, outcome=Outcome.DECLINED)
    sentences = [s for s in notes if s not in joined.sentences] + list(joined.sentences)
    sentences += tell_earlier(joined, query, understanding, retriever.corpus)
    if len(asks) > _MOST and letter.asks:
        left = "、".join(map(_label, asks[_MOST:]))
        sentences.append(
            DraftSentence(f"一次最多答四件事，还没有答的请另问：{left}。", is_ours=True)
        )
    return replace(joined, sentences=tuple(sentences))


def _notes(query: Query, resolved: Resolved, retriever: HybridRetriever) -> list[DraftSentence]:
    """What must be known of the texts that the question names: repealed, or not held."""
    references, corpus = resolved.understanding.references, retriever.corpus
    notes = note_titles(references, query.as_of, corpus)
    absent = tell_absent(query, resolved.understanding, corpus)
    titles = dict.fromkeys(r.title for r in absent if r.title and not corpus.versions(r.title))
    if titles:
        names = name_all(list(titles), corpus)
        told = f"您提到的{names}这里没有收录，下面只引收录的法律。"
        notes.append(DraftSentence(told, is_ours=True))
    return notes


def _join(answered: Sequence[Answered]) -> Draft:
    """The parts in their order, each answer once; one alone needs no label.

    Beside parts that are answered, those of which nothing is known are named in one sentence.
    """
    parts: dict[str, Answered] = {}
    for one in answered:
        parts.setdefault(one.topic or one.ask, one)
    known = [p for p in parts.values() if p.topic]
    given = [p for p in known if p.draft.outcome is Outcome.ANSWERED]
    shown = known or list(parts.values())[:1]
    unknown = [p.ask for p in parts.values() if not p.topic] if given else []
    sentences: list[DraftSentence] = []
    for one in shown:
        label = _label(one.ask) if len(shown) > 1 else ""
        told = {s.shown for s in sentences}
        sentences += [replace(s, part=label) for s in one.draft.sentences if s.shown not in told]
    if unknown:
        asks = "、".join(map(_label, unknown))
        sentences.append(DraftSentence(f"还问到的{asks}，没有找到可以核对的规定。", is_ours=True))
    return Draft(tuple(sentences), Outcome.ANSWERED if given else Outcome.DECLINED)


def _label(ask: str) -> str:
    # What the reader quotes himself is not repeated as if it were said.
    said = QUOTED.sub("…", ask)
    return f"“{said if len(said) <= _SHOWN else said[: _SHOWN - 1] + '…'}”"
