"""The measures of the policy text: what is to be done, and how much of it.

A rule, not a list: a sentence falls at its commas into clauses, and a clause that begins with a
verb of action (behind adverbs, or behind the noun that it is about) is a measure. What is left are
frames (「围绕……」「以……为主线」) and reports (「……告诉记者」). Every field is a slice of the text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.collection import Kind, MeasureWords
from corpus.splitting import spans
from corpus.types import Article, Document, Span

#: A date, or a part of the place, may stand before a measure: 6月底前淘汰…, 东浦区新建….
_WHEN_WHERE = (
    r"(?:(?:[0-9]+(?:年|月|日))+(?:底|底前|前|起)?|年底前|全年|年内|[^0-9，]{2,12}?[区县])、?"
    r"(?:[^0-9，]{2,8}?[区县])?"
)
_OF_DATES = ("年", "月", "日", "时")
_CLAUSE = re.compile(r"[^，；。！？]+")
# 三大结构 and 一批 are no figures: numbers of the text are Arabic.
_FIGURE = re.compile(r"(?P<figure>[0-9]+(?:\.[0-9]+)?)(?P<unit>%|[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: ``verb`` done to ``object``, with ``figure`` and ``unit`` where there are any.

    ``clause`` is ``[start:end]`` of the text of the article ``key``; ``sentence`` the one around
    it, cited as ``locator``; ``title`` is the text's. An object that only leads to its figure
    (任务126项) is without it.
    """

    theme: str
    verb: str
    object: str
    figure: str
    unit: str
    sentence: str
    key: str
    start: int
    end: int
    clause: str
    locator: str
    title: str


def find_measures(document: Document) -> tuple[Measure, ...]:
    """All measures of a policy text in its order; a text of another kind has none."""
    if document.kind is not Kind.POLICY:
        return ()
    forms = _forms(document.collection.measures or _default_words())
    return tuple(m for article in document.articles for m in _measures(document, article, forms))


@cache
def _default_words() -> MeasureWords:
    """The words for texts whose collection has none of its own."""
    text = (resources.files("corpus.collections") / "measures.toml").read_text("utf-8")
    return MeasureWords(**{name: tuple(words) for name, words in tomllib.loads(text).items()})


@cache
def _forms(words: MeasureWords) -> tuple[re.Pattern[str], ...]:
    verbs, adverbs = "|".join(words.verbs), "|".join(words.adverbs)
    return (
        re.compile(rf"(?:{adverbs})*(?P<verb>{verbs})(?!是)(?P<object>.+)"),
        re.compile(rf"{_WHEN_WHERE}(?:{adverbs})*(?P<verb>{verbs})(?!是)(?P<object>.+)"),
        re.compile(r"将(?P<object>.+)(?P<verb>转化为).+"),
        re.compile(r"(?P<object>[^在以]+?)(?P<verb>达到).+"),
    )


def _measures(
    document: Document, article: Article, forms: tuple[re.Pattern[str], ...]
) -> Iterator[Measure]:
    for span in spans(article, document.collection):
        for clause in _CLAUSE.finditer(article.text, span.start, span.end):
            form = next((m for f in forms if (m := f.fullmatch(clause[0]))), None)
            if form:
                yield _measure(document, article, span, clause.start(), form)


def _figure(clause: str, what: str) -> re.Match[str] | None:
    """The figure that the object ends with, else the first of the clause; no date is one."""
    found = [m for m in _FIGURE.finditer(clause) if m["unit"] not in _OF_DATES]
    return next((m for m in found if what.endswith(m[0])), next(iter(found), None))


def _measure(
    document: Document, article: Article, span: Span, start: int, form: re.Match[str]
) -> Measure:
    number = _figure(form[0], form["object"])
    what = form["object"]
    if number and what.endswith(number[0]):
        # What is nothing but a figure (完成12.5万) is its own object.
        what = what.removesuffix(number[0]) or what
    return Measure(
        theme=article.path[0] if article.path else article.label,
        verb=form["verb"],
        object=what,
        figure=number["figure"] if number else "",
        unit=number["unit"] if number else "",
        sentence=article.text[span.start : span.end],
        key=article.key,
        start=start,
        end=start + len(form[0]),
        clause=form[0],
        locator=span.locator,
        title=document.title,
    )
