"""Readers of a user's own documents: a Word, PDF, HTML, Markdown or text file → Document.

file ──formats──▶ Content (its blocks) ──statute_text, statute_head, paragraphs──▶ Document

A user's file is read ``apart``, in a process with limits; ``read_document_here`` is for texts of
this installation's own collections.
"""

from corpus.readers.apart import (
    DEFAULT_LIMITS,
    Limits,
    Reading,
    StoppedError,
    page_image,
    read_apart,
    read_document,
    read_plain,
)
from corpus.readers.document import read_document as read_document_here
from corpus.readers.formats import MAX_BYTES, read_bytes

__all__ = [
    "DEFAULT_LIMITS",
    "MAX_BYTES",
    "Limits",
    "Reading",
    "StoppedError",
    "page_image",
    "read_apart",
    "read_bytes",
    "read_document",
    "read_document_here",
    "read_plain",
]
