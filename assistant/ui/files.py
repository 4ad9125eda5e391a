"""What the browser loads beside the page: scripts, the style sheet, the icon.

Their address holds a checksum of all of them, so they are kept for good, and a new version is
another address. What a script imports lies beside it, under the same checksum.
"""

from hashlib import sha256
from importlib import resources

from fastapi.responses import PlainTextResponse, Response

from assistant.page_options import PageOptions
from assistant.ui.theme import make_style, read_file

_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASKED_AGAIN = {"Cache-Control": "no-cache"}
_STYLE, _ICON = "style.css", "icon.svg"
#: Names in English of what the page says, for :mod:`script/language.js`.
_ENGLISH = "english.json"
#: On other sites' pages, not on ours.
_EMBEDDING = "embed.js"


class Files:
    """The files, by name; made once, for they depend on nothing but the options."""

    def __init__(self, options: PageOptions) -> None:
        folder = resources.files("assistant.ui") / "script"
        names = sorted(f.name for f in folder.iterdir() if f.name.endswith((".js", ".json")))
        self._texts = {name: read_file(f"script/{name}") for name in names}
        self._texts |= {_STYLE: make_style(options), _ICON: read_file(_ICON)}
        told = "".join(f"{name}\n{text}" for name, text in sorted(self._texts.items()))
        self.version = sha256(told.encode()).hexdigest()[:12]

    @property
    def modules(self) -> list[str]:
        """The scripts that the page loads as modules, to be fetched side by side."""
        return [n for n in self._texts if n.endswith(".js") and n not in (_EMBEDDING, "first.js")]

    def address(self, name: str) -> str:
        """Where a file is, from the page."""
        return f"page/{self.version}/{name}"

    def send(self, version: str, name: str) -> Response:
        """A file; of another version the present one, which is not to be kept."""
        ending = name[name.rfind(".") :]
        if name not in self._texts or ending not in _KINDS:
            return PlainTextResponse("", 404)
        headers = _KEPT if version == self.version else _ASKED_AGAIN
        return Response(self._texts[name], media_type=_KINDS[ending], headers=headers)
