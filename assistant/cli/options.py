"""Options and output that the commands share."""

import json
from datetime import date
from typing import Annotated, Any

import typer

from assistant.intake import read_day

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Day = Annotated[str | None, typer.Option("--as-of", help="以哪一天为准（YYYY-MM-DD），默认今天")]


def parse_day(text: str | None) -> date:
    """The day given, today by default; OptionError where it is none."""
    return date.today() if text is None else read_day(text)


def print_json(value: Any) -> None:
    """Print a value as readable JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
