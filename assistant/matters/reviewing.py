"""What a bureau's own matter may not say, and what has become of what it said.

Before one is kept every statement has to pass the gate; afterwards it is looked at again whenever
what it cites may have changed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.gate import cite, faults_of
from assistant.matters.carrying import Fault, evidence_of, fault_of, place_of
from assistant.types import Citation, Evidence
from corpus.catalog import Corpus
from corpus.collections import Ask, Matter, Statement
from corpus.errors import Problem
from corpus.key import Key
from corpus.language import chinese_date, shorten

_LONGEST = 300
_LONGEST_NAME = 60
#: About so much of a statement names it in a problem.
_NAMED = 30
#: So many tellings and ways of asking, and so many asks and statements of one, are enough.
_MOST = 100
_WHO = ("public", "enterprise", "staff")


@dataclass(frozen=True, slots=True)
class Preview:
    """A statement (``ask`` and ``statement`` count from 0) with the quotes that would stand below
    it, and what is wrong with it."""

    ask: int
    statement: int
    text: str
    quotes: tuple[Citation, ...]
    problems: tuple[Problem, ...]


def preview(matter: Matter, corpus: Corpus, day: date) -> list[Preview]:
    """Every statement of a matter as it would be shown on ``day``, or when it begins to hold."""
    day = _checked_on(matter, day)
    shown = []
    for i, ask in enumerate(matter.ask):
        for k, statement in enumerate(ask.statement):
            evidence = _evidence(statement, corpus, day)
            quotes = tuple(cite(e, n, corpus, day) for n, e in enumerate(evidence, 1))
            problems = tuple(_of_statement(statement, f"ask.{i}.statement.{k}", corpus, day))
            shown.append(Preview(i, k, statement.text, quotes, problems))
    return shown


def find_problems(
    matter: Matter, corpus: Corpus, others: Sequence[Matter], day: date
) -> list[Problem]:
    """All that keeps a matter from being said, empty for none; ``others`` are those beside which it
    is to stand, in the corpus or out of it."""
    found = [*_of_whole(matter), *_clashes(matter, others)]
    checked = _checked_on(matter, day)
    for i, ask in enumerate(matter.ask):
        found += _of_ask(ask, i, corpus, checked)
    return found


def needs_review(matter: Matter, corpus: Corpus, day: date) -> list[Problem]:
    """What has become of what a matter says, as of ``day``: such statements are said no more until
    somebody has looked at them and saved them anew."""
    found = []
    if matter.valid_to and matter.valid_to < day:
        until = chinese_date(matter.valid_to)
        says = f"“{matter.name}”的有效期到{until}为止，已经过了，请改有效期或者移除。"
        found.append(Problem("valid_to", says))
    day = _checked_on(matter, day)
    for i, ask in enumerate(matter.ask):
        for k, statement in enumerate(ask.statement):
            for n, target in enumerate(statement.by):
                if fault := fault_of(statement, n, corpus, day):
                    says = _told(fault, target, corpus, day)
                    where = f"ask.{i}.statement.{k}.by.{n}"
                    found.append(Problem(where, f"“{matter.name}”的一句话不再使用：{says}"))
    return found


def _checked_on(matter: Matter, day: date) -> date:
    """The day as of which it is checked: one that is for later, as of its first day."""
    return max(day, matter.valid_from) if matter.valid_from else day


def _evidence(statement: Statement, corpus: Corpus, day: date) -> tuple[Evidence, ...]:
    pieces = (evidence_of(target, corpus, day) for target in statement.by)
    return tuple(dict.fromkeys(e for piece in pieces for e in piece))


def _of_whole(matter: Matter) -> Iterator[Problem]:
    if not matter.name or len(matter.name) > _LONGEST_NAME:
        yield Problem("name", f"请写一个名称，最多 {_LONGEST_NAME} 字。")
    if not matter.tellings:
        yield Problem("tellings", "请至少写一种讲法，也就是人们会怎么问。")
    if not matter.ask:
        yield Problem("ask", "请至少写一问和它的回答。")
    if unknown := [name for name in matter.who if name not in _WHO]:
        yield Problem("who", f"面向的人里没有“{unknown[0]}”，请从 {'、'.join(_WHO)} 里选。")
    if matter.valid_from and matter.valid_to and matter.valid_from > matter.valid_to:
        yield Problem("valid_to", "有效期的最后一天早于第一天，请改正。")
    lists = {
        "tellings": matter.tellings,
        "unlike": matter.unlike,
        "ask": matter.ask,
        **{f"ask.{i}.asked": ask.asked for i, ask in enumerate(matter.ask)},
        **{f"ask.{i}.statement": ask.statement for i, ask in enumerate(matter.ask)},
    }
    for where, texts in lists.items():
        if len(texts) > _MOST:
            yield Problem(where, f"一处最多写 {_MOST} 项，现在有 {len(texts)} 项，请分开写。")
        for k, text in enumerate(texts):
            if isinstance(text, str) and len(text) > _LONGEST:
                yield Problem(f"{where}.{k}", f"一种讲法最多 {_LONGEST} 字，请写短一些。")


def _clashes(matter: Matter, others: Sequence[Matter]) -> Iterator[Problem]:
    """A name, an id or a telling that another matter has."""
    for other in others:
        if other.name == matter.name:
            yield Problem("name", f"已经有一件事项叫“{matter.name}”，请换个名称。")
        if other.id == matter.id:
            yield Problem("id", f"编号 {matter.id} 是“{other.name}”的，请换一个或者不写。")
    told = {text: o for o in others if o.is_own for text in o.tellings}
    for k, text in enumerate(matter.tellings):
        if text in told:
            yield Problem(f"tellings.{k}", f"“{text}”已经是“{told[text].name}”的讲法，请去掉一处。")
    for text, count in Counter(matter.tellings).items():
        if count > 1:
            yield Problem("tellings", f"“{text}”写了 {count} 次，请只留一次。")


def _of_ask(ask: Ask, number: int, corpus: Corpus, day: date) -> Iterator[Problem]:
    where, called = f"ask.{number}", f"第 {number + 1} 问"
    if not ask.asked:
        yield Problem(f"{where}.asked", f"{called}没有写怎么问，请至少写一种问法。")
    if not ask.statement and not ask.needs:
        says = f"{called}既没有回答，也没有写由什么文件决定，请写一样。"
        yield Problem(f"{where}.statement", says)
    for k, statement in enumerate(ask.statement):
        yield from _of_statement(statement, f"{where}.statement.{k}", corpus, day)
    if ask.near and not evidence_of(ask.near, corpus, day):
        fault = Fault.NOT_IN_FORCE if place_of(ask.near, corpus, day) else Fault.GONE
        yield Problem(f"{where}.near", _told(fault, ask.near, corpus, day))


def _of_statement(statement: Statement, where: str, corpus: Corpus, day: date) -> Iterator[Problem]:
    short = shorten(statement.text, _NAMED)
    if not statement.text or len(statement.text) > _LONGEST:
        yield Problem(f"{where}.text", f"“{short}”要有 1 到 {_LONGEST} 字，请改短或者分成几句。")
    if not statement.by:
        yield Problem(f"{where}.by", f"“{short}”没有写依据哪一条，请选出承载它的条、款、项。")
    is_whole = bool(statement.by)
    for n, target in enumerate(statement.by):
        if not evidence_of(target, corpus, day):
            is_whole = False
            fault = Fault.NOT_IN_FORCE if place_of(target, corpus, day) else Fault.GONE
            yield Problem(f"{where}.by.{n}", _told(fault, target, corpus, day))
    if is_whole and statement.text:
        evidence = _evidence(statement, corpus, day)
        for fault_told in faults_of(statement.text, evidence, corpus, day):
            says = f"“{short}”和所附原文核对不上：{fault_told}，请照原文改，或者补上依据。"
            yield Problem(f"{where}.text", says)


def _told(fault: Fault, target: str, corpus: Corpus, day: date) -> str:
    """What has become of a target, and what to do."""
    key, _, part = target.partition("|")
    found = corpus.article(key, day)
    if fault is Fault.GONE:
        if found is None:
            return f"没有收录 {key}，请另选依据。"
        return f"{key} 没有第 {part} 款、项，请另选依据。"
    title = found[0].title if found else Key.parse(key).owner
    if fault is Fault.NOT_IN_FORCE:
        status = corpus.status(found[0], day).value if found else fault.value
        return f"《{title}》{chinese_date(day)}{status}，请改用施行的规定。"
    if fault is Fault.REPLACED:
        return f"《{title}》换了新版本，请对照 {target} 的原文审过再保存。"
    return f"{target} 的原文变了，请对照原文审过再保存。"
