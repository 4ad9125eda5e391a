"""Readers of a user's own documents: a Word, PDF, HTML, Markdown or text file → Document.

file ──formats──▶ Content (its blocks) ──statute_text, statute_head, paragraphs──▶ Document
"""

from corpus.readers.document import read_document

__all__ = ["read_document"]
