"""Article → its 款 and 项 (or sentences), and document → the passages that are indexed."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.collection import Collection, Kind
from corpus.language import item_number, to_chinese
from corpus.types import Article, Document, Passage, Span

#: An article up to this many characters is one passage; a longer one is split by 款, then by 项.
MAX_CHARS = 320
#: So many documents are remembered with their passages: with every document that staff add, those
#: of all are asked for.
_REMEMBERED = 1024

_ANNEX = re.compile(r"^附(表|：|件)")
#: Stands between what names a table and one of its rows, and nowhere else in a text: a line with it
#: is quoted as a whole, whatever sentences a cell may hold.
FACT_MARK = "\u3000"
_BETWEEN_NAMES = re.compile(r"[／（）()，、；]")
_SENTENCE = re.compile(rf"[^\n]*{FACT_MARK}[^\n]*|[^。！？\n]*[。！？]?[”」]?")


def is_item(line: str) -> bool:
    """Whether a line is a 项: 「（三）……」."""
    return item_number(line) is not None


def is_fact(text: str) -> bool:
    """Whether a text is, or holds, a row of a table: 「表1 限值　化学需氧量：直接排放 60」."""
    return FACT_MARK in text


def names_of_row(line: str) -> list[str]:
    """What names the row that a line tells: 化学需氧量 and COD; none for a line that is no row."""
    head = line.partition(FACT_MARK)[2].partition("：")[0]
    return [name for name in _BETWEEN_NAMES.split(head) if name]


def rest_of_row(line: str) -> str:
    """What a line tells of its row beside its names: the table's title, its columns, their
    values."""
    title, _, row = line.partition(FACT_MARK)
    return f"{title}\n{row.partition('：')[2]}"


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the sentences in ``text[start:end]``, each with its closing mark.

    A fact of a table is one, whatever its cells hold.
    """
    return [
        (match.start(), match.end())
        for match in _SENTENCE.finditer(text, start, end)
        if match[0].strip()
    ]


def spans(article: Article, collection: Collection) -> tuple[Span, ...]:
    """The 款 and 项 of a statute's article, or the sentences of a paragraph, in order."""
    if collection.kind is not Kind.STATUTE:
        head = locator_of(article, collection)
        return tuple(
            Span(start, end, f"{head}第{to_chinese(i)}{_name_of(article.text[start:end])}", i)
            for i, (start, end) in enumerate(sentences(article.text, 0, len(article.text)), 1)
        )
    return tuple(_statute_spans(article))


def locator_over(article: Article, collection: Collection, start: int, end: int) -> str:
    """How ``text[start:end]`` of an article is cited: its 款 and 项, of several those from the
    first to the last (第五条第二款至第四款); the whole article by itself."""
    every = spans(article, collection)
    found = [span for span in every if span.start < end and start < span.end]
    if not found or len(found) == len(every) > 1:
        return article.label
    first, last = found[0], found[-1]
    of_one = first.paragraph == last.paragraph
    if len(found) == 1 or (of_one and not first.is_item):
        return first.locator  # a 款 with what is listed below it
    if not of_one:
        first, last = (_of_paragraph(span, every) for span in (first, last))
    between = "、" if len({(s.paragraph, s.item) for s in found}) == 2 else "至"
    rest = last.locator.removeprefix(article.label)
    if of_one:
        rest = rest[rest.rindex("第（") :] if "第（" in rest else rest
    return first.locator if first == last else f"{first.locator}{between}{rest}"


def _of_paragraph(span: Span, every: tuple[Span, ...]) -> Span:
    """The 款 that a 项 is listed in."""
    return next((s for s in every if s.paragraph == span.paragraph and not s.is_item), span)


def _name_of(unit: str) -> str:
    return "行" if is_fact(unit) else "句"


def locator_of(article: Article, collection: Collection) -> str:
    """How a whole article is cited: 第五条, “减污”部分."""
    return collection.cut.locator.format(label=article.label)


def opens_part(article: Article, collection: Collection, start: int) -> bool:
    """Whether what begins at ``start`` is the sentence that announces a part of a policy text."""
    pattern = collection.cut.part
    return bool(pattern) and re.match(pattern, article.text[start:]) is not None


def find_part(
    article: Article, collection: Collection, paragraph: int | None, item: int | None
) -> tuple[int, int] | None:
    """``[start:end]`` of the named 款 (with its list) or 项; None where the article has none such.

    A 项 named without its 款 is that of the first 款 that has it.
    """
    found = [s for s in spans(article, collection) if paragraph in (None, s.paragraph)]
    if paragraph is None:
        found = [s for s in found if s.is_item and s.item == item]
        return (found[0].start, found[0].end) if found else None
    if not found:
        return None
    if item is None:
        return found[0].start, found[-1].end
    items = [s for s in found if s.is_item]
    if not 0 < item <= len(items):
        return None
    return items[item - 1].start, items[item - 1].end


def has_items(article: Article, collection: Collection) -> bool:
    """Whether anything in the article is listed as 项."""
    return any(span.is_item for span in spans(article, collection))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _statute_spans(article: Article) -> Iterator[Span]:
    body = [line for _, line in _lines(article.text)]
    annex = next((i for i, line in enumerate(body) if _ANNEX.match(line)), len(body))
    count = sum(not is_item(line) and not is_fact(line) for line in body[:annex])
    paragraph = number = 0
    for index, (offset, line) in enumerate(_lines(article.text)):
        end = offset + len(line)
        if index >= annex:
            yield Span(offset, end, f"{article.label}附表", paragraph + 1)
            continue
        if is_fact(line):  # the rows of a table belong to the 款 above them
            yield Span(offset, end, f"{article.label}表", max(paragraph, 1))
            continue
        item = item_number(line)
        paragraph += 0 if item and paragraph else 1
        number = number + 1 if item else 0
        locator = article.label + (f"第{to_chinese(paragraph)}款" if count > 1 else "")
        if item:
            locator += f"第（{to_chinese(item)}）项"
        yield Span(offset, end, locator, paragraph, number)


def passages_of(document: Document) -> Sequence[Passage]:
    """All passages of a document, remembered: those of what did not change are the same ones."""
    return _all_passages(document, _Cutting(document.collection))


class _Cutting:
    """A collection as far as it decides how its documents are split: equal where it splits
    alike."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._decides = (collection.kind, collection.cut.locator)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Cutting) and self._decides == other._decides

    def __hash__(self) -> int:
        return hash(self._decides)


@lru_cache(maxsize=_REMEMBERED)
def _all_passages(document: Document, cutting: _Cutting) -> tuple[Passage, ...]:
    # Equal documents can be of collections that cut in another way.
    return tuple(split(replace(document, collection=cutting.collection)))


def split(document: Document) -> Iterator[Passage]:
    """The passages of a document in reading order; each is a slice of its article's text."""
    for article in document.articles:
        for group in _groups(article, document.collection):
            start, end = group[0].start, group[-1].end
            text = article.text[start:end]
            whole = len(group) > 1 and len(text) == len(article.text)
            name = f"{document.id}|{article.key}|{start}|{text}"
            yield Passage(
                id=hashlib.sha256(name.encode()).hexdigest()[:20],
                key=article.key,
                document_id=document.id,
                kind=document.kind,
                title=document.title,
                path=article.path,
                locator=article.label if whole else group[0].locator,
                start=start,
                text=text,
                parts=tuple(span.part for span in group),
            )


def _groups(article: Article, collection: Collection) -> Iterator[list[Span]]:
    """Neighbouring spans that make one passage."""
    parts = list(spans(article, collection))
    if collection.kind is Kind.POLICY:
        yield from ([part] for part in parts)
        return
    if len(article.text) <= MAX_CHARS:
        yield parts
        return
    group: list[Span] = []
    for part in parts:
        is_statute = collection.kind is Kind.STATUTE
        new_paragraph = is_statute and bool(group) and part.paragraph != group[0].paragraph
        too_long = bool(group) and part.end - group[0].start > MAX_CHARS
        if new_paragraph or too_long:
            yield group
            group = []
        group.append(part)
    if group:
        yield group
