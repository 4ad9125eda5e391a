"""The texts outside the corpus that decide what was asked: named, with number and issuer."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.types import DraftSentence
from corpus.catalog import Corpus
from corpus.key import Key, short_title
from corpus.language import Reference, format_reference, overlap
from corpus.statutes import KnownDocument, in_marks
from index.search import HybridRetriever

#: How near, as cosine similarity, a question must come to how people ask for what a text decides:
#: less where it has words of the title, more for what is less near than another one. A logistic
#: model of 908 questions (eval/data/outside.jsonl); so named, three of four decide what is asked.
_NEAR, _OF_TITLE, _BEHIND = 0.76, 0.57, 0.24
_MOST = 3
_LOCAL = "当地"
_BRACKETS = re.compile("（[^）]*）")
#: An official number (GB 12348—2008, 法释〔2020〕2号) has figures.
_NUMBER = re.compile("[0-9]")
#: From this nearness on the text surely decides it.
_SURE = 0.8
#: What stands behind a statute's name where a part of it is meant.
_PART_OF_LAW = re.compile("第.+条.*|（第.+条.*）|.+编|关于.+条款")
_ELSEWHERE = (
    "也没有找到决定它的文件。一件事办到哪一步、批没批，问受理或者审批的部门；"
    "电话、窗口和举报渠道，看当地部门公布的；补贴、区域和时段，看当地的文件"
)


def name(text: str, corpus: Corpus) -> str:
    """A text outside the corpus as it is named to a reader."""
    known = corpus.known(text)
    if known:
        return known.full_name
    law = max((n for n in corpus.names if text.startswith(n)), key=len, default="")
    if law and _PART_OF_LAW.fullmatch(text.removeprefix(law)):
        return f"{in_marks(law)}{text.removeprefix(law)}"
    title, bracket, number = text.rpartition("（")
    if not bracket or not _NUMBER.search(number):
        title, bracket, number = text, "", ""
    plain = title.partition("（")[0]
    is_described = "当地" in text or ("的" in plain and "关于" not in plain)
    return text if is_described else f"{in_marks(title)}{bracket}{number}"


def tell_needs(needs: Sequence[str], corpus: Corpus) -> tuple[DraftSentence, ...]:
    """The sentence that names what an answer depends on besides what it quotes."""
    if not needs:
        return ()
    return (DraftSentence(f"具体还要看{name_all(needs, corpus)}，这里没有收录。", is_ours=True),)


def tell_hotlines(corpus: Corpus, is_all: bool = False) -> tuple[DraftSentence, ...]:
    """Whom to call, as the collections say; nothing where they name none. ``is_all`` where nothing
    else is told."""
    lines = dict.fromkeys(line for c in corpus.collections for line in c.hotline)
    names = "、".join(f"{line.number}（{line.name}）" for line in lines)
    told = f"{'' if is_all else '也'}可以拨打{names}。"
    return (DraftSentence(told, is_ours=True),) if names else ()


def tell_unsaid(
    needs: Sequence[str], near: str, corpus: Corpus, place: str = "", is_sure: bool = True
) -> str:
    """What decides a thing that the corpus does not say, and what is nearest, in words.

    ``place`` is another place that was named: its rules are meant where local ones are.
    """
    told = f"写明这一点：{_ELSEWHERE}。"
    if needs:
        names = name_all(needs, corpus)
        told = f"写明这一点：{'它由' if is_sure else '它很可能由'}{names}决定，这里没有收录。"
        if place and _LOCAL in names:
            told = told.replace(_LOCAL, f"{place}当地")
        elif place:
            told += f"{place}另有规定的，还要看那里的规定。"
    elif place:
        told += f"要看{place}的地方性法规和规定。"
    key = Key.parse(near.partition("|")[0])
    if key.is_article:
        article = format_reference(Reference(short_title(key.owner), key.number, suffix=key.suffix))
        told += f"法律里相近的规定是{article}。"
    elif key.part:
        told += f"部署里最接近的内容在“{key.part}”部分。"
    return told


def name_all(needs: Iterable[str], corpus: Corpus) -> str:
    """The texts outside the corpus as they are named to a reader, one after the other."""
    names = list(dict.fromkeys(name(need, corpus) for need in needs))[:_MOST]
    return "、".join(names[:-1]) + ("和" if len(names) > 1 else "") + names[-1]


def find_known(
    texts: Sequence[str], retriever: HybridRetriever
) -> tuple[list[KnownDocument], bool]:
    """The texts outside the corpus that decide what ``texts`` ask, the nearest first, and whether
    that is sure; of those for one trade or thing only those that are spoken of."""
    if retriever.matters is None:
        return [], False
    held = retriever.corpus.not_loaded
    said = " ".join(texts)
    nearness: dict[str, float] = defaultdict(float)
    for text in texts:
        for title, likeness in retriever.matters.near(text).items():
            if title.startswith("《"):
                nearness[title[1:-1]] = max(nearness[title[1:-1]], likeness.meaning)
    fitting = (title for title in nearness if title not in held or held[title].concerns(said))
    order = sorted(fitting, key=lambda title: -nearness[title])[:_MOST]
    found = [
        held[title]
        for title in order
        if title in held
        and nearness[title]
        + _OF_TITLE * overlap(_plain(title), said)
        - _BEHIND * (nearness[order[0]] - nearness[title])
        >= _NEAR
    ]
    return found, bool(found) and nearness[found[0].title] >= _SURE


def _plain(title: str) -> str:
    """A title without what stands in brackets."""
    return _BRACKETS.sub("", title)
