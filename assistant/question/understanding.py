"""What a question asks: checked, brought to one form, completed from the dialog."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.intake import check_question
from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.language import (
    Correction,
    Reference,
    count_pairs,
    count_words,
    expand_ranges,
    fold,
    format_reference,
    parse_references,
)
from corpus.types import Status

_MOST_OF_A_RANGE = 6
_OWN_SUBJECT = 12
#: What may stand behind a part's label.
_OF_A_PART = "(?:这|那)?一?(?:块|部分|板块|方面|段|节|章节)"


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question ready to be answered.

    ``text`` is the last turn, ``search_text`` what is searched for (the turn before added to a
    follow-up), ``subject`` the turn before alone; all are folded. ``content`` is what is asked
    about without the words that only ask, ``own_content`` the last turn's share of it.
    ``is_local`` tells that it uses words of a policy text's own, ``speaks_of_a_city`` that it may
    mean ours or any; ``places`` are those of ours that it names.
    """

    text: str
    search_text: str
    subject: str
    content: str
    own_content: str
    references: tuple[Reference, ...]
    aspects: frozenset[Aspect]
    is_follow_up: bool
    is_local: bool
    speaks_of_a_city: bool
    theme: str | None
    corrections: tuple[Correction, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def doubts(self) -> bool:
        """Whether the question denies rather than affirms (「不是……吗」「没记错吧」 affirm)."""
        return wording("denies").found_in(self.text)

    @property
    def only_tells(self) -> bool:
        """Whether the last turn tells something and asks nothing."""
        return not wording("has_question").found_in(self.text)

    @property
    def claims(self) -> bool:
        """Whether something is told, or put up to be confirmed."""
        return self.only_tells or Aspect.CONFIRM in self.aspects

    @property
    def asks_only_validity(self) -> bool:
        """Whether a title is named and nothing but its validity is asked for."""
        if Aspect.FORCE not in self.aspects or not self.references:
            return False
        rest = self.own_content
        for reference in sorted(self.references, key=lambda r: -r.start):
            if reference.start < reference.end <= len(self.text):
                rest = rest.replace(self.text[reference.start : reference.end], " ")
        return count_words(wording("of_validity").taken_out(rest)) < _OWN_SUBJECT

    @property
    def looks_ahead(self) -> bool:
        """Whether it may ask for a law that is not in force yet."""
        return wording("ahead").found_in(self.search_text)

    @property
    def own_words(self) -> int:
        """How many characters the last turn has besides those that ask or point back."""
        return _own_words(self.own_content)

    @property
    def shown(self) -> str:
        """What the question was understood as, where that is more than what was typed."""
        is_more = self.is_follow_up or self.corrections
        shown = f"{self.subject} {self.text}".strip() if is_more else ""
        assumed = next((r for r in self.references if r.is_assumed), None)
        if assumed is None:
            return shown
        return f"{shown or self.text}（没有写明法律，按{format_reference(assumed)}查）"

    @property
    def looked_up(self) -> Reference | None:
        """The first article that the question names, if it names one."""
        return next((r for r in self.references if r.article is not None), None)


def understand(
    query: Query, corpus: Corpus, earlier: str = "", said: Sequence[str] = ()
) -> Understanding:
    """Check the question and find out what it asks; QuestionError where it is unfit.

    ``earlier`` is what was talked about in the dialog where the question leans on that. ``said``
    are the turns before it, where it is understood by itself all the same: an article of no law is
    one of the law that was named there.
    """
    typed = fold(check_question(query.question))
    text, corrections = corpus.speller.correct(typed)
    places = corpus.places
    if places.other(typed) != places.other(text):
        # 威海 sounds like 围海, and is no mistake.
        text, corrections = typed, ()
    references = _references(text, corpus, query.history, said)
    aspects = aspects_of(text)
    search_text = text
    labels = tuple(part.label for part in corpus.named_parts)
    theme = _theme(text, corpus, query.as_of)
    if theme and _asks_where(text, labels):
        theme, search_text = None, _labels(labels).sub(" ", text)
    if earlier:
        search_text = f"{earlier} {search_text}"
        references = references or _carried(earlier, aspects, query.as_of, corpus)
        aspects = aspects - {Aspect.SIMPLER} or aspects | aspects_of(earlier)
    return Understanding(
        text=text,
        search_text=places.strip(search_text),
        subject=earlier,
        content=_content(places.strip(text), places.strip(search_text)),
        own_content=wording("asking").taken_out(places.strip(text), " "),
        references=references,
        aspects=aspects,
        is_follow_up=bool(earlier),
        is_local=_is_local(f"{earlier} {text}", search_text, corpus),
        speaks_of_a_city=wording("of_a_city").found_in(search_text),
        theme=theme,
        corrections=corrections,
        places=_places(text, earlier, corpus),
    )


def _places(text: str, earlier: str, corpus: Corpus) -> tuple[str, ...]:
    """The names of our places that the last turn names, else those named before it."""
    named = corpus.places.named(text) or corpus.places.named(earlier)
    return tuple(place.name for place in named)


def _references(
    text: str, corpus: Corpus, history: Sequence[str], said: Sequence[str]
) -> tuple[Reference, ...]:
    """What the question names; an article of no law is one of the law that was named before, else
    one of the code, unless a dialog goes on."""
    found = tuple(expand_ranges(parse_references(text, corpus.names), _MOST_OF_A_RANGE))
    if not found or any(r.title for r in found):
        return found
    meant = _title_before(found, said or history, corpus)
    if not meant and not history:
        meant = corpus.default_statute
    return tuple(replace(r, title=meant, is_assumed=True) for r in found) if meant else found


def _title_before(found: Sequence[Reference], said: Sequence[str], corpus: Corpus) -> str | None:
    """The law of which the turns before named one of these articles, else the one named last with
    an article."""
    named = [r for turn in said for r in parse_references(fold(turn), corpus.names) if r.key][::-1]
    numbers = {(r.article, r.suffix) for r in found}
    same = [r for r in named if (r.article, r.suffix) in numbers]
    return next((r.title for r in (*same, *named)), None)


def _carried(
    earlier: str, aspects: frozenset[Aspect], day: date, corpus: Corpus
) -> tuple[Reference, ...]:
    """What was named earlier and is still asked about.

    That is an article, and a title where validity is asked about or has been lost; a title in force
    says no more than what the question is about.
    """
    found = tuple(parse_references(earlier, corpus.names))
    if aspects & {Aspect.FORCE, Aspect.DATE}:
        return found
    return tuple(r for r in found if r.key or not _in_force(r, day, corpus))


def _in_force(reference: Reference, day: date, corpus: Corpus) -> bool:
    document = corpus.version_on(reference.title or "", day)
    return document is not None and corpus.status(document, day) is Status.IN_FORCE


def _own_words(content: str) -> int:
    return count_words(wording("pointing").taken_out(content))


def _content(text: str, search_text: str) -> str:
    """A follow-up without words of its own says nothing of which part of an article is meant."""
    own = wording("asking").taken_out(text, " ")
    return own if _own_words(own) else wording("asking").taken_out(search_text, " ")


def _has_local_words(text: str, corpus: Corpus) -> bool:
    pairs, figures = corpus.local_words
    return not pairs.isdisjoint(count_pairs([text])) or any(f in text for f in figures)


def _is_local(text: str, search_text: str, corpus: Corpus) -> bool:
    """Whether a question names one of our places, or uses words of a policy text's own."""
    parts = corpus.named_parts
    labels = [part.label for part in parts if not part.is_everyday]
    return (
        corpus.places.is_named(text)
        or wording("of_policy").with_labels(labels).search(text) is not None
        or any(part.is_everyday and part.named_in(text) for part in parts)
        or _has_local_words(search_text, corpus)
    )


def _asks_where(text: str, labels: tuple[str, ...]) -> bool:
    """Whether it is asked (or claimed) which part something stands in, not what a part says."""
    stands_in, says = wording("stands_in"), wording("part_says")
    return bool(stands_in.with_labels(labels).search(text)) and not (
        says.with_labels(labels).search(text)
    )


@lru_cache(maxsize=16)
def _labels(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"“?(?:{'|'.join(labels)})”?(?:{_OF_A_PART})?")


def _theme(text: str, corpus: Corpus, day: date) -> str | None:
    """The key of the policy part, where the question names exactly one of those that hold."""
    named = [part for part in corpus.named_parts if part.named_in(text)]
    places = {place.name for place in corpus.places.named(text)}
    meant = [part for part in named if part.place in places] or named
    holding = [
        part.key
        for part in meant
        if corpus.status(corpus.document(part.document_id), day)
        not in (Status.EARLIER, Status.NOT_YET)
    ]
    return holding[0] if len(holding) == 1 else None
