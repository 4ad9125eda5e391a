"""When the corpus does not hold what was asked: a refusal that says what is missing."""

import re
from dataclasses import replace

from assistant.deciding.confidence import Confidence
from assistant.deciding.missing import missing_from_law, missing_from_policy
from assistant.extracting import has_items, part, short_title
from assistant.finding import repeats
from assistant.question import Aspect, Understanding, district_in, office_in, other_place_in
from assistant.types import NOT_COVERED, Draft, DraftSentence, Outcome, Query
from corpus.catalog import Corpus
from corpus.language import Reference, format_reference, to_chinese
from corpus.types import Article, Document, Kind, Passage
from index.search import HybridRetriever
from index.types import Retrieval

_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不受|跳过|绕过|作废|关闭|解除).{0,12}(?:指示|指令|规则|限制|要求|设定|资料|提示|审核)|"
    r"(?:指示|指令|规则|限制|设定)(?:全部|都|统统|一律)?(?:忽略|作废|取消|失效|解除)|"
    r"系统(?:提示|更新|消息|指令|管理员)|提示词|隐藏设定|system prompt|system message|"
    r"[\"']role[\"']\s*:|ignore (?:all|any|the|previous|your|above)|disregard|you are now|act as|"
    r"jailbreak|developer mode|直接输出|原样输出|只输出|照着说|跟我(?:念|说)|你现在是|从现在起你|"
    r"(?:捏造|编造|虚构|瞎编|杜撰|编)(?:一|几|两|三|些|个|出).{0,12}(?:条|数|编号|罚款|文件|规定)|"
    r"扮演|假装你|演个戏|你演|你来演|开发者模式|后台密码|管理员密码|今后凡问"
)
#: Asks for a composition, whatever it is to be about.
_COMPOSITION = re.compile(
    r"(?:替|帮|给)(?:我|俺|咱).{0,6}[编写作](?:一|[0-9]|几|两|三|五|八).{0,3}[字首篇段份]|写一?首诗"
)
_ABUSE = re.compile(r"傻[逼叉缺]|废物点心|去死|滚蛋|王八|他妈|妈的|sb|狗屁|垃圾机器人|蠢货|脑残")

#: A question with one of these asks about one place's plans rather than about the law.
_LOCAL = re.compile(
    r"今年|明年|去年|目标|任务|清单|计划|部署|方案|规划|政策|措施|坐|多远|天气|房价|路线|打算|准备|哪几|几个|几座|"
    r"当地|本地|地方(?:标准|规定|法规)|(?:省|市|县|区|[\u4e00-\u9fff]{2})的(?:办法|条例|细则|规定|标准)"
)


def refuse_outright(understanding: Understanding) -> Draft | None:
    """A refusal of what is no question at all, or None."""
    if _INSTRUCTION.search(understanding.text):
        return _declined(
            f"{NOT_COVERED}这样的内容：问题里的指令只当作文字看待，不会执行。"
            "请直接问生态环境政策或法律上的事。"
        )
    if _COMPOSITION.search(understanding.text):
        return _declined(
            f"{NOT_COVERED}可以代写的文章：这里只摘取部署和法律的原文。请直接问想了解的规定或安排。"
        )
    if _ABUSE.search(understanding.text) or _says_nothing(understanding.text):
        return _declined(f"{NOT_COVERED}可以回答的问题，请写明想了解的生态环境政策或法律上的事。")
    return None


def is_refused_by_rule(
    query: Query, understanding: Understanding, found: Retrieval, retriever: HybridRetriever
) -> bool:
    """Whether a question is refused however much the corpus speaks of its matter."""
    certain = Confidence(1.0, 0.0)
    return bool(
        refuse_outright(understanding) or refuse(query, understanding, found, retriever, certain)
    )


def refuse(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
    confidence: Confidence | None,
) -> Draft | None:
    """A refusal, or None where an answer should be composed; ``confidence`` as ``scope`` tells."""
    corpus = retriever.corpus
    absent = tell_absent(query, understanding, corpus)
    if absent and not any(r.key and r not in absent for r in understanding.references):
        return _declined(next(iter(absent.values())))
    if not found.hits:
        return _declined(f"{NOT_COVERED}与这个问题有关的内容，请换个说法，写明想问的事。")
    first = found.hits[0].passage
    refusal = _of_place(understanding, first)
    if refusal or understanding.references:
        return refusal
    if first.kind is Kind.POLICY:
        return _of_policy(query, understanding, found, retriever, confidence)
    return _of_law(query, understanding, found, retriever, confidence)


def tell_absent(query: Query, understanding: Understanding, corpus: Corpus) -> dict[Reference, str]:
    """What the question names and the corpus does not hold, with the sentence that says so."""
    told = {r: _of_reference(query, r, corpus) for r in understanding.references}
    return {reference: text for reference, text in told.items() if text}


def _says_nothing(text: str) -> bool:
    """Whether a text repeats a character or two, or has no Chinese and no word of use."""
    letters = re.sub(r"[\W_]", "", text)
    return len(letters) > 3 and len(set(letters)) <= max(2, len(letters) // 5)


def _declines(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
    missing: str | None,
    confidence: Confidence | None,
) -> bool:
    """Where nothing is known of how sure it is, only what is asked for can tell."""
    if confidence is None:
        return missing is not None
    article = retriever.corpus.article(found.hits[0].passage.key, query.as_of)
    if missing is None and article and repeats(understanding.text, article[1].text):
        return False
    return not confidence.suffices


def _of_law(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
    confidence: Confidence | None,
) -> Draft | None:
    first = found.hits[0].passage
    if not retriever.has_lay_wording(first.title):
        return None
    beyond = missing_from_law(understanding)
    if not _declines(query, understanding, found, retriever, beyond, confidence):
        return None
    if beyond:
        return _declined(
            f"{NOT_COVERED}{beyond}：法律条文里没有写，要看有关的标准、名录，或者问办事机构。"
            f"相近的规定在《{short_title(first.title)}》{_part_of(first)}，"
            "具体请向生态环境主管部门查询。"
        )
    return _declined(
        f"{NOT_COVERED}能回答这个问题的内容：这里只有潍坊市生态环境部署和生态环境方面的法律。"
        "换个说法、写明具体的事再问，或向主管部门咨询。"
    )


def _part_of(passage: Passage) -> str:
    """Where in its statute a passage stands."""
    return f"“{passage.path[-1].split(' ')[-1]}”部分" if passage.path else passage.locator


def _declined(text: str) -> Draft:
    return Draft((DraftSentence(text),), Outcome.DECLINED)


def _of_reference(query: Query, reference: Reference, corpus: Corpus) -> str:
    if reference.title is None:
        return ""
    document = corpus.version_on(reference.title, query.as_of)
    if document is None:
        known = corpus.not_loaded.get(reference.title)
        where = (
            f"它由{known.issuer}发布，原文见 {known.url} 。"
            if known
            else "请向发布机关核对原文，或把文件加入语料后再问。"
        )
        return f"{NOT_COVERED}《{reference.title}》，无法引用它的条文。{where}"
    found = corpus.article(reference.key, query.as_of) if reference.key else None
    if found or not reference.key:
        return _of_part(reference, *found) if found else ""
    name = short_title(document.title)
    if document.title in corpus.excerpts:
        return (
            f"{NOT_COVERED}这一条：《{name}》只收录了与生态环境有关的条文。"
            f"请到国家法律法规数据库查看全文：{document.url} 。"
        )
    last = document.articles[-1].label
    number = reference.article or 0
    asked = f"第{to_chinese(number)}条" if 0 < number < 10_000 else "这个条号"
    return f"{NOT_COVERED}这一条：《{name}》的条文到{last}为止，没有{asked}，请核对条号。"


def _of_part(reference: Reference, document: Document, article: Article) -> str:
    """The named 款 or 项 is not there."""
    if not (reference.paragraph or reference.item):
        return ""
    if part(document, article, reference.paragraph, reference.item):
        return ""
    if reference.paragraph is None and not has_items(document, article):
        return ""  # Who says 项 of an article that has only 款 means the article.
    asked = format_reference(replace(reference, title=short_title(document.title)))
    return f"{NOT_COVERED}这一处：{asked}不存在，请核对款、项的序号后再问。"


def _of_place(understanding: Understanding, first: Passage) -> Draft | None:
    """Other places' and other offices' plans are not answered with those of 潍坊生态环境局.

    What is asked of one of the city's districts, the text for the whole city may answer, but for
    figures.
    """
    text = understanding.text
    is_of_our_text = first.kind is Kind.POLICY
    place = other_place_in(text)
    if not understanding.speaks_of_a_city:
        # What the city does in one of its parts, its text may say.
        is_for_all = is_of_our_text and not understanding.aspects & {Aspect.QUANTITY, Aspect.DATE}
        place = place or office_in(text) or ("" if is_for_all else district_in(text))
    if not place or understanding.looked_up or not (is_of_our_text or _LOCAL.search(text)):
        return None
    return _declined(
        f"{NOT_COVERED}{place}的情况：这里只收录了潍坊市生态环境局的部署和全国性的法律。"
        f"请向{place}{'' if place.endswith('局') else '的有关部门'}了解。"
    )


def _of_policy(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
    confidence: Confidence | None,
) -> Draft | None:
    """The policy text names the theme but does not give what was asked."""
    article = retriever.corpus.article(found.hits[0].passage.key, query.as_of)
    if article is None:
        return None
    missing = missing_from_policy(understanding, article[1])
    if not _declines(query, understanding, found, retriever, missing, confidence):
        return None
    return _declined(
        f"{NOT_COVERED}{missing or '问到的这一点'}：潍坊市的部署原文里没有写。"
        f"最接近的内容在“{article[1].label}”部分，具体情况请向潍坊市生态环境局咨询。"
    )
