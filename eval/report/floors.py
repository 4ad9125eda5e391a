"""The floors under the committed figures: ``make eval`` fails where one is not kept."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from corpus.errors import OptionError
from eval.report.summary import Figures, Summary

Limits = Mapping[str, Mapping[str, float]]

_NAMES = frozenset(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True)
class Floors:
    """Limits of a split's figures, by kind and by name of the figure."""

    split: str
    at_least: Limits
    at_most: Limits


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that is not kept; ``value`` is None where there was nothing to measure."""

    kind: str
    figure: str
    limit: float
    value: float | None


def load_floors(path: Path) -> Floors:
    """Read a TOML file like ``eval/report/floors.toml``; OptionError where it cannot be read."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        floors = Floors(
            content["split"], _limits(content["at_least"]), _limits(content.get("at_most", {}))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(
            f"底线文件 {path} 读不了，请对照 eval/report/floors.toml 检查。"
        ) from error
    for limits in (*floors.at_least.values(), *floors.at_most.values()):
        if unknown := limits.keys() - _NAMES:
            raise OptionError(f"底线文件 {path} 里没有这种指标：{'、'.join(sorted(unknown))}。")
    return floors


def breaches(summary: Summary, floors: Floors) -> tuple[Breach, ...]:
    """The limits that are not kept; a figure that was not measured keeps none."""
    groups = summary.groups.get(floors.split, {})
    found = []
    for limits, sign in ((floors.at_least, 1), (floors.at_most, -1)):
        for kind, figures in limits.items():
            for name, limit in figures.items():
                value = getattr(groups.get(kind), name, None)
                if value is None or sign * (value - limit) < 0:
                    found.append(Breach(kind, name, limit, value))
    return tuple(found)


def _limits(content: Mapping[str, Mapping[str, float]]) -> Limits:
    return {
        kind: {name: float(limit) for name, limit in figures.items()}
        for kind, figures in content.items()
    }
