"""The chat tab: its events, bound to the desk that takes the questions."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.limits import address_of
from assistant.page_options import PageOptions
from assistant.ui.chat.desk import Asked, Desk
from assistant.ui.chat.layout import ChatParts, lay_out_chat

#: The page's script says what is asked, for whom, for which day and after which questions.
_COLLECT = "(...fields) => window.ecopolicy.collect(fields)"


def lay_out_questions(desk: Desk, options: PageOptions) -> None:
    """Make the chat inside the current tab."""
    bind(lay_out_chat(options), desk, options)


def bind(parts: ChatParts, desk: Desk, options: PageOptions) -> None:
    """Answer what is asked, until it is answered or stopped."""

    async def ask(
        question: str | None,
        audience: str | None,
        day: str | None,
        context: str | None,
        request: gr.Request,
    ) -> AsyncIterator[tuple[Any, Any]]:
        if not (question or "").strip():  # Enter in an empty box
            yield gr.skip(), gr.skip()
            return
        asked = Asked.read(question or "", audience or "", day or "", context or "")
        box: Any = ""
        async for reply in desk.reply(asked, address_of(request, options.client_header)):
            if not reply.is_taken:
                box = asked.question  # to be put right and sent again
            yield reply.html, box
            box = gr.skip()

    asking: Any = gr.on(
        [parts.box.submit, parts.send.click],
        ask,
        [parts.box, parts.audience, parts.day, parts.context],
        [parts.feed, parts.box],
        show_progress="hidden",
        trigger_mode="multiple",  # what is asked while an answer comes is not lost
        api_visibility="private",
        concurrency_limit=None,  # the desk has a queue of its own, which shows one's place
        js=_COLLECT,
    )
    parts.stop.click(None, None, None, cancels=[asking], api_visibility="private")
