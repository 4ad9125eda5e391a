"""Which titles are taken: an added text can't stand where a bundled one does."""

from collections.abc import Iterable

from corpus.key import Key
from corpus.language import title_form, title_forms
from corpus.statutes import in_marks, package_titles
from corpus.types import Document


class Taken:
    """The titles, keys and ids of bundled texts, and the titles of the data package's statutes."""

    def __init__(self, bundled: Iterable[Document]) -> None:
        """``bundled`` are the documents that no user added."""
        documents = tuple(bundled)
        titles = {*package_titles(), *(document.title for document in documents)}
        self._titles = {title_form(title): title for title in titles}
        self._ids = {document.id for document in documents}
        self._keys = {article.key for document in documents for article in document.articles}

    def by(self, title: str) -> str:
        """The bundled title that ``title`` is, however it is written; empty where it is free."""
        return next((self._titles[f] for f in title_forms(title) if f in self._titles), "")

    def why(self, document: Document) -> str:
        """Why this document can't be added, a sentence; empty where it can.

        Its articles' keys count as its title does: by them it is cited.
        """
        keys = {article.key for article in document.articles}
        owners = {Key.parse(key).owner for key in keys} | {document.title}
        if not title_form(document.title):
            return f"标题“{document.title}”里没有文字，请用 --title 写明标题再添加。"
        title = next(filter(None, map(self.by, sorted(owners))), "")
        if title:
            return f"自带的文件里已有{in_marks(title)}，请用 --title 换个标题再添加。"
        if document.id in self._ids or keys & self._keys:
            return f"《{document.title}》的编号和自带语料的相同，请用 --title 换个标题再添加。"
        return ""
