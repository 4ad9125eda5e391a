"""Readers of a user's own documents: a Word, PDF, HTML, Markdown or text file → Document.

file ──files──▶ bytes ──word, pdf, web, markdown, plain──▶ Content (its blocks)
Content ──statute_text, statute_head, paragraphs──▶ Document
"""

from corpus.readers.document import read_document

__all__ = ["read_document"]
