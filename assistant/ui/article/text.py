"""The text of an article as HTML: a paragraph a line, references linked, a quote marked."""

from collections.abc import Callable, Sequence
from html import escape

from assistant.ui.html import line_class
from corpus.browsing import Place, Pointer

#: Words of a text and where they lead → a link.
Link = Callable[[Place, str], str]


def render_text(text: str, pointers: Sequence[Pointer], link: Link, quote: str = "") -> str:
    """The paragraphs of a text, the first place of ``quote`` in it marked."""
    start = text.find(quote) if quote else -1
    end = start + len(quote) if start >= 0 else -1
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        first = min(max(start - offset, 0), len(line))
        last = max(first, min(max(end - offset, 0), len(line)))
        cuts = ((0, first, False), (first, last, True), (last, len(line), False))
        inner = "".join(
            f"<mark>{part}</mark>" if is_quote else part
            for a, b, is_quote in cuts
            if (part := _linked(text, offset + a, offset + b, pointers, link))
        )
        offset += len(line) + 1
        paragraphs.append(f'<p class="{line_class(line)}">{inner}</p>')
    return "".join(paragraphs)


def _linked(text: str, start: int, end: int, pointers: Sequence[Pointer], link: Link) -> str:
    """``text[start:end]``, the pointers that lie wholly in it as links."""
    parts = []
    for pointer in pointers:
        if start <= pointer.start and pointer.end <= end:
            parts.append(escape(text[start : pointer.start]))
            parts.append(link(pointer.place, text[pointer.start : pointer.end]))
            start = pointer.end
    return "".join([*parts, escape(text[start:end])])
