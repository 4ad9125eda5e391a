"""The gate under mutation: answers pass as they are, and no longer with one fact changed."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.gate.grounding import carries, quote_of
from assistant.pipeline import Assistant
from assistant.types import Citation, DraftSentence, Evidence, Query
from corpus.catalog import Corpus

DAY = date(2026, 11, 24)
WANTED = 500
CODE = "中华人民共和国生态环境法典"

_QUOTED = re.compile(r"「([^「」]+)」")
_NUMERAL = re.compile(
    r"[二三四五六七八九](?=[十百千万]?(?:万元|元|日|年|个月|倍|小时|米))|[0-9](?=[0-9]*[项个张%])"
)
_AUTHORITIES = (
    ("生态环境主管部门", "公安机关"),
    ("人民政府", "人民法院"),
    ("自然资源主管部门", "税务机关"),
    ("林业主管部门", "海关"),
)


def change_numeral(text: str) -> str:
    def other(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return "2" if match[0] == "7" else "7"
        return "四" if match[0] in "二三" else "三"

    return _NUMERAL.sub(other, text, count=1)


def swap(one: str, other: str) -> Callable[[str], str]:
    def mutate(text: str) -> str:
        return text.replace(one, other, 1) if one in text else text.replace(other, one, 1)

    return mutate


def change_authority(text: str) -> str:
    for name, other in _AUTHORITIES:
        if name in text:
            return text.replace(name, other, 1)
    return text


def change_article(text: str) -> str:
    def other(match: re.Match[str]) -> str:
        return "第八百" if match[1] == "九" else "第九百"

    return re.sub(r"第([一二三四五六七八九])百", other, text, count=1)


def negate(text: str) -> str:
    if "不得" in text:
        return text.replace("不得", "可以", 1)
    if "应当" in text:
        return text.replace("应当", "不用", 1)
    return text.replace("可以", "不得", 1)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "numeral": change_numeral,
    "direction": swap("以上", "以下"),
    "modal": swap("应当", "可以"),
    "authority": change_authority,
    "article": change_article,
    "negation": negate,
}


def statements(corpus: Corpus) -> Iterator[DraftSentence]:
    """What a composer could say in its own words of an article: a sentence of it, unquoted."""
    for document in corpus.documents:
        if document.title != CODE:
            continue
        for article in document.articles[::3]:
            evidence = Evidence(document.id, article.key, 0, len(article.text))
            for line in article.text.split("\n"):
                if 15 <= len(line) <= 160 and line.endswith("。"):
                    yield DraftSentence(f"按照《生态环境法典》{article.label}，{line}", (evidence,))


def answered(assistant: Assistant) -> Iterator[DraftSentence]:
    """What answers say: quotes with the words that lead to them, and sentences that answer."""
    corpus = assistant.corpus
    # What a matter states in our words is judged as ours.
    told = {s.text for matter in corpus.matters for ask in matter.ask for s in ask.statement}
    for article in corpus.versions(CODE)[0].articles[::9]:
        for question in corpus.lay_texts(article.key)[:1]:
            answer = assistant.answer(Query(question, DAY))
            quotes = {c.n: c for c in answer.citations}
            for sentence in answer.sentences:
                pieces = [evidence_of(quotes[n], corpus) for n in sentence.citations]
                is_ours = sentence.text.rpartition("”：")[2] in told
                yield DraftSentence(sentence.text, tuple(pieces), is_ours)


def evidence_of(citation: Citation, corpus: Corpus) -> Evidence:
    found = corpus.article(citation.key, DAY)
    assert found is not None
    document, article = found
    start = article.text.index(citation.quote)
    return Evidence(document.id, article.key, start, start + len(citation.quote))


@pytest.fixture(scope="module")
def sentences(assistant: Assistant) -> list[DraftSentence]:
    found = [*statements(assistant.corpus), *answered(assistant)]
    return [sentence for sentence in found if sentence.evidence]


def test_what_is_unchanged_passes(assistant: Assistant, sentences: list[DraftSentence]) -> None:
    corpus = assistant.corpus
    stopped = [
        s.text for s in sentences if not carries(s.text, s.evidence, corpus, DAY, is_ours=s.is_ours)
    ]
    assert len(sentences) >= WANTED
    assert len(stopped) <= len(sentences) / 100, stopped[:10]


@pytest.mark.parametrize("name", MUTATIONS)
def test_one_changed_fact_stops_a_sentence(
    assistant: Assistant, sentences: list[DraftSentence], name: str
) -> None:
    corpus = assistant.corpus
    passed = []
    tried = 0
    for sentence in sentences:
        text = MUTATIONS[name](sentence.text)
        source = "\n".join(quote_of(piece, corpus) for piece in sentence.evidence)
        if text == sentence.text or (name != "article" and _stands(text, source)):
            continue
        tried += 1
        # Whoever changes a statement, a model say, is not judged as we are.
        if carries(text, sentence.evidence, corpus, DAY):
            passed.append(text)
    assert tried >= 30
    assert passed == []


def _stands(text: str, source: str) -> bool:
    """Whether the changed words stand in the source all the same, in another of its sentences."""
    own = text.split("，", 1)[-1]
    return bool(own) and own in source and not _QUOTED.search(text)
