"""Answer → HTML. Pure functions; every text from outside passes through ``html.escape``."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from assistant.dialog import Suggestion
from assistant.intake import MAX_QUESTION
from assistant.types import Answer, Audience, Nearest, Outcome
from assistant.ui import texts
from assistant.ui.chat.calling import call_link
from assistant.ui.chat.sources import Stretch, render_nearest, render_sources
from assistant.ui.chat.words import render_words
from assistant.ui.html import lines
from corpus.collection import Hotline
from corpus.language import chinese_date, widen_marks
from corpus.standing import Standing


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands with a complete answer: what to ask next, what is nearest, where to ask."""

    copy: str = ""
    suggestions: Sequence[Suggestion] = ()
    nearest: Sequence[Nearest] = ()
    hotlines: Sequence[Hotline] = ()


def render_turn(number: int, question: str, reply: str, exchange: str = "") -> str:
    """A question and what was replied to it; ``reply`` is HTML made here.

    ``exchange`` is the complete answer as JSON, for the browser to keep.
    """
    shown = question if len(question) <= MAX_QUESTION else question[:MAX_QUESTION] + "……"
    kept = f' data-exchange="{escape(exchange)}"' if exchange else ""
    return (
        f'<section class="turn" id="t{number}" tabindex="-1"{kept} '
        f'aria-label="{texts.TURN_LABEL.format(number=number)}">'
        f'<div class="question"><span class="sr">{texts.YOU_ASKED}</span>'
        f'<p dir="auto">{lines(shown.strip())}</p></div>{reply}</section>'
    )


def render_pending(ahead: int = 0) -> str:
    """What stands in the place of an answer that is being made, or that waits for its turn."""
    shown = texts.WAITING.format(ahead=ahead) if ahead else texts.PENDING
    return f'<div class="reply pending"><p>{shown}</p></div>'


def render_problem(message: str, label: str, ask_again: str = "") -> str:
    """A polite message in the place of an answer; with a button that asks the question again."""
    again = (
        f'<p><button type="button" class="chip" data-ask="{escape(ask_again)}">'
        f"{texts.ASK_AGAIN}</button></p>"
        if ask_again
        else ""
    )
    return (
        f'<div class="reply problem"><p class="label">{label}</p><p>{lines(message)}</p>'
        f"{again}</div>"
    )


def render_answer(
    answer: Answer,
    number: int,
    audience: Audience,
    beside: Beside | None = None,
    today: Standing | None = None,
    stretch: Stretch | None = None,
) -> str:
    """An answer, still growing, or complete with what stands ``beside`` it.

    ``today`` says what the sources of an answer for another day are today, ``stretch`` which part
    of its article a citation quotes.
    """
    is_declined = answer.outcome is Outcome.DECLINED
    # Of what is left open on the whole, a part may be answered.
    declined = texts.LEFT_OPEN_LABEL if answer.citations else texts.DECLINED_LABEL
    label = f'<p class="label">{declined}</p>' if is_declined else ""
    body = render_words(answer, beside.hotlines if beside else ())
    end = ""
    if beside:
        calls = _hotlines(beside.hotlines) if is_declined else ""
        end = (
            f"{render_nearest(answer, beside.nearest)}{calls}"
            f"{_suggestions(beside.suggestions)}{_actions(number, beside.copy)}"
            f'<p class="disclosure">{escape(answer.disclosure)}</p>'
        )
    kind = "reply declined" if is_declined else "reply"
    return (
        f'<div class="{kind}{"" if beside else " growing"}">{_for_whom(answer, audience)}'
        f"{_facts(answer, audience)}{label}"
        f'<div class="words">{body}</div>{render_sources(answer, today, stretch)}{end}</div>'
    )


def to_exchange(answer: Answer, audience: Audience) -> str:
    """An answer, its audience and what was nearest as the JSON that the browser keeps."""
    nearest = {"nearest": [asdict(hit) for hit in answer.nearest]} if answer.nearest else {}
    kept = {"audience": audience.value, **answer.to_json(), **nearest}
    return json.dumps(kept, ensure_ascii=False)


def _for_whom(answer: Answer, audience: Audience) -> str:
    """For which day and for whom, right below the question: on paper only."""
    return f'<p class="paper for">{_answered_for(answer, audience)}</p>'


def _answered_for(answer: Answer, audience: Audience) -> str:
    return texts.ANSWERED_FOR.format(day=chinese_date(answer.as_of), audience=audience.shown)


def _facts(answer: Answer, audience: Audience) -> str:
    """The quiet line above the answer."""
    facts = [
        _understood(answer),
        _answered_for(answer, audience),
        "" if answer.outcome is Outcome.DECLINED else _engine(answer.engine),
        answer.note,
    ]
    afresh = (
        f' <button type="button" class="afresh" data-afresh="{escape(answer.question)}">'
        f"{texts.ASK_AFRESH}</button>"
        if answer.leans
        else ""
    )
    return f'<p class="facts">{" · ".join(escape(f) for f in facts if f)}{afresh}</p>'


def _understood(answer: Answer) -> str:
    told = widen_marks(answer.understood)
    return texts.UNDERSTOOD.format(question=told) if told else ""


def _engine(engine: str) -> str:
    return texts.ENGINES.get(engine) or texts.LLM_ENGINE.format(name=engine.removeprefix("llm:"))


def _hotlines(hotlines: Sequence[Hotline]) -> str:
    items = "".join(f"<li>{call_link(line.number)} {escape(line.name)}</li>" for line in hotlines)
    return f'<h3>{texts.WHERE_TO_ASK}</h3><ul class="hotlines">{items}</ul>' if items else ""


def _suggestions(suggestions: Sequence[Suggestion]) -> str:
    chips = "".join(
        f'<li><button type="button" class="chip" data-ask="{escape(s.question)}">'
        f"{escape(s.label)}</button></li>"
        for s in suggestions
    )
    return f'<h3>{texts.ASK_NEXT}</h3><ul class="chips">{chips}</ul>' if chips else ""


def _actions(number: int, copy: str) -> str:
    """What can be done with an answer; the page's script does it.

    The box that chooses it for an export is shown only where the page has ``choosing``.
    """
    return (
        f'<label class="choose"><input type="checkbox" data-choose>{texts.CHOOSE_THIS}</label>'
        f'<div class="actions" data-copy="{escape(copy)}">'
        f'<button type="button" data-do="copy">{texts.COPY}</button>'
        f'<button type="button" data-do="export" data-kind="docx">{texts.EXPORT_MEMO}</button>'
        f'<button type="button" data-do="print">{texts.PRINT}</button>'
        f'<button type="button" data-do="aloud">{texts.READ_ALOUD}</button>'
        f'<button type="button" data-do="link">{texts.COPY_LINK}</button>'
        f'<span class="gap"></span>'
        f'<button type="button" data-do="useful" aria-pressed="false">{texts.USEFUL}</button>'
        f'<button type="button" data-do="useless" aria-pressed="false">{texts.USELESS}</button>'
        f'<form class="word" hidden><label class="sr" for="w{number}">{texts.WORD_LABEL}</label>'
        f'<input id="w{number}" name="word" maxlength="500" autocomplete="off" '
        f'placeholder="{texts.WORD_HINT}"><button>{texts.SEND_WORD}</button></form>'
        f'<span class="said" role="status"></span></div>'
    )
