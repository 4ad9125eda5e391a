"""Colours and fonts of the page; nothing is loaded from outside the machine."""

from importlib import resources

import gradio as gr

from assistant.page_options import PageOptions

#: Fonts that the reader's system has; the first that is there is used.
_FONTS = (
    "PingFang SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "Microsoft YaHei",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)

#: What stands behind the theme, in this order.
_STYLES = (
    "style/page.css",
    "style/header.css",
    "style/chat.css",
    "style/answer.css",
    "style/composer.css",
    "style/source.css",
    "style/overlays.css",
    "style/browse.css",
    "board/board.css",
    "library/library.css",
    "checking/check.css",
    "style/narrow.css",
)

#: Gradio's name of a colour → (light, dark).
_COLOURS = {
    "body_background_fill": ("#f6f5f1", "#131715"),
    "body_text_color": ("#1d2723", "#e3e9e5"),
    "body_text_color_subdued": ("#58645e", "#a1aea7"),
    "background_fill_primary": ("#ffffff", "#1b211e"),
    "background_fill_secondary": ("#eeede7", "#242b28"),
    "border_color_primary": ("#dddcd3", "#343d39"),
    "block_background_fill": ("transparent", "transparent"),
    "block_title_text_color": ("#58645e", "#a1aea7"),
    "input_background_fill": ("#ffffff", "#1b211e"),
    "input_background_fill_focus": ("#ffffff", "#1b211e"),
    "input_border_color": ("#8b958f", "#6b7772"),
    "input_placeholder_color": ("#6a756f", "#929e98"),
    "button_primary_text_color": ("#ffffff", "#10231b"),
    "button_secondary_background_fill": ("#ffffff", "#1b211e"),
    "button_secondary_border_color": ("#dddcd3", "#343d39"),
    "button_secondary_text_color": ("#1d2723", "#e3e9e5"),
}


def make_theme(options: PageOptions) -> gr.themes.Base:
    """The theme in the authority's colours, with the style sheets behind it."""
    theme = gr.themes.Base(
        font=_FONTS, font_mono=("monospace",), radius_size=gr.themes.sizes.radius_lg
    )
    colours = _COLOURS | _accents(options.accent, options.accent_dark)
    values = {name: light for name, (light, _) in colours.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in colours.items()}
    theme.set(
        body_text_size="16px",
        block_border_width="0px",
        block_shadow="none",
        input_shadow="none",
        **values,
    )
    accents = (
        f":root {{ --color-accent: {options.accent}; }}\n"
        f":root .dark {{ --color-accent: {options.accent_dark}; }}\n"
    )
    theme.custom_css = accents + "\n".join(map(read_file, _STYLES))
    return theme


def _accents(light: str, dark: str) -> dict[str, tuple[str, str]]:
    """Everything that is in the accent colour or a shade of it."""
    full = (light, dark)
    strong = (mix(light, "#000000", 0.3), mix(dark, "#ffffff", 0.3))
    soft = (mix(light, "#ffffff", 0.88), mix(dark, "#131715", 0.8))
    return {
        "color_accent_soft": soft,
        "link_text_color": full,
        "link_text_color_hover": strong,
        "input_border_color_focus": full,
        "button_primary_background_fill": full,
        "button_primary_background_fill_hover": strong,
        "button_secondary_background_fill_hover": soft,
    }


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` of ``other`` in it, both #rrggbb."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def read_file(name: str) -> str:
    """A text file beside this module."""
    return (resources.files("assistant.ui") / name).read_text("utf-8")
