"""The parts of the chat, from top to bottom."""

from dataclasses import dataclass

import gradio as gr

from assistant.page_options import PageOptions
from assistant.ui import texts
from assistant.ui.chat.frame import render_choices, render_footer, render_log, render_welcome

#: Hands the newest turn to the page's script, which puts it into the conversation: what stands
#: there already is never drawn again.
_HAND_OVER = """
document.documentElement.lang = "zh-CN";
watch("value", () => document.dispatchEvent(new CustomEvent("turn", { detail: props.value })));
"""


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The components that events are bound to. ``context`` is filled by the page's script."""

    feed: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    audience: gr.Textbox
    day: gr.Textbox
    context: gr.Textbox


def lay_out_chat(options: PageOptions) -> ChatParts:
    """Make the components inside the current tab."""
    with gr.Column(elem_id="chat"):
        gr.HTML(render_log(), apply_default_css=False, elem_id="conversation")
        gr.HTML(render_welcome(options), apply_default_css=False, elem_id="empty-state")
        feed = gr.HTML(
            "", html_template="", js_on_load=_HAND_OVER, apply_default_css=False, elem_id="feed"
        )
        audience, day, context = (gr.Textbox(visible=False) for _ in range(3))
        box, send, stop = _composer(options)
    return ChatParts(feed, box, send, stop, audience, day, context)


def _composer(options: PageOptions) -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Column(elem_id="composer"):
        gr.HTML(render_choices(options), apply_default_css=False, elem_id="choices")
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
            stop = gr.Button(texts.STOP, elem_id="stop")
        gr.HTML(render_footer(options), apply_default_css=False, elem_id="disclaimer")
    return box, send, stop
