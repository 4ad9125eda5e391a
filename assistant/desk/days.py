"""A day as it is written into a form."""

from datetime import date

from corpus.errors import OptionError


def read_day(text: str) -> date | None:
    """None for an empty field; OptionError for what is no day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(
            f"“{text.strip()[:20]}”不是日期，请写成 2026-09-01 这样，或者留空。"
        ) from error
