"""Lists over the whole policy text: its figures, and what each of its parts is about."""

import re
from collections.abc import Callable

from assistant.question import Aspect, Understanding
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.splitting import spans
from corpus.types import Article, Document, Kind

_OF_THE_TEXT = re.compile(
    r"全文|通篇|整[篇个份]|这份|材料|文中|文章|报道|部署|原文顺序|潍坊|[市全]局|[我全咱本]市|市里"
)
_FIGURES = re.compile(r"数字|数据|指标|量化|目标值|硬任务")
_PARTS = re.compile(
    r"[四几]个?大?(?:方面|部分|板块|方向|大块|主题)|总体(?:安排|思路|情况)|整体|概括|概述|总结|一共讲|都讲了"
)
#: Asks how many parts there are, or in what order they come.
_ORDER = re.compile(
    r"顺序|次序|先后|依次|排[第在]|第[一二三四]个|[几三五六]个?大?(?:板块|主题|方面|部分|大块)"
)
#: Naming so many parts is asking about all of them.
_MOST_OF_THEM = 3
_DIGIT = re.compile(r"[0-9]")


def overview(
    understanding: Understanding, corpus: Corpus
) -> list[tuple[Document, Article, Evidence]]:
    """The sentences that such a list is made of, in the text's order; empty for other questions."""
    text = understanding.text
    labels = [article.label for article in _policy_articles(corpus)]
    names_parts = sum(label in text for label in labels) >= _MOST_OF_THEM
    is_of_the_text = names_parts or bool(_OF_THE_TEXT.search(text))
    if understanding.references or understanding.theme or not is_of_the_text:
        return []
    wants_list = bool(understanding.aspects & {Aspect.LIST, Aspect.CONTENT})
    if wants_list and _FIGURES.search(text):
        return _sentences(corpus, lambda sentence: bool(_DIGIT.search(sentence)))
    if (names_parts or _PARTS.search(text)) and _ORDER.search(text):
        return _sentences(
            corpus, lambda sentence: sum(label in sentence for label in labels) > _MOST_OF_THEM
        )
    if _PARTS.search(text):
        return _sentences(corpus, lambda sentence: sentence.startswith("聚焦"))
    return []


def _policy_articles(corpus: Corpus) -> list[Article]:
    return [a for d in corpus.documents if d.kind is Kind.POLICY for a in d.articles]


def _sentences(
    corpus: Corpus, is_wanted: Callable[[str], bool]
) -> list[tuple[Document, Article, Evidence]]:
    return [
        (document, article, Evidence(document.id, article.key, span.start, span.end))
        for document in corpus.documents
        if document.kind is Kind.POLICY
        for article in document.articles
        for span in spans(article, document.kind)
        if is_wanted(article.text[span.start : span.end])
    ]
