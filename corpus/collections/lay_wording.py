"""How people ask for an article: questions and a gist in plain words.

Ours, written by reading the article; indexed so that everyday words find it, never quoted and
never shown as law.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from corpus.errors import CorpusError

#: So many files are remembered as they were read: with every document that staff add the corpus is
#: put together anew.
_REMEMBERED = 32
#: About twice as many ids as there are lay texts: the same are asked for with every index.
_IDS = 100_000


@dataclass(frozen=True, slots=True)
class LayWording:
    """What people would say for an article, or for one ``part`` of it (as in ``Span.part``).

    There is a gist for the article as a whole or, in the policy text, for a sentence.
    """

    key: str
    questions: tuple[str, ...]
    gist: str = ""
    part: str = ""

    @property
    def target(self) -> str:
        """What the texts stand for: a key, or ``key|part`` for one part of it."""
        return f"{self.key}|{self.part}" if self.part else self.key

    @property
    def texts(self) -> tuple[str, ...]:
        """The questions, then the gist where there is one."""
        return (*self.questions, self.gist) if self.gist else self.questions


@lru_cache(maxsize=_IDS)
def lay_id(text: str) -> str:
    """The id of a lay text, from its content."""
    return "lay-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def read_lay_wording(collections: Iterable[Traversable]) -> list[LayWording]:
    """The lay wording of collections, in the order of the files' names."""
    files = [
        file
        for collection in collections
        if (folder := collection / "lay_wording").is_dir()
        for file in folder.iterdir()
    ]
    try:
        texts = (file.read_text("utf-8") for file in sorted(files, key=lambda f: f.name))
        return [wording for text in texts for wording in _parsed(text)]
    except (OSError, ValueError, KeyError) as error:
        raise CorpusError("口语说法的数据读不懂，请恢复集合里的 lay_wording 文件夹。") from error


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str) -> tuple[LayWording, ...]:
    """The wording in the text of a file."""
    return tuple(
        LayWording(r["key"], tuple(r["questions"]), r.get("gist", ""), r.get("part", ""))
        for r in map(json.loads, text.splitlines())
    )
