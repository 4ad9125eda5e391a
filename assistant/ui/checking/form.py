"""The tab 核验稿件: a text or a file in, what is wrong in it out. Nothing of it is kept."""

from datetime import date
from html import escape

from assistant.intake import FIRST_DAY, LAST_DAY
from assistant.ui.checking import texts

_ACCEPTED = ".docx,.pdf,.html,.htm,.md,.txt"


def render_form(day: date) -> str:
    """What is asked for, and where the result goes."""
    return (
        f'<div class="browse"><header><h2>{texts.CHECK}</h2><p class="lead">{texts.CHECK_LINE}</p>'
        f'</header><form class="given"><label>{texts.PASTE}<textarea name="text" rows="8" '
        f'placeholder="{escape(texts.PASTE_HINT)}"></textarea></label>'
        f'<div class="row"><label><span>{texts.OR_FILE} '
        f'<span class="quiet">{texts.FILE_KINDS}</span>'
        f'</span><input type="file" name="file" accept="{_ACCEPTED}"></label>'
        f'<label>{texts.DAY}<input type="date" name="day" value="{day.isoformat()}" '
        f'min="{FIRST_DAY}" max="{LAST_DAY}" required>'
        f'</label><button type="submit">{texts.DO}</button></div></form>'
        f'<div class="result" aria-live="polite" data-busy="{texts.BUSY}" '
        f'data-nothing="{texts.NOTHING_GIVEN}" data-failed="{texts.FAILED}"></div></div>'
    )
