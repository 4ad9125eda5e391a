"""Texts that are not bundled, known by name and by what they decide."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from corpus.errors import CorpusError


def in_marks(title: str) -> str:
    """《title》, with 〈〉 around a title in it."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that the catalog knows by name although it is not bundled.

    ``number`` is its official one (GB 12348—2008), ``decides`` what it decides, ``asked`` how
    people ask for that. ``is_described`` tells that it is no text with a title but what differs
    from place to place or from case to case (当地的通告, 鉴定意见). What is for one trade or thing
    alone (印刷工业, 铁路) has in ``subject`` words of which whoever means it says one.
    """

    title: str
    names: tuple[str, ...]
    issuer: str
    url: str = ""
    number: str = ""
    decides: str = ""
    asked: tuple[str, ...] = ()
    is_described: bool = False
    subject: tuple[str, ...] = ()

    def concerns(self, text: str) -> bool:
        """Whether it can be meant by a text: not where that doesn't speak of its subject."""
        return not self.subject or any(word in text for word in self.subject)

    @property
    def full_name(self) -> str:
        """《title》 with its number and who issued it; without 《》 what is only described."""
        beside = "，".join(part for part in (self.number, self.issuer) if part)
        name = self.title if self.is_described else in_marks(self.title)
        return f"{name}（{beside}）" if beside else name


def read_known(file: Traversable) -> list[KnownDocument]:
    """The texts outside the corpus that ``known.toml`` lists; CorpusError where it can't be read,
    none where there is no such file."""
    if not file.is_file():
        return []
    try:
        return list(_parsed(file.read_text("utf-8")))
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"目录文件 known.toml 读不懂（{error}），请恢复原文件。") from error


# With every document that staff add the corpus is put together anew.
@lru_cache(maxsize=8)
def _parsed(text: str) -> tuple[KnownDocument, ...]:
    return tuple(
        KnownDocument(
            row["title"],
            tuple(row.get("names", ())),
            row["issuer"],
            row.get("url", ""),
            row.get("number", ""),
            row.get("decides", ""),
            tuple(row.get("asked", ())),
            row.get("described", False),
            tuple(row.get("subject", ())),
        )
        for row in tomllib.loads(text)["known"]
    )
