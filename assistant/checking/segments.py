"""Which words of a draft speak of which of its citations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checking.reading import Cited, Draft, part_of
from assistant.checking.types import Finding, Verdict
from corpus.key import short_title
from corpus.language import fold, load_cues
from corpus.statutes import in_marks
from corpus.types import Article, Document

_DATE = re.compile(
    r"[0-9〇零一二三四五六七八九]{4}年(?:度|[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}[日号])?)?"
    r"|[0-9一二三四五六七八九十]{1,3}月(?:份|[0-9一二三四五六七八九十]{1,3}[日号])"
    r"|[0-9]{1,2}[日号](?=上午|下午|至|—|-|前)"
)
_LISTED = 2
#: An article's sentences and items.
PIECES = re.compile("[；。\\n]")

#: An article, and the 款 of it that is named, or the whole of it: ``text[start:end]``.
Place = tuple[Document, Article, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that speak of some citations: ``text[start:end]``.

    ``is_told`` where the article is told and not only applied, ``is_leaning`` where they stand in a
    later sentence.
    """

    start: int
    end: int
    cited: tuple[Cited, ...]
    is_told: bool = False
    is_leaning: bool = False


def segments(draft: Draft) -> Iterator[Segment]:
    """What stands behind a group of citations up to the next one, in its sentence and in those
    that follow in the line; the words before the first one speak of it as well."""
    last: tuple[tuple[int, int], tuple[Cited, ...]] | None = None
    for sentence in draft.sentences:
        groups = _groups(draft, sentence)
        if not groups:
            line = draft.line_at(sentence[0])
            if last and last[0] == line:
                yield Segment(*sentence, last[1], is_leaning=True)
            continue
        for number, group in enumerate(groups):
            end = groups[number + 1][0].start if number + 1 < len(groups) else sentence[1]
            yield replace(_segment(draft, sentence, group), end=end)
            if number == 0:
                yield Segment(sentence[0], group[0].start, tuple(group), is_leaning=True)
        last = (draft.line_at(sentence[0]), tuple(groups[-1]))


def _segment(draft: Draft, sentence: tuple[int, int], group: Sequence[Cited]) -> Segment:
    behind = fold(draft.text[group[-1].end : sentence[1]])
    before = fold(draft.text[sentence[0] : group[0].start])
    is_told = cue("tells", behind[:16]) and not cue("applies", before[-12:])
    return Segment(group[-1].end, sentence[1], tuple(group), is_told)


def cue(name: str, text: str) -> bool:
    """Whether a text has a cue of ``words.toml``."""
    return load_cues("assistant.checking", "words.toml")[name].found_in(text)


def _groups(draft: Draft, sentence: tuple[int, int]) -> list[list[Cited]]:
    """The citations of a sentence that have articles; those in one list belong together."""
    groups: list[list[Cited]] = []
    for cited in draft.within(sentence):
        if not cited.citation.places:
            continue
        if groups and len(draft.text[groups[-1][-1].end : cited.start]) <= _LISTED:
            groups[-1].append(cited)
        else:
            groups.append([cited])
    return groups


def places(draft: Draft, cited: Sequence[Cited]) -> list[Place]:
    """The articles that are cited, each with the 款 that is named in it, or the whole of it."""
    found = []
    for one in cited:
        for place, (document, article) in draft.places_of(one):
            part = part_of(document, article, replace(place, item=None))
            found.append((document, article, part or (0, len(article.text))))
    return found


def cited_beside(draft: Draft, segment: Segment) -> list[Place]:
    """The other articles, or other 款 of the same, that the sentence cites."""
    sentence = draft.sentence_at(segment.start)
    others = [c for c in draft.within(sentence) if c not in segment.cited]
    own = [(article.key, part) for _, article, part in places(draft, segment.cited)]
    found = places(draft, others)
    return [place for place in found if (place[1].key, place[2]) not in own]


def hidden_in(draft: Draft, segment: Segment) -> list[tuple[int, int]]:
    """What of a segment says nothing of an article: quotations, dates, further citations."""
    text = draft.text[segment.start : segment.end]
    found = [(q.start, q.end) for q in draft.quotations if segment.start <= q.start < segment.end]
    found += [(segment.start + m.start(), segment.start + m.end()) for m in _DATE.finditer(text)]
    return found + [(c.start, c.end) for c in draft.within((segment.start, segment.end))]


def clause_at(text: str, place: int) -> tuple[int, int]:
    """``[start:end]`` of the clause that a place is in."""
    start = max(text.rfind(mark, 0, place) for mark in "，。；：！？\n、,;") + 1
    ends = [at for mark in "，。；！？\n,;" if (at := text.find(mark, place)) >= 0]
    return start, min(ends, default=len(text))


def fine(draft: Draft, start: int, end: int, own: Sequence[Place]) -> Finding:
    """What is said of an article at ``[start:end]`` is what it says."""
    document, article, _ = own[0]
    says = f"{in_marks(short_title(document.title))}{article.label}里有。"
    text = draft.text[start:end]
    return Finding(
        Verdict.STANDS, start, end, text, says, document.title, (article.key,), article.label
    )
