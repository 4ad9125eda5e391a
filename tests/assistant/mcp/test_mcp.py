"""The tools and resources, by the SDK's own client: in memory, over HTTP, over stdio."""

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from assistant.mcp import make_server
from assistant.pipeline import Assistant
from assistant.settings import Settings
from tests.assistant.serving import served
from tests.support import run_apart

DAY = "2026-11-23"
TOOLS = {"ask", "search", "get_article", "check_text", "what_governs_now", "list_corpus"}


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await use(client)

    return run_apart(run())


def call(assistant: Assistant, name: str, **arguments: Any) -> Any:
    async def use(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    return with_client(make_server(assistant), use)


def test_every_tool_says_what_it_takes_and_gives(assistant: Assistant) -> None:
    async def use(client: Client) -> Any:
        return await client.list_tools(), await client.list_resource_templates()

    tools, templates = with_client(make_server(assistant), use)
    assert {tool.name for tool in tools.tools} == TOOLS
    assert all(tool.description and tool.output_schema for tool in tools.tools)
    assert [t.uri_template for t in templates.resource_templates] == ["ecopolicy://article/{key}"]


def test_an_answer_has_its_quotes(assistant: Assistant) -> None:
    told = call(assistant, "ask", question="排污许可证有效期多久？", as_of=DAY).structured_content
    assert told["outcome"] == "answered"
    assert told["citations"][0]["quote"] in told["answer"]


def test_the_other_tools(assistant: Assistant) -> None:
    old = "中华人民共和国大气污染防治法#99"
    found = call(assistant, "search", question="未批先建怎么罚", k=3, as_of=DAY)
    assert len(found.structured_content["hits"]) == 3
    article = call(assistant, "get_article", key=old, as_of=DAY).structured_content
    assert article["status"] == "已废止"
    now = call(assistant, "what_governs_now", key=old, as_of=DAY).structured_content
    assert now["articles"][0]["key"] == article["governed_by"][0]
    assert now["note"]
    report = call(assistant, "check_text", text="依据《大气污染防治法》第九十九条。", as_of=DAY)
    assert report.structured_content["findings"][0]["verdict"] == "repealed"
    held = call(assistant, "list_corpus", as_of=DAY).structured_content["documents"]
    assert len(held) == len(assistant.corpus.documents)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": "  "}, "问题是空的"),
        ("ask", {"question": "x", "as_of": "昨天"}, "YYYY-MM-DD"),
        ("ask", {"question": "x", "as_of": "0026-11-30"}, "1949 年到 2099 年"),
        ("get_article", {"key": "没有#1"}, "没有“没有#1”"),
    ],
)
def test_what_is_refused(
    assistant: Assistant, name: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(assistant, name, **arguments)
    assert result.is_error
    assert told in result.content[0].text


def test_an_article_is_a_resource(assistant: Assistant) -> None:
    async def use(client: Client) -> Any:
        return await client.read_resource("ecopolicy://article/中华人民共和国水法%233")

    read = with_client(make_server(assistant), use)
    assert "水资源属于国家所有" in read.contents[0].text


def test_over_http(assistant: Assistant) -> None:
    async def use(client: Client) -> Any:
        return await client.call_tool("ask", {"question": "排污许可证有效期多久？"})

    with served(make_server(assistant).streamable_http_app()) as address:  # type: ignore[arg-type]
        assert with_client(f"{address}mcp", use).structured_content["citations"]


def test_over_stdio(settings: Settings, assistant: Assistant, tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp"],
        env={**os.environ, "ECOPOLICY_DATA_DIR": str(settings.data_dir)},
        cwd=tmp_path,
    )

    async def use(client: Client) -> Any:
        return await client.list_tools()

    assert {tool.name for tool in with_client(server, use).tools} == TOOLS


@pytest.mark.mcp_adapters
def test_a_langchain_agent_with_its_own_adapters(assistant: Assistant, repository: Path) -> None:
    python = repository / ".venv-adapters" / "bin" / "python"
    script = Path(__file__).with_name("adapters_agent.py")
    with served(make_server(assistant).streamable_http_app()) as address:  # type: ignore[arg-type]
        done = subprocess.run(
            [python, script, f"{address}mcp", "排污许可证有效期多久？"],
            capture_output=True,
            text=True,
            check=True,
        )
    names, told = done.stdout.split("\n", 1)
    assert set(names.split(",")) == TOOLS
    assert "五年" in told
