"""Real clients over a real loopback server."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from langchain_openai import ChatOpenAI
from openai import AuthenticationError, NotFoundError, OpenAI

from assistant.api import KeyStore, build_api
from assistant.pipeline import Assistant
from tests.assistant.serving import served
from tests.support import options_for, run_apart

QUESTION = "排污许可证有效期多久？"


@pytest.fixture(scope="module")
def opened(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address, and a key."""
    folder: Path = tmp_path_factory.mktemp("keys")
    options = replace(
        options_for(assistant.corpus), data_dir=folder, api_requests_per_minute=100_000
    )
    key = KeyStore(folder).make("测试")
    with served(build_api(assistant, options)) as address:
        yield address, key


@pytest.fixture(scope="module")
def client(opened: tuple[str, str]) -> OpenAI:
    address, key = opened
    return OpenAI(base_url=f"{address}v1", api_key=key, max_retries=0)


def test_openai(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["ecopolicy"]
    reply = client.chat.completions.create(
        model="ecopolicy", messages=[{"role": "user", "content": QUESTION}]
    )
    message = reply.choices[0].message
    assert message.content
    assert message.model_extra
    assert message.model_extra["citations"]


def test_openai_streaming(client: OpenAI) -> None:
    stream = client.chat.completions.create(
        model="ecopolicy", messages=[{"role": "user", "content": QUESTION}], stream=True
    )
    chunks = list(stream)
    told = "".join(c.choices[0].delta.content or "" for c in chunks)
    assert "出处" in told
    assert (chunks[-1].model_extra or {})["citations"]


def test_openai_is_told_what_is_wrong(client: OpenAI, opened: tuple[str, str]) -> None:
    with pytest.raises(NotFoundError, match="请写 ecopolicy"):
        client.chat.completions.create(model="x", messages=[{"role": "user", "content": "x"}])
    wrong = OpenAI(base_url=f"{opened[0]}v1", api_key="wrong", max_retries=0)
    with pytest.raises(AuthenticationError, match="密钥不对"):
        wrong.models.list()


def test_langchain(opened: tuple[str, str]) -> None:
    address, key = opened
    model = ChatOpenAI(model="ecopolicy", base_url=f"{address}v1", api_key=lambda: key)
    assert "出处" in str(model.invoke(QUESTION).content)
    assert "出处" in "".join(str(piece.content) for piece in model.stream(QUESTION))


def test_fifty_clients_at_once(opened: tuple[str, str]) -> None:
    address, key = opened

    async def ask(client: httpx.AsyncClient, until: float) -> int:
        count = 0
        while time.monotonic() < until:
            reply = await client.post("v1/ask", json={"question": QUESTION})
            assert reply.status_code == 200
            count += 1
        return count

    async def all_of_them() -> int:
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
            until = time.monotonic() + 5
            return sum(await asyncio.gather(*(ask(client, until) for _ in range(50))))

    assert run_apart(all_of_them()) >= 50
