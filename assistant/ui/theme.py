"""Colours and fonts of the page; nothing is loaded from outside the machine."""

from importlib import resources

import gradio as gr

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
_STYLES = ("style.css", "browse.css", "board.css", "library.css")

#: Gradio's name of a colour → (light, dark).
_COLOURS = {
    "body_background_fill": ("#f6f5f1", "#131715"),
    "body_text_color": ("#1d2723", "#e3e9e5"),
    "body_text_color_subdued": ("#58645e", "#a1aea7"),
    "background_fill_primary": ("#ffffff", "#1b211e"),
    "background_fill_secondary": ("#eeede7", "#242b28"),
    "border_color_primary": ("#dddcd3", "#343d39"),
    "color_accent_soft": ("#e2efe8", "#20382f"),
    "link_text_color": ("#1c6a51", "#7fcbaa"),
    "link_text_color_hover": ("#124a38", "#a6e0c7"),
    "block_background_fill": ("transparent", "transparent"),
    "block_title_text_color": ("#58645e", "#a1aea7"),
    "input_background_fill": ("#ffffff", "#1b211e"),
    "input_background_fill_focus": ("#ffffff", "#1b211e"),
    "input_border_color": ("#8b958f", "#6b7772"),
    "input_border_color_focus": ("#1c6a51", "#7fcbaa"),
    "input_placeholder_color": ("#6a756f", "#929e98"),
    "button_primary_background_fill": ("#1c6a51", "#7fcbaa"),
    "button_primary_background_fill_hover": ("#124a38", "#a6e0c7"),
    "button_primary_text_color": ("#ffffff", "#10231b"),
    "button_secondary_background_fill": ("#ffffff", "#1b211e"),
    "button_secondary_background_fill_hover": ("#e2efe8", "#20382f"),
    "button_secondary_border_color": ("#dddcd3", "#343d39"),
    "button_secondary_text_color": ("#1d2723", "#e3e9e5"),
}


def make_theme() -> gr.themes.Base:
    """The theme, with our style sheets behind it."""
    theme = gr.themes.Base(
        font=_FONTS, font_mono=("monospace",), radius_size=gr.themes.sizes.radius_lg
    )
    values = {name: light for name, (light, _) in _COLOURS.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in _COLOURS.items()}
    theme.set(
        body_text_size="16px",
        block_border_width="0px",
        block_shadow="none",
        input_shadow="none",
        **values,
    )
    theme.custom_css = "\n".join(map(read_file, _STYLES))
    return theme


def read_file(name: str) -> str:
    """A text file beside this module."""
    return (resources.files("assistant.ui") / name).read_text("utf-8")
