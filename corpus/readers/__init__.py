"""Readers of a user's own documents: a Word, PDF, HTML, Markdown or text file → Document.

file ──formats──▶ Content (its blocks) ──statute_text, statute_head, paragraphs──▶ Document
"""

from corpus.readers.document import read_document, read_plain
from corpus.readers.formats import MAX_BYTES, read_bytes

__all__ = ["MAX_BYTES", "read_bytes", "read_document", "read_plain"]
