"""The figures of a run, and the summary of it that is kept for the next one to compare with."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import OptionError
from eval.metrics import LENGTH, UNKNOWN, Question, hit_at
from eval.report.statistics import RiskPoint, aurc, bootstrap_share, risk_coverage
from eval.runner import Result

#: The name of the group that holds every kind, and of the one that holds every split.
ALL = "all"

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over some questions; None where there is nothing to measure.

    Shares and means of shares (``passed`` with its 95 % interval, ``hit_…``, ``citation_…``,
    ``length_within``, ``decline_…``) and ``aurc`` are between 0 and 1; ``length_…`` are characters,
    ``latency_…`` milliseconds; the others are counts.
    """

    count: int
    misleading: float | None
    passed: float
    passed_low: float
    passed_high: float
    hit_1: float | None
    hit_3: float | None
    hit_5: float | None
    citation_precision: float | None
    citation_recall: float | None
    citations: int
    false_quotes: int
    loose_quotes: int
    loose_numbers: int
    phantom_keys: int
    length_median: float | None
    length_p95: float | None
    length_within: float | None
    latency_p50: float | None
    latency_p95: float | None
    decline_precision: float | None
    decline_recall: float | None
    aurc: float | None


#: Figures by split, then by kind of question; both have a group ``ALL``.
Groups = Mapping[str, Mapping[str, Figures]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of a run. ``corpus`` and ``dataset`` are hashes of what it ran on."""

    day: date
    engine: str
    corpus: str
    dataset: str
    groups: Groups
    passed: frozenset[str]
    failed: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """The object that ``from_json`` reads; figures are rounded."""
        return {
            "date": self.day.isoformat(),
            "engine": self.engine,
            "corpus": self.corpus,
            "dataset": self.dataset,
            "figures": {
                split: {kind: _rounded(figures) for kind, figures in kinds.items()}
                for split, kinds in self.groups.items()
            },
            "passed": sorted(self.passed),
            "failed": sorted(self.failed),
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Summary":
        """Read a summary; a figure that it does not have yet is None. KeyError, ValueError."""
        names = [field.name for field in fields(Figures)]
        return cls(
            day=date.fromisoformat(content["date"]),
            engine=content["engine"],
            corpus=content["corpus"],
            dataset=content["dataset"],
            groups={
                split: {k: Figures(**{n: f.get(n) for n in names}) for k, f in kinds.items()}
                for split, kinds in content["figures"].items()
            },
            passed=frozenset(content["passed"]),
            failed=frozenset(content["failed"]),
        )


def measure(results: Sequence[Result]) -> Figures:
    """The figures over these results; ValueError where there are none."""
    judged = [result.judgement for result in results]
    share = bootstrap_share([result.is_right for result in results])
    with_gold = [r for r in results if r.question.gold and r.question.expect != "decline"]
    single = [r for r in results if r.is_answered and _is_single(r.question)]
    curve = confidence_curve(results)
    known = [r for r in results if r.question.expect != UNKNOWN]
    declined = {id(r) for r in known if not r.is_answered}
    declinable = {id(r) for r in results if r.question.expect == "decline"}
    latencies = [j.milliseconds for j in judged if j.milliseconds is not None]

    def hits(depth: int) -> float | None:
        return _mean([float(hit_at(r.keys, r.question.gold, depth)) for r in with_gold])

    def total(count: Callable[[Result], int]) -> int:
        return sum(map(count, results))

    return Figures(
        count=len(results),
        misleading=_mean([float(j.misleading) for j in judged]),
        passed=share.value,
        passed_low=share.low,
        passed_high=share.high,
        hit_1=hits(1),
        hit_3=hits(3),
        hit_5=hits(5),
        citation_precision=_mean([j.precision for j in judged if j.precision is not None]),
        citation_recall=_mean([j.recall for j in judged if j.recall is not None]),
        citations=total(lambda r: r.judgement.citations),
        false_quotes=total(lambda r: r.judgement.false_quotes),
        loose_quotes=total(lambda r: r.judgement.loose_quotes),
        loose_numbers=total(lambda r: r.judgement.loose_numbers),
        phantom_keys=total(lambda r: r.judgement.phantom_keys),
        length_median=_percentile([j.length for j in judged], 50),
        length_p95=_percentile([j.length for j in judged], 95),
        length_within=_mean([float(r.judgement.length in LENGTH) for r in single]),
        latency_p50=_percentile(latencies, 50),
        latency_p95=_percentile(latencies, 95),
        decline_precision=len(declined & declinable) / len(declined) if declined else None,
        decline_recall=len(declined & declinable) / len(declinable) if declinable else None,
        aurc=aurc(curve) if curve else None,
    )


def confidence_curve(results: Sequence[Result]) -> tuple[RiskPoint, ...]:
    """The risk–coverage curve; empty unless every answer that was given tells its confidence."""
    answered = [result for result in results if result.is_answered]
    sure = [r.judgement.confidence for r in answered if r.judgement.confidence is not None]
    if len(sure) < len(answered):
        return ()
    return risk_coverage(sure, [not r.is_right for r in answered], len(results))


def summarise(results: Sequence[Result], day: date, corpus: str) -> Summary:
    """The summary of a run; ``corpus`` is the fingerprint of what it asked about."""
    splits = list(dict.fromkeys(r.question.split for r in results if r.question.split))
    groups = {ALL: _by_kind(results)} if results else {}
    for split in splits:
        groups[split] = _by_kind([r for r in results if r.question.split == split])
    return Summary(
        day=day,
        engine="、".join(dict.fromkeys(str(r.answer["engine"]) for r in results)),
        corpus=corpus,
        dataset=_fingerprint(r.question for r in results),
        groups=groups,
        passed=frozenset(r.question.id for r in results if r.is_right),
        failed=frozenset(r.question.id for r in results if not r.is_right),
    )


def in_order(groups: Groups) -> list[str]:
    """The splits as they are shown: the test split first, everything last."""
    return sorted(groups, key=lambda split: (split == ALL, split != "test", split))


def load_last() -> Summary | None:
    """The committed summary; None where none was committed, OptionError where it is broken."""
    source = resources.files("eval.report") / "last.json"
    return read_summary(Path(str(source))) if source.is_file() else None


def read_summary(path: Path) -> Summary:
    """Read a summary; OptionError where it cannot be read."""
    try:
        return Summary.from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(f"成绩文件 {path} 读不了，请用 make report 重新生成。") from error


def _by_kind(results: Sequence[Result]) -> dict[str, Figures]:
    kinds = dict.fromkeys(result.question.category for result in results)
    groups = {kind: [r for r in results if r.question.category == kind] for kind in kinds}
    return {ALL: measure(results), **{kind: measure(group) for kind, group in groups.items()}}


def _is_single(question: Question) -> bool:
    """One question for one thing: neither a dialog nor a list."""
    return not question.turns and not question.all_required


def _fingerprint(questions: Iterable[Question]) -> str:
    lines = (json.dumps(asdict(question), ensure_ascii=False) for question in questions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _rounded(figures: Figures) -> dict[str, float | None]:
    values = asdict(figures).items()
    return {n: round(v, _DIGITS) if isinstance(v, float) else v for n, v in values}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _percentile(values: Sequence[float], q: float) -> float | None:
    return float(np.percentile(values, q)) if values else None
