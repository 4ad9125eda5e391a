"""The colours of any authority can be read, by day and by night."""

import re
from pathlib import Path

import gradio as gr
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.page_options import PageOptions
from assistant.settings import contrast
from assistant.ui.theme import make_theme, mix
from tests.records import patient

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
#: What the guidelines ask of text (WCAG 2.2, 1.4.3).
READABLE = 4.5
BLUE, PALE = "#1f4f8c", "#9cc2f0"


def theme_of(accent: str = BLUE, accent_dark: str = PALE) -> gr.themes.Base:
    return make_theme(PageOptions("某市问答", Path(), 500, accent=accent, accent_dark=accent_dark))


@pytest.fixture(scope="module")
def theme() -> gr.themes.Base:
    return theme_of()


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
@given(colours, colours, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(one: str, other: str, share: float) -> None:
    mixed = mix(one, other, share)
    assert re.fullmatch("#[0-9a-f]{6}", mixed)
    for a, b, between in zip(*map(channels, (one, other, mixed)), strict=True):
        assert min(a, b) <= between <= max(a, b)
        assert between == pytest.approx(a + (b - a) * share, abs=0.5)


@patient
@given(colours)
def test_white_letters_on_a_button_stay_readable_under_the_mouse(accent: str) -> None:
    assume(contrast(accent, "#ffffff") >= READABLE)
    assert contrast(mix(accent, "#000000", 0.3), "#ffffff") >= READABLE


def test_the_accent_is_where_it_belongs(theme: gr.themes.Base) -> None:
    for name in ("button_primary_background_fill", "link_text_color", "input_border_color_focus"):
        assert getattr(theme, name) == BLUE
        assert getattr(theme, f"{name}_dark") == PALE
    assert f":root {{ --color-accent: {BLUE}; }}" in theme.custom_css
    assert f":root .dark {{ --color-accent: {PALE}; }}" in theme.custom_css


@pytest.mark.parametrize("mode", ["", "_dark"])
@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        ("body_text_color", "body_background_fill"),
        ("body_text_color", "background_fill_secondary"),
        ("body_text_color_subdued", "body_background_fill"),
        ("block_title_text_color", "body_background_fill"),
        ("input_placeholder_color", "input_background_fill"),
        ("button_primary_text_color", "button_primary_background_fill"),
        ("button_primary_text_color", "button_primary_background_fill_hover"),
        ("button_secondary_text_color", "button_secondary_background_fill"),
        ("button_secondary_text_color", "button_secondary_background_fill_hover"),
        ("link_text_color", "body_background_fill"),
        ("link_text_color_hover", "body_background_fill"),
    ],
)
def test_letters_can_be_read_on_their_ground(
    theme: gr.themes.Base, letters: str, ground: str, mode: str
) -> None:
    found = contrast(getattr(theme, letters + mode), getattr(theme, ground + mode))
    assert found >= READABLE


@pytest.mark.parametrize("mode", ["", "_dark"])
def test_the_box_can_be_told_from_the_page(theme: gr.themes.Base, mode: str) -> None:
    border = getattr(theme, f"input_border_color{mode}")
    assert contrast(border, getattr(theme, f"input_background_fill{mode}")) >= 3


def test_nothing_is_loaded_from_outside(theme: gr.themes.Base) -> None:
    assert not re.search(r"@import|url\(|https?:|//[a-z]", theme.custom_css)
    assert theme._stylesheets == []
    assert "sans-serif" in theme.font
