"""The file that an added document was read from, at the cited place."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi.responses import FileResponse, Response

from assistant.ui import texts
from assistant.ui.article.sources import Source
from assistant.wiring import Workspace
from corpus.readers import page_image
from corpus.types import Document

#: Gives the file of a document; None where it was not kept, or the document is bundled.
Originals = Callable[[Document], Path | None]


def originals_of(workspace: Workspace | None) -> Originals:
    """The files in the library of a workspace."""
    if workspace is None:
        return lambda document: None

    @lru_cache(maxsize=2)
    def names(in_use: tuple[str, ...]) -> dict[str, str]:
        held = workspace.library.load(in_use)
        return {document.id: name for name, document in zip(in_use, held, strict=True)}

    def find(document: Document) -> Path | None:
        name = names(tuple(workspace.folder.state().documents)).get(document.id)
        return workspace.library.original(name) if name else None

    return find


def render_links(source: Source, path: Path | None, day: str) -> str:
    """Where the original can be opened, of a PDF at the page."""
    if path is None:
        return ""
    given = urlencode({"key": source.article.key, "day": day})
    links = f'<a href="original?{given}" target="_blank" rel="noopener">{texts.ORIGINAL}</a>'
    if path.suffix == ".pdf" and source.article.page:
        words = urlencode({"quote": source.quote or source.article.text[:200]})
        shown = texts.ORIGINAL_PAGE.format(page=source.article.page)
        links += (
            f' <a href="original/page.png?{given}&amp;{words}" target="_blank" rel="noopener">'
            f"{shown}</a>"
        )
    return f'<p class="state">{links}</p>'


def send_original(path: Path, title: str) -> Response:
    """The file to take away; what a browser would run is never opened in it."""
    return FileResponse(
        path, media_type="application/octet-stream", filename=f"{title}{path.suffix}"
    )


def send_page(source: Source, path: Path) -> Response:
    """The page on which the article begins, its quoted words marked."""
    page = source.article.page or 1
    return Response(page_image(path, page, [source.quote]), media_type="image/png")
