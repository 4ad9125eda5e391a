"""Drafts with known faults: sixty texts as offices, law firms, companies and newsrooms write them.

They were written by people who had only the articles and saw nothing else of the project. What is
right and what is wrong is marked in the text: ``⟦3:……⟧``, and ``⟦4@key:12-58⟧`` where the words are
the article's own, which are put in from the corpus.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.checking import Finding, check_text
from corpus.catalog import Corpus
from corpus.key import Key
from corpus.loading import load_whole
from eval.examples import read_rows

#: The day as of which the drafts are judged.
DAY = date(2026, 11, 28)
_MARK = re.compile(r"⟦(\d+)(?:@([^:⟧]+))?:(.*?)⟧", re.DOTALL)
_SLICE = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` of a draft: what it is, and whether it is wrong."""

    start: int
    end: int
    kind: str
    is_fault: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft without its marks."""

    id: str
    split: str
    text: str
    marks: tuple[Mark, ...]


def load_drafts(corpus: Corpus) -> list[Draft]:
    """Every draft, the words of the law put in."""
    rows = read_rows("drafts.jsonl")
    keys = {key for row in rows for _, key, _ in _MARK.findall(row["text"]) if key}
    whole = load_whole(corpus, {Key.parse(key).owner for key in keys})
    return [_draft(row, whole) for row in rows]


def _draft(row: Mapping[str, object], corpus: Corpus) -> Draft:
    given, marks = str(row["text"]), row["marks"]
    assert isinstance(marks, Mapping)
    parts: list[str] = []
    found: list[Mark] = []
    at = length = 0
    for match in _MARK.finditer(given):
        words = _words(match[2], match[3], corpus) if match[2] else match[3]
        parts += [given[at : match.start()], words]
        length += match.start() - at
        of = marks[match[1]]
        found.append(Mark(length, length + len(words), of["kind"], of.get("fault", False)))
        length += len(words)
        at = match.end()
    return Draft(str(row["id"]), str(row["split"]), "".join([*parts, given[at:]]), tuple(found))


def _words(key: str, slices: str, corpus: Corpus) -> str:
    """Slices of an article, …… between them."""
    found = corpus.article(key, DAY)
    if found is None:
        raise KeyError(key)
    text = found[1].text
    return "……".join(text[int(a) : int(b)] for a, b in _SLICE.findall(slices))


@dataclass(frozen=True, slots=True)
class Judged:
    """A mark and whether something wrong was found there; ``mark`` is None for a finding where
    nothing is marked."""

    draft: Draft
    mark: Mark | None
    finding: Finding | None


def judge_drafts(drafts: Iterable[Draft], corpus: Corpus) -> Iterator[Judged]:
    """Every mark of the drafts, and what was found wrong beside them."""
    for draft in drafts:
        wrong = check_text(draft.text, corpus, DAY).wrong
        faults = [mark for mark in draft.marks if mark.is_fault]
        for mark in draft.marks:
            hits = [f for f in wrong if _meet(f, mark)]
            if not mark.is_fault:
                hits = [f for f in hits if not any(_meet(f, fault) for fault in faults)]
            yield Judged(draft, mark, hits[0] if hits else None)
        yield from (
            Judged(draft, None, f) for f in wrong if not any(_meet(f, m) for m in draft.marks)
        )


def _meet(finding: Finding, mark: Mark) -> bool:
    return finding.start < mark.end and mark.start < finding.end
