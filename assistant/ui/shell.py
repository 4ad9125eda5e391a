"""The page as it is sent: what does not change while one asks, as HTML."""

from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.intake import FIRST_DAY, LAST_DAY
from assistant.page_options import PageOptions
from assistant.types import Audience
from assistant.ui import texts
from assistant.ui.files import Files
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import short_title

_PAGES = Environment(
    loader=PackageLoader("assistant.ui"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.globals |= {"texts": texts, "audience_shown": lambda audience: Audience(audience).shown}
#: So many statutes are named where it is told what is known.
_NAMED = 12


class Shell:
    """The page and what it says of itself."""

    def __init__(self, options: PageOptions, files: Files) -> None:
        self._common: dict[str, Any] = {"options": options, "files": files}

    def page(self, check_form: str) -> HTMLResponse:
        """The page; ``check_form`` is HTML made here."""
        return self._send("page.html", check_form=check_form, days=(FIRST_DAY, LAST_DAY))

    def about(self, corpus: Corpus) -> HTMLResponse:
        """Who runs it, what it knows, how answers are made, what is kept, whom to write to."""
        held = dict.fromkeys(
            document.title for document in corpus.documents if document.kind is Kind.STATUTE
        )
        added = [title for title in held if title in corpus.added]
        bundled = [short_title(title) for title in held if title not in corpus.added]
        return self._send(
            "about.html",
            policies=list(dict.fromkeys(document.title for document in corpus.policies)),
            statutes=bundled[:_NAMED],
            has_more=len(bundled) > _NAMED,
            added=added,
            absent=[known.title for known in corpus.not_loaded.values()][:_NAMED],
        )

    def _send(self, name: str, **fields: Any) -> HTMLResponse:
        html = _PAGES.get_template(name).render(**self._common, **fields)
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})
