"""Which of several current articles a draft means where the one that it cites was divided up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.checking.reading import Cited, Draft, part_of
from corpus.key import Key, short_title
from corpus.language import clauses, ordinal
from corpus.statutes import in_marks
from corpus.succession import meant_successor

#: So many characters tell which case an article is for.
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Succession:
    """What governs today: ``keys``, the one that is meant first; ``is_clear`` where the draft says
    which it means, or there is only one."""

    keys: tuple[str, ...]
    is_clear: bool

    @property
    def meant(self) -> tuple[str, ...]:
        """What the draft may mean."""
        return self.keys[:1] if self.is_clear else self.keys


def succession(draft: Draft, cited: Cited, old: str) -> Succession:
    """What governs the old article ``old`` today, by what the draft says around ``cited``.

    The part of the old article that is named is compared first, then the words between the
    citations beside it, its sentence, and its line: the first of them that tells it.
    """
    keys = draft.corpus.governing(old, draft.day)
    if len(keys) < 2:
        return Succession(keys, bool(keys))
    most = max(draft.rarity.values(), default=0.0)
    meant = meant_successor(
        keys,
        _wordings(draft, cited, old),
        draft.corpus,
        draft.day,
        lambda pair: draft.rarity.get(pair, most),
    )
    rest = (key for key in keys if key != meant)
    return Succession((meant, *rest), True) if meant else Succession(keys, False)


def may_stand(found: Mapping[str, Succession]) -> str:
    """What can be put where the old articles stand; empty where one of them leaves a choice, or
    has nothing in its place."""
    if not all(one.is_clear for one in found.values()):
        return ""
    return list_of(dict.fromkeys(one.keys[0] for one in found.values()))


def choices(draft: Draft, found: Mapping[str, Succession]) -> str:
    """What may stand there, each with the case that it is for, where the draft leaves it open;
    of several old articles each by itself."""
    if may_stand(found):
        return ""
    told = []
    for old, one in found.items():
        cases = [case_of(draft, key) if len(one.meant) > 1 else "" for key in one.meant]
        said = "或者".join(map("".join, zip(_names(one.meant), cases, strict=True)))
        head = f"第{ordinal(Key.parse(old).number)}条" if len(found) > 1 else ""
        told.append(f"{head}{'可以是' if head and said else ''}{said or '没有接替的条文'}")
    return "；".join(told)


def list_of(keys: Iterable[str]) -> str:
    """How articles are cited together: the title stands once."""
    return "、".join(_names(keys))


def _names(keys: Iterable[str]) -> Iterator[str]:
    owner = ""
    for key in keys:
        parsed = Key.parse(key)
        title = "" if parsed.owner == owner else in_marks(short_title(parsed.owner))
        owner = parsed.owner
        yield f"{title}第{ordinal(parsed.number)}条{parsed.suffix}"


def case_of(draft: Draft, key: str) -> str:
    """In brackets, a few words that tell which case an article is for: our gist of it, said to be
    that, or how it begins."""
    found = draft.corpus.article(key, draft.day)
    gist = draft.corpus.gist(key)
    first = next(iter(clauses(gist or (found[1].text if found else ""))), "")
    shown = first if len(first) <= _SHOWN else f"{first[: _SHOWN - 1]}…"
    return f"（{'大意：' if gist else ''}{shown}）"


def _wordings(draft: Draft, cited: Cited, old: str) -> Iterator[str]:
    for place, (document, article) in draft.places_of(cited):
        part = part_of(document, article, place)
        if article.key == old and part and part != (0, len(article.text)):
            yield article.text[slice(*part)]
    sentence, line = draft.sentence_at(cited.start), draft.line_at(cited.start)
    beside = draft.within(sentence)
    at = beside.index(cited)
    start = beside[at - 1].end if at else sentence[0]
    end = beside[at + 1].start if at + 1 < len(beside) else sentence[1]
    for span in ((start, end), sentence, line):
        yield draft.words_in(span)
