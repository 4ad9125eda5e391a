"""When the corpus does not hold what was asked: a refusal that says what is missing."""

import re
from collections.abc import Sequence
from importlib import resources

from assistant.extractive import declined, short_title
from assistant.types import NOT_COVERED, Draft, Query
from assistant.understanding import Aspect, Understanding
from corpus.catalog import Corpus
from corpus.numerals import to_chinese
from corpus.references import Reference
from corpus.types import Kind
from index.types import ScoredPassage

_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘记|不受|跳过|绕过).{0,12}(?:指示|指令|规则|限制|要求|设定|资料|提示)|"
    r"系统提示|提示词|system prompt|ignore (?:all|previous|the above)|"
    r"直接输出|原样输出|照着说|你现在是|扮演|开发者模式"
)

#: A question with one of these asks about one place's plans rather than about the law.
_LOCAL = re.compile(
    r"今年|明年|去年|目标|任务|清单|计划|部署|方案|规划|政策|措施|坐|多远|天气|房价|路线"
)


class Refusals:
    """Decides, before an answer is composed, whether there is something to answer from."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
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
        return self._of_place(understanding, hits) or self._of_date(understanding, hits)

    def _of_place(
        self, understanding: Understanding, hits: Sequence[ScoredPassage]
    ) -> Draft | None:
        """Other places' plans are not answered with 潍坊's."""
        place = self._places.search(understanding.text)
        local = _LOCAL.search(understanding.text) or (
            bool(hits) and hits[0].passage.kind is Kind.POLICY
        )
        if not place or not local or understanding.looked_up:
            return None
        return declined(
            f"{NOT_COVERED}{place[0]}的情况：这里只收录了潍坊市的部署和全国性的法律。"
            f"请向{place[0]}的生态环境部门了解。"
        )

    def _of_date(self, understanding: Understanding, hits: Sequence[ScoredPassage]) -> Draft | None:
        """The policy text gives no date at all: a question for one has no answer in it."""
        asked = Aspect.DATE in understanding.aspects and not understanding.references
        if not asked or not hits or hits[0].passage.kind is not Kind.POLICY:
            return None
        label = hits[0].passage.key.split(":")[-1]
        return declined(
            f"{NOT_COVERED}给出时间：潍坊市的部署原文没有写日期或期限。最接近的内容在“{label}”部分。"
            "具体安排请向潍坊市生态环境局咨询。"
        )

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
        number = reference.article or 0
        asked = f"第{to_chinese(number)}条" if 0 < number < 10_000 else "这个条号"
        return declined(
            f"{NOT_COVERED}这一条：《{name}》的条文到{last}为止，没有{asked}，请核对条号。"
        )
