"""Places and offices that a question names: those whose texts we have, their parts, and others."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from corpus.collection import Place

#: What people call their own place.
_HERE = "我市|市里|咱市|本市"
#: 「寿光模式」 names a practice, not a place whose plans are asked for.
_PRACTICES = ("模式", "经验")
_OF_THE_COUNTRY = "中华人民共和国"


@cache
def _gazetteer() -> tuple[str, ...]:
    """Provinces and cities of the country as they are written, the longest first."""
    text = (resources.files("corpus.collections") / "places.txt").read_text("utf-8")
    return tuple(sorted(text.split(), key=len, reverse=True))


def place_at_head(text: str) -> str:
    """The place by which a title or an issuer's name begins, as it is written; else empty.

    山东省水污染防治条例 → 山东省; a title of the whole country has none.
    """
    if text.startswith(_OF_THE_COUNTRY):
        return ""
    match = _head_pattern().match(text)
    return match[0] if match else ""


@cache
def _head_pattern() -> re.Pattern[str]:
    names = "|".join(name.removesuffix("市") for name in _gazetteer())
    return re.compile(rf"(?:{names})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?")


class Places:
    """Reads places out of questions, for the places whose texts are loaded."""

    def __init__(self, own: Iterable[Place], held: Iterable[str] = ()) -> None:
        """``own`` are the places of policy texts, ``held`` names of those of other local rules."""
        self.own = tuple(own)
        self._names = {place.name: self._name_pattern(place) for place in self.own}
        self._itself = [re.compile(_names(place)) for place in self.own]
        districts = {place.name: _districts(place) for place in self.own if place.districts}
        self._districts = {name: re.compile(f"(?:{d})[市县区]?") for name, d in districts.items()}
        ours = [
            *(f"(?:{_names(p)})市?(?:{'|'.join(p.own_office) or '(?!)'})?" for p in self.own),
            _HERE,
            *(f"(?:{d})[市县区]?" for d in districts.values()),
        ]
        self._ours = re.compile("|".join(ours))
        self._offices = [re.compile(_offices(place)) for place in self.own if place.offices]
        known = {name for place in self.own for name in _all_names(place)}
        known |= {name.rstrip("省市") for name in held}
        others = [n for n in _gazetteer() if n not in known and n.removesuffix("市") not in known]
        self._others = re.compile("|".join(map(re.escape, others)))

    @staticmethod
    def _name_pattern(place: Place) -> re.Pattern[str]:
        return re.compile("|".join(filter(None, (_names(place), _districts(place)))))

    def strip(self, text: str) -> str:
        """The text without the names of our places and their parts, unless it is nothing else.

        They say which text is meant; as words to search for they would drown the rest.
        """
        return self._ours.sub(" ", text).strip() or text

    def named(self, text: str) -> tuple[Place, ...]:
        """Our places that the text names, by themselves or by one of their districts."""
        return tuple(place for place in self.own if _named(self._names[place.name], text))

    def is_named(self, text: str) -> bool:
        """Whether one of our places is named itself, not by one of its districts."""
        return any(bool(_named(pattern, text)) for pattern in self._itself)

    def district(self, text: str) -> str:
        """The county or district of one of our places that is named, or nothing."""
        return next((d for p in self._districts.values() if (d := _named(p, text))), "")

    def office(self, text: str) -> str:
        """An office of our place, other than the one whose text we have, or nothing."""
        return next((o for p in self._offices if (o := _named(p, text))), "")

    def other(self, text: str) -> str:
        """The place whose texts we don't have that is named, or nothing."""
        return _named(self._others, text)


def _all_names(place: Place) -> Iterable[str]:
    for name in (place.name, *place.names, *place.within):
        yield name
        yield name.removesuffix("市").removesuffix("省")


def _names(place: Place) -> str:
    return "|".join(place.names or (place.name.removesuffix("市"),))


def _districts(place: Place) -> str:
    """A pattern for the districts, none of which begins a homograph (高密(?!度))."""
    return "|".join(
        name + "".join(f"(?!{h[len(name) :]})" for h in place.homographs if h.startswith(name))
        for name in place.districts
    )


def _offices(place: Place) -> str:
    return rf"(?:{_names(place)}|市)(?:市)?(?:{'|'.join(place.offices)})局"


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found and not text.startswith(_PRACTICES, found.end()) else ""
