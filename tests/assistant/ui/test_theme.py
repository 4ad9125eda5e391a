"""The colours of any authority can be read, by day and by night."""

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.page_options import PageOptions
from assistant.settings import contrast
from assistant.ui.theme import colours, make_style, mix
from tests.records import patient

hexes = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
#: What the guidelines ask of text (WCAG 2.2, 1.4.3).
READABLE = 4.5
BLUE, PALE = "#1f4f8c", "#9cc2f0"
OPTIONS = PageOptions("某市问答", Path(), 500, accent=BLUE, accent_dark=PALE)
LIGHT, DARK = 0, 1
SCRIPTS = Path(str(resources.files("assistant.ui") / "script"))


def channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


@pytest.mark.parametrize(
    ("colour", "other", "share", "mixed"),
    [
        ("#000000", "#ffffff", 0.2, "#333333"),
        ("#ffffff", "#000000", 0.2, "#cccccc"),
        ("#ff0000", "#0000ff", 0.4, "#990066"),
        ("#FFAA00", "#ffaa00", 0.5, "#ffaa00"),
        ("#102030", "#000000", 0, "#102030"),
        ("#102030", "#fedcba", 1, "#fedcba"),
    ],
)
def test_a_share_of_another_colour_is_mixed_in(
    colour: str, other: str, share: float, mixed: str
) -> None:
    assert mix(colour, other, share) == mixed


@patient
@given(hexes, hexes, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(one: str, other: str, share: float) -> None:
    mixed = mix(one, other, share)
    assert re.fullmatch("#[0-9a-f]{6}", mixed)
    for a, b, between in zip(*map(channels, (one, other, mixed)), strict=True):
        assert min(a, b) <= between <= max(a, b)
        assert between == pytest.approx(a + (b - a) * share, abs=0.5)


@patient
@given(hexes)
def test_white_letters_on_a_button_stay_readable_under_the_mouse(accent: str) -> None:
    assume(contrast(accent, "#ffffff") >= READABLE)
    assert contrast(mix(accent, "#000000", 0.3), "#ffffff") >= READABLE


def test_the_accent_is_where_it_belongs() -> None:
    found = colours(OPTIONS)
    assert found["accent"] == found["link"] == (BLUE, PALE)
    light, dark = make_style(OPTIONS).split("@media (prefers-color-scheme: dark)")[:2]
    assert f"--accent: {BLUE};" in light
    assert f"--accent: {PALE};" in dark


@pytest.mark.parametrize("mode", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        ("text", "page"),
        ("text", "tint"),
        ("text", "paper"),
        ("text", "accent-soft"),
        ("quiet", "page"),
        ("quiet", "paper"),
        ("hint", "paper"),
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("link", "page"),
        ("link", "paper"),
        ("link-strong", "page"),
    ],
)
def test_letters_can_be_read_on_their_ground(letters: str, ground: str, mode: int) -> None:
    found = colours(OPTIONS)
    assert contrast(found[letters][mode], found[ground][mode]) >= READABLE


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_the_box_can_be_told_from_the_page(mode: int) -> None:
    found = colours(OPTIONS)
    assert contrast(found["field-line"][mode], found["paper"][mode]) >= 3


def test_nothing_is_loaded_from_outside_and_every_colour_is_known() -> None:
    style = make_style(OPTIONS)
    assert not re.search(r"@import|url\(|https?:|//[a-z]", style)
    used = set(re.findall(r"var\(--([\w-]+)", style))
    made = set(re.findall(r"--([\w-]+):", style))
    # Heights that only the page knows.
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS.glob("*.js"))
    made |= set(re.findall(r'setProperty\("--([\w-]+)"', scripts))
    assert used <= made
