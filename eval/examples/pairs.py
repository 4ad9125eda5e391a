"""Pairs of a question and what answers it, drawn in batches for the question encoder.

A batch holds several asks of one matter and several parts of one article: these are the hard ones.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assistant.question import count_said
from corpus.catalog import Corpus
from corpus.collections import AskKind, Matter
from corpus.key import short_title
from eval.examples.held_out import held_out_asks, held_out_tellings, is_held_out
from eval.examples.spoken import Spoken, load_spoken

_DAY = date(2026, 11, 28)
#: Of a batch: matters with so many asks each, tellings, texts outside, statements, what people say,
#: lay wording with so many parts of an article.
_MATTERS, _ASKS, _TELLINGS, _OUTSIDE, _STATEMENTS, _SPOKEN, _LAY, _PARTS = 5, 4, 4, 3, 3, 18, 9, 3
#: How often an ask stands behind a telling, how often another wording is what it shall be near to.
_WITH_STORY, _OTHER_WORDING = 0.35, 0.3
_STORY = 90
#: What is said is paired with an ask of a matter so often, with the words of the law otherwise; an
#: article that more matters than this build on tells nothing of which is meant.
_WITH_MATTER, _MOST_MATTERS = 0.5, 6
#: An ask that says less is asked with its story.
_SAYS = 4

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text that it shall be near to; ``target`` is what both stand for, ``whole``
    the matter of it where the text stands for a whole matter or for a part of one."""

    question: str
    text: str
    target: str
    whole: str = ""


class Pairs:
    """Everything that can be drawn."""

    def __init__(self, corpus: Corpus, draw: random.Random) -> None:
        self._draw = draw
        self._corpus = corpus
        self._asks: dict[str, list[tuple[str, list[str], list[str]]]] = {}
        self._tellings: dict[str, list[str]] = {}
        self._statements: list[Pair] = []
        self._outside: list[Pair] = []
        lay: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
        for matter in corpus.matters:
            if not is_held_out(matter.id):
                self._add(matter)
        for known in corpus.not_loaded.values():
            if not is_held_out(known.title):
                text = self._decides(known.title)
                self._outside += [Pair(q, text, f"《{known.title}》") for q in known.asked]
        for wording in corpus.lay_wording:
            unit = self._unit(wording.target)
            if unit and not is_held_out(wording.key):
                pairs = [Pair(q, unit, wording.target) for q in wording.questions]
                lay[wording.key][wording.target] += pairs
        self._lay = [list(parts.values()) for parts in lay.values()]
        self._spoken = [
            pairs
            for spoken in load_spoken()
            if not spoken.is_held_out
            for pairs in self._of_spoken(spoken)
        ]

    def _of_spoken(self, spoken: Spoken) -> Iterator[tuple[list[Pair], list[Pair]]]:
        """For every ask of a text, its pairs with the law and those with asks of matters."""
        for ask in spoken.asks:
            questions = [f"{spoken.text.replace(ask.text, '')[-_STORY:]}。{ask.text}".strip("。")]
            if count_said(ask.text) >= _SAYS:
                questions.append(ask.text)
            needs = [(n, self._corpus.known(n)) for n in ask.needs[:1]]
            law = [
                Pair(q, self._decides(need), f"《{known.title if known else need}》")
                for need, known in needs
                for q in questions
            ]
            for target in ask.by[:1]:
                if unit := self._unit(target):
                    law += [Pair(q, unit, target) for q in questions]
            near = self._asks_on(ask.by[0], ask.kind) if ask.by else []
            matters = [Pair(q, text, *of) for q in questions for *of, text in near]
            if law or matters:
                yield law or matters, matters or law

    def _asks_on(self, target: str, kind: AskKind | None) -> list[tuple[str, str, str]]:
        """The asks of matters, of one kind, that a target carries: target, matter, a statement."""
        key = target.partition("|")[0]
        names = [n for n in self._corpus.matters_of(key) if not is_held_out(n)]
        if not kind or len(names) > _MOST_MATTERS:
            return []
        return [
            (f"{name}|{number}", name, statement.text)
            for name in names
            for number, ask in enumerate(self._corpus.matters_by_id[name].ask)
            for statement in ask.statement
            if ask.kind is kind and key in {t.partition("|")[0] for t in statement.by}
        ]

    def _add(self, matter: Matter) -> None:
        for number, ask in enumerate(matter.ask):
            texts = [s.text for s in ask.statement]
            texts = texts or [f"这一点由{self._decides(need)}决定" for need in ask.needs]
            asked = [q for q in ask.asked if q not in held_out_asks(matter, ask)]
            if texts and asked:
                asks = self._asks.setdefault(matter.id, [])
                asks.append((f"{matter.id}|{number}", asked, texts))
            for statement in ask.statement:
                units = [unit for unit in map(self._unit, statement.by) if unit]
                self._statements += [Pair(statement.text, unit, statement.by[0]) for unit in units]
        held = held_out_tellings(matter)
        self._tellings[matter.id] = [t for t in matter.tellings if t not in held]

    def _decides(self, title: str) -> str:
        known = self._corpus.known(title)
        return f"{known.title}：{known.decides}" if known and known.decides else title

    def _unit(self, target: str) -> str:
        found = self._corpus.part_of(target, _DAY)
        if found is None:
            return ""
        document, article, (start, end) = found
        heading = " ".join((short_title(document.title), *article.path[-1:]))
        return f"{heading}\n{article.text[start:end]}"

    def texts(self) -> Iterator[str]:
        """Every text, to know which pieces are needed."""
        for asks in self._asks.values():
            for _, asked, texts in asks:
                yield from (*asked, *texts)
        for tellings in self._tellings.values():
            yield from tellings
        for pair in (
            *self._statements,
            *self._outside,
            *(p for article in self._lay for unit in article for p in unit),
            *(p for said in self._spoken for pairs in said for p in pairs),
        ):
            yield from (pair.question, pair.text)
        for passage in self._corpus.passages():
            yield passage.text

    def batches(self) -> Iterator[list[Pair]]:
        """Batches without end."""
        matters = self._cycle(list(self._asks))
        told = self._cycle([name for name, tellings in self._tellings.items() if len(tellings) > 1])
        statements, outside = self._cycle(self._statements), self._cycle(self._outside)
        lay, spoken = self._cycle(self._lay), self._cycle(self._spoken)
        while True:
            batch: list[Pair] = []
            for _ in range(_MATTERS):
                batch += self._of_matter(next(matters))
            for _ in range(_TELLINGS):
                name = next(told)
                one, other = self._draw.sample(self._tellings[name], 2)
                batch.append(Pair(one, other, name, name))
            batch += [next(outside) for _ in range(_OUTSIDE)]
            batch += [next(statements) for _ in range(_STATEMENTS)]
            for _ in range(_SPOKEN):
                law, near = next(spoken)
                is_law = self._draw.random() >= _WITH_MATTER
                batch.append(self._draw.choice(law if is_law else near))
            end = len(batch) + _LAY
            while len(batch) < end:
                article = next(lay)
                parts = self._draw.sample(article, min(_PARTS, len(article)))
                batch += [self._draw.choice(part) for part in parts]
            yield batch

    def _of_matter(self, name: str) -> Iterator[Pair]:
        asks = self._asks[name]
        for target, asked, texts in self._draw.sample(asks, min(_ASKS, len(asks))):
            question, *others = self._draw.sample(asked, len(asked))
            is_other = bool(others) and self._draw.random() < _OTHER_WORDING
            text = others[0] if is_other else self._draw.choice(texts)
            if self._tellings[name] and self._draw.random() < _WITH_STORY:
                question = f"{self._draw.choice(self._tellings[name])[-_STORY:]}。{question}"
            yield Pair(question, text, target, name)

    def _cycle(self, items: Sequence[Item]) -> Iterator[Item]:
        order = list(items)
        while order:
            self._draw.shuffle(order)
            yield from order
