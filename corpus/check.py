"""What the corpus holds, what was repaired, and whether anything looks wrong.

A fault that is repaired or marked is no finding; every finding is new and makes the check fail.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import to_int
from corpus.splitting import split
from corpus.types import Document, Passage

_LABEL = re.compile(r"^第(.+?)条(?:之.+)?$")
_HEADING = re.compile(r"第[一二三四五六七八九十]+(?:编|分编)\s")
_ORDINAL = re.compile(r"^第([一二三四五六七八九十百]+)(编|分编|章|节)\s")
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff，。；：、])[ \u3000](?=[\u4e00-\u9fff])")
_ENDED = re.compile(r"[。：；！？”）〕]$")
_CLOSED = re.compile(r"[。！？”）]$")
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüń]+\)")
#: What is told of an added document that stands where a bundled text does.
LEFT_OUT = "添加的文件用了自带法律的标题或者编号，没有载入，请移除后换个标题再添加"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one place."""

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Counts, what was put right in the sources, and what still looks wrong."""

    documents: int
    articles: int
    passages: int
    repairs: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def check_corpus(corpus: Corpus, day: date) -> CorpusReport:
    """Look through every document, and at what the bundled matters state as of ``day``."""
    findings = [
        Finding(key, what)
        for document in corpus.documents
        for key, what in _look_at(document, document.title in corpus.excerpts)
    ]
    findings += [
        Finding(target, f"事项“{matter.name}”的一句话所依据的条文不在了或者变了：{statement.text}")
        for matter in corpus.matters
        if not matter.is_own
        for ask in matter.ask
        for statement in ask.statement
        for target in statement.by
        if not corpus.is_as_reviewed(target, day)
    ]
    findings += [Finding(claim.key, claim.says) for claim in corpus.claims.all()]
    findings += [Finding(title, LEFT_OUT) for title in corpus.left_out]
    articles = [article for document in corpus.documents for article in document.articles]
    return CorpusReport(
        documents=len(corpus.documents),
        articles=len(articles),
        passages=sum(1 for document in corpus.documents for _ in _split(document)),
        repairs=tuple(Finding(k, w) for d in corpus.documents for k, w in d.repairs),
        findings=tuple(findings),
    )


def look_through(document: Document) -> tuple[Finding, ...]:
    """What looks wrong in one document."""
    return tuple(Finding(key, what) for key, what in _look_at(document, is_excerpt=False))


def _split(document: Document) -> Iterator[Passage]:
    """The passages; an article without text, which is a finding, has none."""
    whole = tuple(article for article in document.articles if article.text.strip())
    return split(replace(document, articles=whole))


def _look_at(document: Document, is_excerpt: bool) -> Iterator[tuple[str, str]]:
    if not document.articles:
        yield document.title, "没有正文"
    for key, count in Counter(article.key for article in document.articles).items():
        if count > 1:
            yield key, f"重复出现 {count} 次"
    if document.kind is Kind.STATUTE:
        yield from _gaps(document, is_excerpt)
        yield from _misplaced(document)
    for article in document.articles:
        if not article.text.strip():
            yield article.key, "没有文字"
        if _PINYIN.search(article.text):
            yield article.key, "有拼音注音"
        if len(set(article.path)) < len(article.path):
            yield article.key, "标题重复"
        if document.kind is Kind.STATUTE:
            yield from _lines(article.key, article.text)


def _lines(key: str, text: str) -> Iterator[tuple[str, str]]:
    body = re.split(r"^附(?:表|：|件)", text, maxsplit=1, flags=re.MULTILINE)[0]
    for line in body.strip().split("\n"):
        if _HEADING.match(line):
            yield key, "末尾粘着标题"
        elif not _ENDED.search(line):
            yield key, "有一行没有结尾标点"
        if _SPACE.search(line):
            yield key, "句中有空格"
    if not _CLOSED.search(body.strip()):
        yield key, "末尾不完整"


def _gaps(document: Document, is_excerpt: bool) -> Iterator[tuple[str, str]]:
    numbers = [to_int(match[1]) for a in document.articles if (match := _LABEL.match(a.label))]
    if numbers != sorted(numbers):
        yield document.title, "条号次序不对"
    if is_excerpt:
        return
    for missing in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
        yield f"{document.title}#{missing}", "缺这一条"


def _misplaced(document: Document) -> Iterator[tuple[str, str]]:
    """Headings whose numbers fall back although the headings above them stay the same."""
    last: dict[tuple[str, ...], int] = {}
    for article in document.articles:
        for depth, heading in enumerate(article.path):
            match = _ORDINAL.match(heading)
            if not match:
                yield article.key, f"标题没有序数：{heading}"
                continue
            number = to_int(match[1])
            # Chapters of the code are counted through all 分编 of a 编.
            above = (*article.path[:depth], match[2])
            if number < last.get(above, 0):
                yield article.key, f"标题次序倒退：{heading}"
            last[above] = number
