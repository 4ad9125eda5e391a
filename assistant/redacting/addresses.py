"""Where addresses stand in a text: community, building, unit and room; road and number; village."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.redacting.signs import Span, load_signs
from corpus.errors import CorpusError

#: What stands in a text for what was taken out already.
TAKEN = "〓"
#: Behind this any name is that of a place.
_LIVES = "住"
_DISTRICT = re.compile(
    "(?:[^\\W\\d_]{1,3}(?<!城)[省市县](?!场|政)|[^\\W\\d_]{1,3}(?<![小社园校院厂住地南北东西])区)+"
)


@dataclass(frozen=True, slots=True)
class Forms:
    """The patterns of ``addresses.toml``."""

    sure: tuple[re.Pattern[str], ...]
    named: tuple[re.Pattern[str], ...]
    rest: tuple[re.Pattern[str], ...]
    sorts: tuple[str, ...]


@cache
def load_forms() -> Forms:
    """The patterns; CorpusError for a broken file."""
    try:
        file = resources.files("assistant.redacting") / "addresses.toml"
        rows = tomllib.loads(file.read_text("utf-8"))
        parts = {
            "<rooms>": rows["rooms"],
            "<number>": rows["number"],
            "<name>": f"[^\\W_{rows['stop']}]",
        }

        def compiled(name: str) -> tuple[re.Pattern[str], ...]:
            return tuple(re.compile(_filled(pattern, parts)) for pattern in rows[name])

        return Forms(compiled("sure"), compiled("named"), compiled("rest"), tuple(rows["sorts"]))
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise CorpusError(f"地址线索表读不懂（{error}），请恢复原文件。") from error


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, form in parts.items():
        pattern = pattern.replace(name, form)
    return pattern


def take_addresses(text: str) -> str:
    """The folded text with ``TAKEN`` for each character of an address; as long as before."""
    forms = load_forms()
    for pattern in forms.sure:
        text = _taken(text, [_without_district(m) for m in pattern.finditer(text)])
    for pattern in forms.named:
        text = _taken(text, list(_named(pattern, text)))
    for pattern in forms.rest:
        text = _taken(text, [m.span() for m in pattern.finditer(text)])
    return text


def _named(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where the name of a place is more than a word for its sort."""
    pairs, sorts = load_signs().pairs, load_forms().sorts
    for match in pattern.finditer(text):
        start, end = match.start(), match.start(1)
        name = text[start:end]
        is_word = name[-2:] in pairs and text[start - 1 : start] != _LIVES
        if not (is_word or name.endswith(sorts) or text[end - 1 : end + 1] in pairs):
            yield match.span()


def _without_district(match: re.Match[str]) -> Span:
    """The address without the province, city or district that it begins with."""
    district = _DISTRICT.match(match[0])
    return (match.start() + (district.end() if district else 0), match.end())


def _taken(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + TAKEN * (end - start) + text[end:]
    return text
