"""What is kept of an added document: the file that it was read from, and the day it was added."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from fastapi.responses import FileResponse, Response

from assistant.ui import texts
from assistant.ui.article.sources import Source
from assistant.wiring import Workspace
from corpus.language import chinese_date
from corpus.readers import page_image
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of an added document, where that was kept, and since when it is here."""

    file: Path | None
    added_on: date | None


#: Tells what is kept of a document; None where it is bundled.
KeptOf = Callable[[Document], Kept | None]


def kept_in_library(workspace: Workspace | None) -> KeptOf:
    """What the library of a workspace keeps."""
    if workspace is None:
        return lambda document: None

    @lru_cache(maxsize=2)
    def names(in_use: tuple[str, ...]) -> dict[str, str]:
        held = workspace.library.load(in_use)
        return {document.id: name for name, document in zip(in_use, held, strict=True)}

    def find(document: Document) -> Kept | None:
        name = names(tuple(workspace.folder.state().documents)).get(document.id)
        library = workspace.library
        return Kept(library.original(name), library.added_on(name)) if name else None

    return find


def render_kept(source: Source, kept: Kept | None, day: str, authority: str) -> str:
    """By whom and when a text was added, and where its original can be opened, of a PDF at the
    page; nothing of a bundled text."""
    if kept is None:
        return ""
    told = ""
    if kept.added_on:
        on = chinese_date(kept.added_on)
        told = escape(texts.ADDED_BY.format(authority=authority or texts.OPERATOR, day=on))
    return f'<p class="state">{told}{_links(source, kept.file, day)}</p>'


def _links(source: Source, path: Path | None, day: str) -> str:
    if path is None:
        return ""
    given = urlencode({"key": source.article.key, "day": day})
    links = f' <a href="original?{given}" target="_blank" rel="noopener">{texts.ORIGINAL}</a>'
    if path.suffix == ".pdf" and source.article.page:
        words = urlencode({"quote": source.quote or source.article.text[:200]})
        shown = texts.ORIGINAL_PAGE.format(page=source.article.page)
        links += (
            f' <a href="original/page.png?{given}&amp;{words}" target="_blank" rel="noopener">'
            f"{shown}</a>"
        )
    return links


def send_original(path: Path, title: str) -> Response:
    """The file to take away; what a browser would run is never opened in it."""
    return FileResponse(
        path, media_type="application/octet-stream", filename=f"{title}{path.suffix}"
    )


def send_page(source: Source, path: Path) -> Response:
    """The page on which the article begins, its quoted words marked."""
    page = source.article.page or 1
    return Response(page_image(path, page, [source.quote]), media_type="image/png")
