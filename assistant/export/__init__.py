"""Answers and tables taken out of the page: text to paste, Markdown, Word, spreadsheets."""

from assistant.export.answers import Exchange, copy_text, is_web_page
from assistant.export.checked import to_commented_docx, to_findings_xlsx
from assistant.export.grouping import by_document
from assistant.export.markdown import to_markdown
from assistant.export.memo import TITLE as MEMO_TITLE
from assistant.export.memo_docx import to_docx
from assistant.export.naming import check_name, memo_name
from assistant.export.sheets import cell, to_csv, to_xlsx

__all__ = [
    "MEMO_TITLE",
    "Exchange",
    "by_document",
    "cell",
    "check_name",
    "copy_text",
    "is_web_page",
    "memo_name",
    "to_commented_docx",
    "to_csv",
    "to_docx",
    "to_findings_xlsx",
    "to_markdown",
    "to_xlsx",
]
