"""The statutes of the data package that the corpus does not hold: a draft may cite any of them."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache

from corpus.errors import CorpusError
from corpus.statutes.package import database_path

_TITLE = re.compile(r"《([^《》]+)》")
_REPEALS = re.compile(r"[^。]*同时废止")


@cache
def package_titles() -> frozenset[str]:
    """The titles of all statutes in the package."""
    return frozenset(row[0] for row in _rows("SELECT DISTINCT law_name FROM laws"))


@cache
def package_repeals() -> Mapping[str, str]:
    """Titles that a statute of the package repealed → that statute's title."""
    found: dict[str, str] = {}
    rows = _rows("SELECT law_name, article_text FROM articles WHERE article_text LIKE '%同时废止%'")
    for by, text in rows:
        for clause in _REPEALS.findall(text):
            found |= {title: by for title in _TITLE.findall(clause) if title != by}
    return found


def _rows(query: str) -> list[tuple[str, ...]]:
    try:
        with closing(sqlite3.connect(f"file:{database_path()}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise CorpusError("法律数据包读不出来，请运行 make install 重新安装。") from error
