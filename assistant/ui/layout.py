"""The parts of the page, from top to bottom."""

from dataclasses import dataclass

import gradio as gr

from assistant.types import Audience
from assistant.ui import texts
from assistant.ui.conversation import show
from assistant.ui.rendering import render_audiences, render_day, render_welcome
from assistant.ui.theme import read_file


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events are bound to."""

    header: gr.HTML
    audience: gr.HTML
    day: gr.HTML
    turns: gr.State
    conversation: gr.HTML
    empty_state: gr.Column
    examples: tuple[gr.Button, ...]
    box: gr.Textbox
    send: gr.Button
    clear: gr.Button


def lay_out(header: str, today: str) -> Parts:
    """Make the components inside the current ``gr.Blocks``."""
    top = gr.HTML(header, apply_default_css=False, elem_id="header")
    with gr.Row(elem_id="choices"):
        audience = _field("audience", Audience.PUBLIC.value, render_audiences())
        day = _field("day", today, render_day())
    conversation = gr.HTML(
        show(()),
        js_on_load=read_file("conversation.js"),
        apply_default_css=False,
        elem_id="conversation",
    )
    with gr.Column(elem_id="empty-state") as empty_state:
        gr.HTML(render_welcome(), apply_default_css=False)
        with gr.Row(elem_id="examples"):
            examples = tuple(gr.Button(example, size="md") for example in texts.EXAMPLES)
    box, send, clear = _composer()
    return Parts(
        top, audience, day, gr.State(()), conversation, empty_state, examples, box, send, clear
    )


def _field(name: str, value: str, template: str) -> gr.HTML:
    return gr.HTML(
        value,
        html_template=template,
        js_on_load=read_file("choice.js"),
        apply_default_css=False,
        elem_id=name,
    )


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="ask"):
            box = gr.Textbox(
                label=texts.QUESTION_LABEL,
                placeholder=texts.QUESTION_HINT,
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                autofocus=True,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", lang=texts.LANGUAGE),
            )
            send = gr.Button(texts.SEND, variant="primary", elem_id="send")
        with gr.Row(elem_id="footer"):
            gr.HTML(f"<p>{texts.DISCLAIMER}</p>", apply_default_css=False, elem_id="disclaimer")
            clear = gr.Button(texts.CLEAR, size="sm", elem_id="clear")
    return box, send, clear
