"""The files of examples in ``eval/data``."""

import json
from importlib import resources
from typing import Any


def read_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file in ``eval/data``."""
    text = (resources.files("eval") / "data" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]
