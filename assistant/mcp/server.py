"""The tools and resources, over stdio or streamable HTTP."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from assistant.checking import check_text as check
from assistant.intake import read_day
from assistant.mcp.forms import (
    ArticleText,
    Checked,
    Found,
    Governed,
    Held,
    Hit,
    Holdings,
    Quote,
    Told,
)
from assistant.pipeline import Assistant
from assistant.plain_data import hit_json, passage_json
from assistant.types import Audience, Query
from corpus.catalog import Corpus
from corpus.errors import EcoPolicyError

_NAME = "ecopolicy"
_INSTRUCTIONS = (
    "生态环境政策与法律问答：每句话都有逐字的出处和当天的效力。"
    "2026年8月15日起施行的《生态环境法典》取代了十部法律，"
    "引用以前先用 what_governs_now 或 check_text 核对。"
)
Result = TypeVar("Result")
_NO_ARTICLE = "语料里没有“{key}”，请先用 search 查找引文键。"


def make_server(assistant: Assistant) -> MCPServer:
    """The server over this assistant."""
    server = MCPServer(_NAME, instructions=_INSTRUCTIONS, log_level="WARNING")

    @server.tool(description="问一句，得到带逐字出处的回答；答不了的会说缺哪份文件")
    def ask(
        question: str,
        earlier_questions: list[str] | None = None,
        audience: Audience = Audience.PUBLIC,
        as_of: str = "",
    ) -> Told:
        query = Query(question, _day(as_of), audience, tuple(earlier_questions or ()))
        answer = _told(lambda: assistant.answer(query)).to_json()
        quotes = [Quote.model_validate(citation) for citation in answer["citations"]]
        return Told.model_validate({**answer, "citations": quotes})

    @server.tool(description="查找条文，不作答")
    def search(question: str, k: int = 10, as_of: str = "") -> Found:
        query = Query(question, _day(as_of))
        hits = _told(lambda: assistant.search(query, max(1, min(k, 100))))
        return Found(hits=[Hit.model_validate(hit_json(hit)) for hit in hits])

    @server.tool(description="一条原文和它当天的效力，键如“中华人民共和国生态环境法典#176”")
    def get_article(key: str, as_of: str = "") -> ArticleText:
        return _article(assistant, key, _day(as_of))

    @server.tool(description="核验一段文字：引用、引文、数字、机关与条文对不对得上；什么都不保存")
    def check_text(text: str, as_of: str = "") -> Checked:
        report = _told(lambda: check(text, assistant.corpus, _day(as_of)))
        return Checked.model_validate(report.to_json())

    @server.tool(description="一条旧法现在由哪几条管")
    def what_governs_now(key: str, as_of: str = "") -> Governed:
        day = _day(as_of)
        old = _article(assistant, key, day)
        successor = assistant.corpus.successors.get(key) if old.governed_by else None
        articles = [_article(assistant, k, day) for k in old.governed_by] or [old]
        note = successor.note if successor else ""
        return Governed(key=key, status=old.status, articles=articles, note=note)

    @server.tool(description="语料里有哪些文件，当天是否有效")
    def list_corpus(as_of: str = "") -> Holdings:
        return _holdings(assistant.corpus, _day(as_of))

    @server.resource("ecopolicy://article/{key}", mime_type="text/plain", description="一条原文")
    def article(key: str) -> str:
        found = _article(assistant, key, date.today())
        return f"{found.title} {found.label}（{found.status}）\n{found.text}"

    return server


def serve_stdio(assistant: Assistant) -> None:
    """Over standard input and output, until they end."""
    asyncio.run(make_server(assistant).run_stdio_async())


def serve_http(assistant: Assistant, host: str, port: int) -> None:
    """Over streamable HTTP at ``/mcp``, until interrupted."""
    asyncio.run(make_server(assistant).run_streamable_http_async(host=host, port=port))


def _day(text: str) -> date:
    return _told(lambda: read_day(text)) if text else date.today()


def _holdings(corpus: Corpus, day: date) -> Holdings:
    return Holdings(
        documents=[
            Held(
                title=document.title,
                issuer=document.issuer,
                status=corpus.status(document, day).value,
                effective_date=document.effective.isoformat() if document.effective else "",
                articles=len(document.articles),
            )
            for document in corpus.documents
        ]
    )


def _article(assistant: Assistant, key: str, day: date) -> ArticleText:
    found = passage_json(assistant.corpus, key, day)
    if found is None:
        raise ToolError(_NO_ARTICLE.format(key=key[:80]))
    return ArticleText.model_validate(found)


def _told(work: Callable[[], Result]) -> Result:
    """What ``work`` returns; what it refuses is told in its own words."""
    try:
        return work()
    except EcoPolicyError as error:
        raise ToolError(str(error)) from error
