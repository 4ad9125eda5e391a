"""Places and offices that a question names: ours, its parts, and others."""

import re
from functools import cache
from importlib import resources

_DISTRICTS = "青州|寿光|诸城|高密(?!度)|昌邑|安丘|临朐|昌乐|坊子|奎文|潍城|寒亭|峡山"
#: The city's counties and districts; the policy text is for all of them.
_DISTRICT = re.compile(rf"(?:{_DISTRICTS})[市县区]?")
#: Names of ours say which text is meant; as words to search for they would drown the rest.
_OURS = re.compile(rf"潍坊市?(?:生态环境局|环保局)?|我市|市里|咱市|本市|(?:{_DISTRICTS})[市县区]?")
#: The city's other offices: the policy text is not theirs.
_OFFICE = re.compile(
    r"(?:潍坊|市)(?:市)?(?:水利|自然资源|规划|城管|城市管理|住建|交通|农业农村|公安|教育|卫健|应急|市场监管|财政|税务|"
    r"发改|工信|林业|海洋|气象)局"
)
#: 「寿光模式」 names a practice, not a place whose plans are asked for.
_PRACTICE = re.compile(r"模式|经验")


def strip_ours(text: str) -> str:
    """The text without the names of the city and of its districts, unless it is nothing else."""
    return _OURS.sub(" ", text).strip() or text


def district_in(text: str) -> str:
    """The county or district of the city that is named, or nothing."""
    return _named(_DISTRICT, text)


def office_in(text: str) -> str:
    """The office of the city, other than the one whose text we have, that is named, or nothing."""
    return _named(_OFFICE, text)


def other_place_in(text: str) -> str:
    """The place outside the city that is named, or nothing."""
    return _named(_other_places(), text)


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found and not _PRACTICE.match(text, found.end()) else ""


@cache
def _other_places() -> re.Pattern[str]:
    text = (resources.files("assistant.question") / "other_places.txt").read_text("utf-8")
    return re.compile("|".join(text.split()))
