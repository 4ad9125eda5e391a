"""The fixed parts of the page as HTML: header, panel, history, first questions, choices."""

from html import escape

from assistant.page_options import PageOptions
from assistant.types import Audience
from assistant.ui import texts
from corpus.catalog import Corpus
from corpus.collection import Kind


def render_header(options: PageOptions, corpus: Corpus) -> str:
    """The page's title, what the corpus holds, and what can be done with a conversation."""
    statutes = [d for d in corpus.documents if d.kind is Kind.STATUTE]
    line = texts.CORPUS_LINE.format(
        policies=len(corpus.documents) - len(statutes),
        statutes=len({document.title for document in statutes}),
        articles=sum(len(document.articles) for document in statutes),
    )
    by = f'<span class="authority">{escape(options.authority)}</span>' if options.authority else ""
    return (
        f'<a class="skip" href="#question">{texts.SKIP}</a>'
        f'<header><div class="names">{by}<h1>{escape(options.title)}</h1><p>{line}</p></div>'
        f"{_tools()}</header>"
    )


def _tools() -> str:
    return (
        f'<nav class="tools" aria-label="{texts.CONVERSATION_LABEL}">'
        f'<button type="button" data-do="history">{texts.HISTORY}</button>'
        f'<details class="menu"><summary>{texts.EXPORT}</summary><div>'
        f'<button type="button" data-do="export" data-kind="docx">{texts.EXPORT_DOCX}</button>'
        f'<button type="button" data-do="export" data-kind="md">{texts.EXPORT_MARKDOWN}</button>'
        "</div></details></nav>"
    )


def render_log() -> str:
    """Where the turns go; a screen reader reads what is added."""
    return (
        f'<div class="log" role="log" aria-live="polite" '
        f'aria-label="{texts.CONVERSATION_LABEL}"></div>'
    )


def render_welcome(options: PageOptions) -> str:
    """What stands on the page before the first question: good ones to begin with."""
    groups = "".join(
        f'<ul class="examples" data-audience="{audience}"{" hidden" if i else ""}>'
        + "".join(
            f'<li><button type="button" class="example" data-ask="{escape(question)}">'
            f"{escape(question)}</button></li>"
            for question in options.examples.get(audience, ())
        )
        + "</ul>"
        for i, audience in enumerate(options.audiences)
    )
    return f'<div class="welcome"><h2>{texts.WELCOME}</h2><p>{texts.WELCOME_LINE}</p>{groups}</div>'


def render_choices(options: PageOptions) -> str:
    """For whom and for which day it is answered; the first audience is chosen."""
    choices = "".join(
        f'<label><input type="radio" name="audience" value="{audience}"'
        f"{'' if i else ' checked'}><span>{Audience(audience).shown}</span></label>"
        for i, audience in enumerate(options.audiences)
    )
    only = " hidden" if len(options.audiences) == 1 else ""
    return (
        f'<div class="choices"><fieldset id="audience"{only}><legend class="sr">'
        f"{texts.AUDIENCE_LABEL}</legend>{choices}</fieldset>"
        f'<div id="day"><label for="as-of">{texts.DAY_LABEL}</label>'
        f'<input type="date" id="as-of" required>'
        f'<span id="day-note" role="status"></span></div></div>'
    )


def render_panel() -> str:
    """The panel beside the conversation (a sheet over it on a phone) and the list of history."""
    return (
        f'<div class="shade" hidden></div>'
        f'<aside id="panel" aria-label="{texts.PANEL_LABEL}" hidden><div class="bar">'
        f'<button type="button" data-do="back" hidden>{texts.BACK}</button>'
        f'<span class="caption">{texts.PANEL_LABEL}</span><span class="gap"></span>'
        f'<button type="button" data-do="close">{texts.CLOSE}</button></div>'
        f'<div class="content"></div></aside>'
        f'<dialog id="history" aria-labelledby="history-title">'
        f'<div class="bar"><h2 id="history-title">{texts.HISTORY_TITLE}</h2>'
        f'<form method="dialog"><button>{texts.CLOSE}</button></form></div>'
        f"<p>{texts.HISTORY_LINE}</p>"
        f'<ul class="kept"></ul><p class="none">{texts.HISTORY_NONE}</p>'
        f'<button type="button" data-do="forget" class="quiet">{texts.HISTORY_CLEAR}</button>'
        f"</dialog>"
    )


def render_footer(options: PageOptions) -> str:
    """Below the box: what the answers are worth, what is kept, and a new conversation."""
    days = options.keep_questions_days
    kept = texts.KEPT.format(days=days) if days else ""
    return (
        f'<div class="foot"><p>{texts.DISCLAIMER}{kept}</p>'
        f'<button type="button" data-do="new">{texts.CLEAR}</button></div>'
    )
