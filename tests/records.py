"""Small records for the tests, made with keywords: a field that is added changes nothing here."""

from datetime import date
from typing import Any

from hypothesis import settings

from assistant.types import Answer, Citation, Outcome, Sentence
from corpus.collection import Kind
from corpus.language import to_chinese
from corpus.types import Article, Document

DAY = date(2026, 11, 23)
#: For a test that a busy machine may hold up.
patient = settings(deadline=None)
STARTED = date(2020, 1, 1)
#: What somebody would send who wants the page to run it.
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>"


def make_article(number: int, text: str = "应当依法取得许可。", **fields: Any) -> Article:
    """An article of 某法, or of the ``title`` given."""
    title = fields.pop("title", "某法")
    facts = {"key": f"{title}#{number}", "label": f"第{to_chinese(number)}条", "path": ()}
    return Article(text=text, **(facts | fields))


def make_document(*articles: Article, **fields: Any) -> Document:
    """A statute in force since 2020 where nothing else is said."""
    facts = {
        "title": "某法",
        "kind": Kind.STATUTE,
        "issuer": "某机关",
        "adopted": None,
        "effective": STARTED,
        "url": "",
    }
    return Document(articles=articles, **(facts | fields))


def make_citation(n: int = 1, **fields: Any) -> Citation:
    """A citation of the article that ``make_article(5)`` makes."""
    facts = {
        "key": "某法#5",
        "title": "某法",
        "locator": "第五条",
        "quote": "应当依法取得许可。",
        "status": "现行有效",
        "effective_date": "2020-01-01",
        "url": "https://flk.npc.gov.cn/",
    }
    return Citation(n=n, **(facts | fields))


def make_answer(*sentences: Sentence, **fields: Any) -> Answer:
    """An extractive answer that cites ``make_citation()``."""
    facts = {
        "id": "",
        "question": "要不要许可证？",
        "outcome": Outcome.ANSWERED,
        "citations": (make_citation(),),
        "as_of": DAY,
        "engine": "extractive",
    }
    return Answer(sentences=sentences, **(facts | fields))
