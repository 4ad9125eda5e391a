"""When the corpus does not hold what was asked: a refusal that says what is missing."""

import re
from functools import cache
from importlib import resources

from assistant.answerability import missing_from_law, missing_from_policy, resembles_the_law
from assistant.quoting import short_title
from assistant.types import NOT_COVERED, Draft, DraftSentence, Outcome, Query
from assistant.understanding import Understanding
from corpus.catalog import Corpus
from corpus.numerals import to_chinese
from corpus.references import Reference
from corpus.types import Kind, Passage
from index.retriever import HybridRetriever
from index.types import Retrieval

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
    query: Query, understanding: Understanding, found: Retrieval, retriever: HybridRetriever
) -> Draft | None:
    """A refusal, or None where an answer should be composed."""
    corpus = retriever.corpus
    if _INSTRUCTION.search(understanding.text):
        return _declined(
            f"{NOT_COVERED}这样的内容：问题里的指令只当作文字看待，不会执行。"
            "请直接问生态环境政策或法律上的事。"
        )
    for reference in understanding.references:
        refusal = _of_reference(query, reference, corpus)
        if refusal:
            return refusal
    if not found.hits:
        return _declined(f"{NOT_COVERED}与这个问题有关的内容，请换个说法，写明想问的事。")
    first = found.hits[0].passage
    refusal = _of_place(understanding, first)
    if refusal or understanding.references or understanding.is_follow_up:
        return refusal
    if first.kind is Kind.POLICY:
        return _of_policy(query, understanding, first, corpus)
    if not retriever.has_lay_wording(first.title):
        return None
    beyond = missing_from_law(understanding)
    if beyond:
        return _declined(
            f"{NOT_COVERED}{beyond}：法律条文里没有写，由有关标准、名录或办事机构规定。"
            f"相近的规定在《{short_title(first.title)}》“{first.path[-1].split(' ')[-1]}”部分，"
            "具体请向生态环境主管部门查询。"
        )
    if not resembles_the_law(found):
        return _declined(
            f"{NOT_COVERED}能回答这个问题的内容：这里只有潍坊市生态环境部署和生态环境方面的法律。"
            "换个说法、写明具体的事再问，或向主管部门咨询。"
        )
    return None


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


def _of_place(understanding: Understanding, first: Passage) -> Draft | None:
    """Other places' plans are not answered with 潍坊's."""
    place = _other_places().search(understanding.text)
    is_local = _LOCAL.search(understanding.text) or first.kind is Kind.POLICY
    if not place or not is_local or understanding.looked_up:
        return None
    return _declined(
        f"{NOT_COVERED}{place[0]}的情况：这里只收录了潍坊市的部署和全国性的法律。"
        f"请向{place[0]}的有关部门了解。"
    )


def _of_policy(
    query: Query, understanding: Understanding, first: Passage, corpus: Corpus
) -> Draft | None:
    """The policy text names the theme but does not give what was asked."""
    found = corpus.article(first.key, query.as_of)
    missing = missing_from_policy(understanding, found[1]) if found else None
    if not found or not missing:
        return None
    return _declined(
        f"{NOT_COVERED}{missing}：潍坊市的部署原文里没有写。最接近的内容在“{found[1].label}”部分，"
        "具体情况请向潍坊市生态环境局咨询。"
    )
