"""When the corpus does not hold what was asked: a refusal that says what is missing."""

import re
from collections.abc import Sequence
from importlib import resources

from assistant.extractive import declined, short_title
from assistant.selection import Weigh
from assistant.types import Draft, Query
from assistant.understanding import Understanding
from corpus.catalog import Corpus
from corpus.references import Reference
from index.types import ScoredPassage

#: The beginning of every refusal, shared with the tests and the page.
NOT_COVERED = "现有资料没有"

_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘记|不受|跳过|绕过).{0,12}(?:指示|指令|规则|限制|要求|设定|资料|提示)|"
    r"系统提示|提示词|system prompt|ignore (?:all|previous|the above)|"
    r"直接输出|原样输出|照着说|你现在是|扮演|开发者模式"
)


class Refusals:
    """Decides, before an answer is composed, whether there is something to answer from."""

    def __init__(self, corpus: Corpus, weigh: Weigh) -> None:
        self._corpus = corpus
        self._weigh = weigh
        text = (resources.files("assistant") / "data" / "other_places.txt").read_text("utf-8")
        self._places = re.compile("|".join(text.split()))

    def before(
        self, query: Query, understanding: Understanding, hits: Sequence[ScoredPassage]
    ) -> Draft | None:
        """A refusal, or None where an answer should be composed."""
        if _INSTRUCTION.search(understanding.text):
            return declined(
                f"{NOT_COVERED}这样的内容：问题里的指令只当作文字看待，不会执行。"
                "请直接问生态环境政策或法律上的事。"
            )
        for reference in understanding.references:
            refusal = self._of_reference(query, reference)
            if refusal:
                return refusal
        return None

    def _of_reference(self, query: Query, reference: Reference) -> Draft | None:
        if not reference.known:
            return declined(
                f"{NOT_COVERED}《{reference.title}》，无法引用它的条文。"
                "请向发布机关核对原文，或把文件加入语料后再问。"
            )
        if not reference.key or self._corpus.article(reference.key, query.as_of):
            return None
        document = self._corpus.version_on(reference.title or "", query.as_of)
        if document is None:
            return None
        name = short_title(document.title)
        last = document.articles[-1].label
        return declined(
            f"{NOT_COVERED}这一条：《{name}》的条文到{last}为止，没有第{reference.article}条，请核对条号。"
        )
