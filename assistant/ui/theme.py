"""Colours and style sheets of the page; nothing is loaded from outside the machine."""

from collections.abc import Mapping
from importlib import resources

from assistant.page_options import PageOptions

#: The style sheets, in this order.
_SHEETS = (
    "page",
    "header",
    "chat",
    "answer",
    "composer",
    "source",
    "overlays",
    "browse",
    "board",
    "library",
    "comparison",
    "check",
    "about",
    "narrow",
    "print",
)

#: Name of a colour → (light, dark).
_COLOURS = {
    "page": ("#f6f5f1", "#131715"),
    "text": ("#1d2723", "#e3e9e5"),
    "quiet": ("#58645e", "#a1aea7"),
    "paper": ("#ffffff", "#1b211e"),
    "tint": ("#eeede7", "#242b28"),
    "line": ("#dddcd3", "#343d39"),
    "field-line": ("#8b958f", "#6b7772"),
    "hint": ("#6a756f", "#929e98"),
    "on-accent": ("#ffffff", "#10231b"),
}


def colours(options: PageOptions) -> dict[str, tuple[str, str]]:
    """Every colour of the page by name: for light and for dark, each #rrggbb."""
    light, dark = options.accent, options.accent_dark
    full = (light, dark)
    strong = (mix(light, "#000000", 0.3), mix(dark, "#ffffff", 0.3))
    return _COLOURS | {
        "accent": full,
        "accent-strong": strong,
        "accent-soft": (mix(light, "#ffffff", 0.88), mix(dark, "#131715", 0.8)),
        "link": full,
        "link-strong": strong,
    }


def make_style(options: PageOptions) -> str:
    """The whole style sheet, in the authority's colours."""
    found = colours(options)
    light = _variables({name: light for name, (light, _) in found.items()})
    dark = _variables({name: dark for name, (_, dark) in found.items()})
    own = f":root {{{light}}}\n@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}\n"
    return own + "\n".join(read_file(f"style/{name}.css") for name in _SHEETS)


def _variables(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` of ``other`` in it, both #rrggbb."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def read_file(name: str) -> str:
    """A text file beside this module."""
    return (resources.files("assistant.ui") / name).read_text("utf-8")
