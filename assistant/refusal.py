"""When the corpus does not hold what was asked: a refusal that says what is missing."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from assistant.extractive import short_title
from assistant.types import NOT_COVERED, Draft, DraftSentence, Outcome, Query
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


def refuse(
    query: Query, understanding: Understanding, hits: Sequence[ScoredPassage], corpus: Corpus
) -> Draft | None:
    """A refusal, or None where an answer should be composed."""
    if _INSTRUCTION.search(understanding.text):
        return _declined(
            f"{NOT_COVERED}这样的内容：问题里的指令只当作文字看待，不会执行。"
            "请直接问生态环境政策或法律上的事。"
        )
    for reference in understanding.references:
        refusal = _of_reference(query, reference, corpus)
        if refusal:
            return refusal
    if not hits:
        return _declined(f"{NOT_COVERED}与这个问题有关的内容，请换个说法，写明想问的事。")
    return _of_place(understanding, hits[0]) or _of_date(understanding, hits[0])


def _declined(text: str) -> Draft:
    return Draft((DraftSentence(text),), Outcome.DECLINED)


def _of_reference(query: Query, reference: Reference, corpus: Corpus) -> Draft | None:
    if reference.title is None:
        return None
    document = corpus.version_on(reference.title, query.as_of)
    if document is None:
        known = corpus.not_loaded.get(reference.title)
        where = (
            f"它由{known.issuer}发布，原文见 {known.url} 。"
            if known
            else "请向发布机关核对原文，或把文件加入语料后再问。"
        )
        return _declined(f"{NOT_COVERED}《{reference.title}》，无法引用它的条文。{where}")
    if not reference.key or corpus.article(reference.key, query.as_of):
        return None
    name = short_title(document.title)
    if document.title in corpus.excerpts:
        return _declined(
            f"{NOT_COVERED}这一条：《{name}》只收录了与生态环境有关的条文。"
            f"请到国家法律法规数据库查看全文：{document.url} 。"
        )
    last = document.articles[-1].label
    number = reference.article or 0
    asked = f"第{to_chinese(number)}条" if 0 < number < 10_000 else "这个条号"
    return _declined(
        f"{NOT_COVERED}这一条：《{name}》的条文到{last}为止，没有{asked}，请核对条号。"
    )


@cache
def _other_places() -> re.Pattern[str]:
    text = (resources.files("assistant") / "data" / "other_places.txt").read_text("utf-8")
    return re.compile("|".join(text.split()))


def _of_place(understanding: Understanding, first: ScoredPassage) -> Draft | None:
    """Other places' plans are not answered with 潍坊's."""
    place = _other_places().search(understanding.text)
    is_local = _LOCAL.search(understanding.text) or first.passage.kind is Kind.POLICY
    if not place or not is_local or understanding.looked_up:
        return None
    return _declined(
        f"{NOT_COVERED}{place[0]}的情况：这里只收录了潍坊市的部署和全国性的法律。"
        f"请向{place[0]}的有关部门了解。"
    )


def _of_date(understanding: Understanding, first: ScoredPassage) -> Draft | None:
    """The policy text gives no date at all: a question for one has no answer in it."""
    asked = Aspect.DATE in understanding.aspects and not understanding.references
    if not asked or first.passage.kind is not Kind.POLICY:
        return None
    label = first.passage.key.split(":")[-1]
    return _declined(
        f"{NOT_COVERED}给出时间：潍坊市的部署原文没有写日期或期限。最接近的内容在“{label}”部分，"
        "具体安排请向潍坊市生态环境局咨询。"
    )
