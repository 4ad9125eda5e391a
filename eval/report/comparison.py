"""What has changed since the committed report."""

from dataclasses import dataclass

from eval.report.summary import ALL, Figures, Summary, in_order

#: Figures that are compared; more is better in each.
COMPARED = ("passed", "hit_1", "hit_5", "citation_precision")

#: Differences below this are rounding.
_LEAST = 5e-4


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a group, before and now."""

    split: str
    kind: str
    figure: str
    before: float
    now: float

    @property
    def is_better(self) -> bool:
        """Whether it rose."""
        return self.now > self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that moved, and the ids of questions that were asked both times or are new.

    ``is_same_set`` tells whether both runs asked exactly the same questions.
    """

    before: Summary
    is_same_set: bool
    changes: tuple[Change, ...]
    newly_failed: tuple[str, ...]
    newly_passed: tuple[str, ...]
    new_questions: tuple[str, ...]


def compare(before: Summary, now: Summary) -> Comparison:
    """What has changed from ``before`` to ``now``.

    Splits that were asked both times are compared kind by kind; all of them together only where
    the set has no splits, or it would be of another composition when one split is asked alone.
    """
    splits = [split for split in in_order(now.groups) if split != ALL] or [ALL]
    changes = [
        change
        for split in splits
        for kind, figures in now.groups.get(split, {}).items()
        if (earlier := before.groups.get(split, {}).get(kind))
        for change in _moved(split, kind, earlier, figures)
    ]
    return Comparison(
        before=before,
        is_same_set=before.dataset == now.dataset,
        changes=tuple(changes),
        newly_failed=tuple(sorted(now.failed & before.passed)),
        newly_passed=tuple(sorted(now.passed & before.failed)),
        new_questions=tuple(sorted((now.passed | now.failed) - before.passed - before.failed)),
    )


def _moved(split: str, kind: str, before: Figures, now: Figures) -> list[Change]:
    pairs = ((name, getattr(before, name), getattr(now, name)) for name in COMPARED)
    return [
        Change(split, kind, name, old, new)
        for name, old, new in pairs
        if old is not None and new is not None and abs(new - old) > _LEAST
    ]
