"""Which words of an article answer a question: the sentence, the 款, the 项."""

import numpy as np

from assistant.extracting.unit_scores import Unit, Wanted, Weigh, score
from assistant.question import Aspect, wording
from assistant.types import Evidence
from corpus.collection import Kind
from corpus.language import Cue, amounts, clauses_with_marks, item_number, load_cues, names_item
from corpus.splitting import find_part, is_fact, opens_part, sentences, spans
from corpus.types import Article, Document, Span
from index.types import Vector

#: What one quote may hold before the next sentence is left out.
MAX_QUOTE = 220
#: A further sentence is quoted where it is at least this likely beside the best one.
_ALSO = 0.25
#: In the policy text, whose sentences belong together more closely, from this likelihood on.
_ALSO_OF_POLICY = 0.1
#: A unit that tells of what is named answers where it is this likely beside the best one.
_TOLD = 0.1
#: An item is named beside its lead where it is at least this likely beside it.
_FITS = 0.02
#: A list that is asked for is quoted whole up to this length; any other one, where no single item
#: answers, up to ``MAX_QUOTE``.
MAX_LIST = 420
#: An article up to this length is quoted whole rather than cut, unless it is a table.
SHORT_ARTICLE = 150


def select(
    document: Document,
    article: Article,
    wanted: Wanted,
    weigh: Weigh,
    whole_theme: bool = False,
) -> tuple[Evidence, ...]:
    """The slices of ``article`` that answer what is wanted, in reading order.

    With ``whole_theme`` a list over a policy paragraph gets all of it.
    """
    units = units_of(article, document)
    is_cut = any(u.lead for u in units) or is_fact(article.text)
    if len(article.text) <= SHORT_ARTICLE and not is_cut:
        return (whole(document, article),)
    wants_all = bool(wanted.aspects & {Aspect.LIST, Aspect.CONTENT})
    if whole_theme and wants_all:
        body = [u for u in units if not u.opens]
        return (_evidence(document, article, body[0].start, body[-1].end),)
    scores = score(units, article.text, wanted, weigh)
    best = _best(units, article.text, wanted, scores)
    unit = units[best]
    listed = [u for u in units if u.lead and u.paragraph == unit.paragraph]
    if listed and (unit.lead or _leads_list(unit, listed)):
        if not unit.lead and not wants_all:
            # What leads into a list says nothing by itself: the item that fits goes with it.
            fitting = max(listed, key=lambda u: scores[units.index(u)])
            is_fit = np.exp(scores[units.index(fitting)] - scores[best]) >= _FITS
            unit = fitting if is_fit else unit
        if unit.lead:
            wants_all |= _is_short(listed) and not _stands_out(unit, listed, units, scores)
        return _from_list(document, article, unit, listed, wants_all)
    spoken_of = _list_before(unit, units, article.text)
    if spoken_of:
        # 「有前款第三项情形的，处……」 says nothing without the 项 that it speaks of.
        item = max(spoken_of, key=lambda u: scores[units.index(u)])
        is_whole = _is_short(spoken_of) and not _stands_out(item, spoken_of, units, scores)
        pieces = _from_list(document, article, item, spoken_of, is_whole)
        own = _evidence(document, article, unit.start, unit.end)
        return (*(piece for piece in pieces if piece.end <= unit.start), own)
    return _from_sentences(document, article, units, scores, best)


def _list_before(unit: Unit, units: list[Unit], text: str) -> list[Unit]:
    """The items of the 款 before, where the unit speaks of them."""
    if unit.lead or not _sign("speaks_of_list").found_in(text[unit.start : unit.end]):
        return []
    return [u for u in units if u.lead and u.paragraph == unit.paragraph - 1]


def _best(units: list[Unit], text: str, wanted: Wanted, scores: Vector) -> int:
    """The likeliest unit; where an amount is named (「三年一换，对不对」) or someone's detention is
    asked about, one that tells of it, unless that is far less likely."""
    best = int(np.argmax(scores))
    fitting = [i for i, unit in enumerate(units) if _tells_of(text[unit.start : unit.end], wanted)]
    if not fitting or best in fitting:
        return best
    other = max(fitting, key=lambda i: scores[i])
    return other if np.exp(scores[other] - scores[best]) >= _TOLD else best


def _sign(name: str) -> Cue:
    return load_cues("assistant.extracting", "signs.toml")[name]


def _tells_of(text: str, wanted: Wanted) -> bool:
    if wording("detains").found_in(wanted.focus) and _sign("detains").found_in(text):
        return True
    return bool(wanted.units & {amount.unit for amount in amounts(text)})


def item_with_lead(
    document: Document, article: Article, paragraph: int, item: int
) -> tuple[Evidence, ...]:
    """A 项 with the sentence that leads into its list and the clause that sets its amount.

    Empty where the article has no such 项.
    """
    listed = [u for u in units_of(article, document) if u.lead and u.paragraph == paragraph]
    if not 0 < item <= len(listed):
        return ()
    return _from_list(document, article, listed[item - 1], listed, wants_all=False)


def whole(document: Document, article: Article) -> Evidence:
    """The whole text of an article."""
    return _evidence(document, article, 0, len(article.text))


def part(
    document: Document, article: Article, paragraph: int | None, item: int | None
) -> Evidence | None:
    """The named 款 (with its list) or 项, or None where the article has none such."""
    found = find_part(article, document.collection, paragraph, item)
    return _evidence(document, article, *found) if found else None


def _evidence(document: Document, article: Article, start: int, end: int) -> Evidence:
    return Evidence(document.id, article.key, start, end)


def units_of(article: Article, document: Document) -> list[Unit]:
    """The units of an article in reading order."""
    units: list[Unit] = []
    lead: tuple[int, int] | None = None
    for span in spans(article, document.collection):
        if span.is_item:
            units.append(Unit(span.start, span.end, span.paragraph, span.item, lead))
            continue
        parts = _sentences_of(article, span)
        lead = parts[-1]
        units += (
            Unit(start, end, span.paragraph, opens=opens_part(article, document.collection, start))
            for start, end in parts
        )
    return units


def _sentences_of(article: Article, span: Span) -> list[tuple[int, int]]:
    return sentences(article.text, span.start, span.end) or [(span.start, span.end)]


def _leads_list(unit: Unit, listed: list[Unit]) -> bool:
    return any(u.lead == (unit.start, unit.end) for u in listed)


def _is_short(listed: list[Unit]) -> bool:
    lead = listed[0].lead
    return lead is not None and listed[-1].end - lead[0] <= MAX_QUOTE


def _stands_out(unit: Unit, listed: list[Unit], units: list[Unit], scores: Vector) -> bool:
    """Whether one item of a list answers and no other one is nearly as likely."""
    own = scores[units.index(unit)]
    return all(u is unit or np.exp(scores[units.index(u)] - own) < _ALSO for u in listed)


def _from_list(
    document: Document,
    article: Article,
    unit: Unit,
    listed: list[Unit],
    wants_all: bool,
) -> tuple[Evidence, ...]:
    lead = unit.lead or (unit.start, unit.end)
    end = listed[-1].end
    if (wants_all or unit.lead is None) and end - lead[0] <= MAX_LIST:
        return (_evidence(document, article, lead[0], end),)
    if unit.lead is None:
        return (_evidence(document, article, *lead),)
    together = unit.start == lead[1] + 1
    pieces = [(lead[0], unit.end)] if together else [lead, (unit.start, unit.end)]
    pieces += _amounts(article, unit, listed[-1].end)
    return tuple(_evidence(document, article, start, end) for start, end in pieces)


def _amounts(article: Article, item: Unit, after: int) -> list[tuple[int, int]]:
    """The clause of a later 款 that sets the amount for this item (「有前款第一项…情形之一的」)."""
    number = item_number(article.text[item.start : item.end])
    if number is None:
        return []
    for start, end in sentences(article.text, after, len(article.text)):
        clause_start = start
        for clause in clauses_with_marks(article.text[start:end]):
            if names_item(clause, number):
                return [(clause_start, clause_start + len(clause))]
            clause_start += len(clause)
    return []


def _from_sentences(
    document: Document, article: Article, units: list[Unit], scores: Vector, best: int
) -> tuple[Evidence, ...]:
    """The best sentence, with further good ones while they fit; neighbours make one quote."""
    also = _ALSO_OF_POLICY if document.kind is Kind.POLICY else _ALSO
    chosen = {best}
    length = units[best].end - units[best].start
    for i in np.argsort(-scores, kind="stable").tolist():
        size = units[i].end - units[i].start
        # What leads to a list says nothing by itself, nor does a row of a table.
        is_sentence = article.text[units[i].end - 1] in "。；！？”"
        is_likely = np.exp(scores[i] - scores[best]) >= also and is_sentence
        if i not in chosen and not units[i].lead and is_likely and length + size <= MAX_QUOTE:
            chosen.add(i)
            length += size
    merged: list[tuple[int, int]] = []
    for i in sorted(chosen):
        unit = units[i]
        if merged and unit.start - merged[-1][1] <= 1:
            merged[-1] = (merged[-1][0], unit.end)
        else:
            merged.append((unit.start, unit.end))
    return tuple(_evidence(document, article, start, end) for start, end in merged)
