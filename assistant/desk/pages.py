"""The desk's pages as HTML, and the headers that keep them to themselves."""

from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any
from urllib.parse import quote

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.desk import texts

#: The media type of a workbook.
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Where the desk is.
ROOT = "/desk"
#: What a browser may do with the desk's pages.
HEADERS = {
    # Nothing but our own style sheet; no script at all, and no page of another site around it.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}
_PAGES = Environment(
    loader=PackageLoader("assistant.desk"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.globals |= {"root": ROOT, "texts": texts, "today": date.today}


def page(name: str, status: int = 200, **fields: Any) -> HTMLResponse:
    """A page of the desk."""
    return HTMLResponse(_PAGES.get_template(name).render(**fields), status, HEADERS)


def go_to(path: str, **fields: str) -> Response:
    """Go on to another page of the desk, with what it is to say."""
    given = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    return RedirectResponse(f"{ROOT}{path}{'?' if given else ''}{given}", 303, HEADERS)


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to take away."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def style() -> Response:
    """The style sheet."""
    text = (resources.files("assistant.desk") / "desk.css").read_text("utf-8")
    return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})


def said(params: Mapping[str, str]) -> str:
    """What a page says on top: only sentences of ours, by their names."""
    return texts.SAID.get(params.get("said", ""), "")
