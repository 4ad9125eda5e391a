"""Options and output that the commands share."""

import json
from datetime import date
from typing import Annotated, Any

import typer

from corpus.errors import OptionError

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Day = Annotated[str | None, typer.Option("--as-of", help="以哪一天为准（YYYY-MM-DD），默认今天")]


def parse_day(text: str | None) -> date:
    """The day given, today by default; OptionError where it is none."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OptionError(f"日期“{text}”不对，请写成 YYYY-MM-DD，例如 2026-08-15。") from error


def print_json(value: Any) -> None:
    """Print a value as readable JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
