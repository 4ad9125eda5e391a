"""Two wordings compared: a quotation with its source, an article on one day and on another."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from corpus.catalog import Corpus
from corpus.errors import OptionError
from corpus.key import Key, short_title
from corpus.language import chinese_date, fold
from corpus.loading import cited_names, load_whole
from corpus.statutes import in_marks
from corpus.types import Article, Document

#: Words are compared character by character; what is left between two changes is shown where it has
#: so many characters, else both are one change.
_BETWEEN = 2
#: From this likeness on two articles are the same one, changed.
_LIKE = 0.5
#: Two texts have little in common where runs of so many characters make up less than this share of
#: the shorter one.
_RUN, _IN_COMMON = 6, 0.5
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` became ``after``; both alike where nothing changed, one empty where words were
    added or left out."""

    before: str
    after: str

    @property
    def is_change(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def changes(before: str, after: str) -> tuple[Change, ...]:
    """What became of ``before``, piece by piece; the pieces together are the two texts."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Change] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        piece = Change(before[a:b], after[c:d])
        is_short = tag == "equal" and b - a < _BETWEEN and a > 0 and b < len(before)
        if found and (found[-1].is_change and (piece.is_change or is_short)):
            found[-1] = Change(found[-1].before + piece.before, found[-1].after + piece.after)
        else:
            found.append(piece)
    return tuple(found)


class Became(StrEnum):
    """What became of an article between two days."""

    ADDED = "新增"
    CHANGED = "改动"
    MOVED = "移到"
    GONE = "删去"


@dataclass(frozen=True, slots=True)
class Difference:
    """An article on the first day, on the second, or on both; ``note`` is ours, ``also`` are the
    articles that took over parts of it besides."""

    became: Became
    before: tuple[Document, Article] | None
    after: tuple[Document, Article] | None
    changes: tuple[Change, ...] = ()
    note: str = ""
    also: tuple[tuple[Document, Article], ...] = ()

    @property
    def is_rewritten(self) -> bool:
        """Whether the two texts have so little in common that their changes tell nothing."""
        if not self.before or not self.after or not self.changes:
            return False
        kept = [c.before for c in self.changes if not c.is_change and len(c.before) >= _RUN]
        shorter = min(len(self.before[1].text), len(self.after[1].text))
        return sum(map(len, kept)) < _IN_COMMON * shorter

    @property
    def remark(self) -> str:
        """The note and the further articles in words."""
        others = "、".join(article.label for _, article in self.also)
        return f"{self.note}另见{others}。" if others else self.note

    def to_json(self) -> dict[str, Any]:
        """The difference as plain data."""
        sides = {"before": self.before, "after": self.after}
        return {
            "became": self.became.value,
            **{
                side: {"key": found[1].key, "label": found[1].label, "text": found[1].text}
                for side, found in sides.items()
                if found
            },
            "changes": [asdict(change) for change in self.changes],
            "note": self.remark,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """A title on two days; ``says`` tells what holds on each of them."""

    title: str
    first: date
    second: date
    says: str
    differences: tuple[Difference, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return {
            "title": self.title,
            "from": self.first.isoformat(),
            "to": self.second.isoformat(),
            "says": self.says,
            "differences": [one.to_json() for one in self.differences],
        }


def compare(corpus: Corpus, name: str, first: date, second: date) -> Comparison:
    """What of a text changed between two days; OptionError where ``name`` is none that is held."""
    if second < first:
        first, second = second, first
    title = cited_names(corpus).get(fold(name.strip("《》 ")), name)
    corpus = load_whole(corpus, [title])
    before, after = corpus.version_on(title, first), corpus.version_on(title, second)
    if before is None or after is None:
        raise OptionError(f"没有收录《{name}》，请用 ecopolicy corpus list 查看有哪些文件。")
    told = [_told(corpus, document, day) for document, day in ((before, first), (after, second))]
    told.append(_told_replaced(corpus, title, first, second))
    repeal = corpus.repeal(title)
    if repeal and first < repeal.day <= second:
        found = tuple(_replaced(corpus, before, second))
    elif before is after:
        found = ()
    else:
        found = tuple(_versions(before, after))
    return Comparison(title, first, second, "".join(told), found)


def _told(corpus: Corpus, document: Document, day: date) -> str:
    adopted = f"（{document.adopted.year}年版本）" if document.adopted else ""
    status = corpus.status(document, day).value
    return f"{chinese_date(day)}：《{short_title(document.title)}》{adopted}{status}。"


def _told_replaced(corpus: Corpus, title: str, first: date, second: date) -> str:
    """Which laws a text took the place of between the days: those are to be compared."""
    laws = {document.title for document in corpus.documents}
    repeals = {law: repeal for law in laws if (repeal := corpus.repeal(law))}
    olds = [
        in_marks(short_title(law))
        for law, repeal in repeals.items()
        if Key.parse(repeal.by).owner == title and first < repeal.day <= second
    ]
    if not olds:
        return ""
    return f"它取代了{'、'.join(sorted(olds))}，请选其中一部来对照。"


def _replaced(corpus: Corpus, before: Document, day: date) -> Iterator[Difference]:
    """What governs instead of each article of a repealed statute."""
    for article in before.articles:
        successor = corpus.successors.get(article.key)
        keys = successor.new if successor else ()
        places = [found for key in keys if (found := corpus.article(key, day))]
        note = successor.note if successor else "对照表没有列出这一条的去向。"
        if not places:
            yield Difference(Became.GONE, (before, article), None, note=note)
        for place in places[:1]:
            yield Difference(
                Became.CHANGED,
                (before, article),
                place,
                changes(article.text, place[1].text),
                note,
                tuple(places[1:]),
            )


def _versions(before: Document, after: Document) -> Iterator[Difference]:
    """What became of the articles of one version in the next, in the order of the later one."""
    same = {_bare(a.text): a for a in before.articles}
    kept = {id(same[_bare(a.text)]) for a in after.articles if _bare(a.text) in same}
    left = [a for a in before.articles if id(a) not in kept]
    for article in after.articles:
        if _bare(article.text) in same:
            old = same[_bare(article.text)]
            if old.label != article.label:
                yield Difference(Became.MOVED, (before, old), (after, article))
            continue
        likely = max(left, key=lambda old: _likeness(old, article), default=None)
        is_same = likely is not None and _likeness(likely, article) >= _LIKE
        if not is_same or likely is None:
            yield Difference(Became.ADDED, None, (after, article))
            continue
        left.remove(likely)
        yield Difference(
            Became.CHANGED, (before, likely), (after, article), changes(likely.text, article.text)
        )
    for old in left:
        yield Difference(Became.GONE, (before, old), None)


def _likeness(one: Article, other: Article) -> float:
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
        return 0.0
    return matcher.ratio()


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
