"""The interface for programs: what it gives, whom it lets in, what it refuses."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import KeyStore, build_api
from assistant.api.problems import JSON_PROBLEM
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import FeedbackQueue, open_records
from tests.support import options_for

QUESTION = "排污许可证有效期多久？"
DAY = "2026-11-23"
HERE = ("127.0.0.1", 5000)


@pytest.fixture
def options(assistant: Assistant, tmp_path: Path) -> PageOptions:
    return replace(options_for(assistant.corpus), data_dir=tmp_path)


@pytest.fixture
def client(assistant: Assistant, options: PageOptions) -> Iterator[TestClient]:
    with TestClient(build_api(assistant, options), client=HERE) as opened:
        yield opened


def chat(*messages: tuple[str, Any], **more: Any) -> dict[str, Any]:
    told = [{"role": role, "content": content} for role, content in messages]
    return {"model": "ecopolicy", "messages": told, "as_of": DAY, **more}


def refused(reply: Any, status: int, told: str) -> None:
    """A problem with one Chinese sentence, where OpenAI's clients read it as well."""
    assert reply.status_code == status
    assert reply.headers["content-type"] == JSON_PROBLEM
    assert reply.headers["x-request-id"]
    problem = reply.json()
    assert problem["status"] == status
    assert told in problem["detail"]
    assert problem["detail"][-1] in "。”"
    assert problem["error"]["message"] == problem["detail"]


def test_an_answer_is_that_of_the_contract(client: TestClient, assistant: Assistant) -> None:
    found = client.post("/v1/ask", json={"question": QUESTION, "as_of": DAY}).json()
    assert found["citations"][0]["key"].startswith("中华人民共和国生态环境法典#")
    assert {"answer", "outcome", "sentences", "as_of", "engine"} <= found.keys()


def test_a_conversation_goes_on(client: TestClient) -> None:
    asked = {"question": "那到期了怎么办？", "turns": [QUESTION], "as_of": DAY}
    assert client.post("/v1/ask", json=asked).json()["leans"]


def test_chat_completions(client: TestClient) -> None:
    found = client.post("/v1/chat/completions", json=chat(("user", QUESTION))).json()
    message = found["choices"][0]["message"]
    assert found["object"] == "chat.completion"
    assert message["content"].startswith("《生态环境法典》")
    assert message["citations"][0]["quote"] in message["content"]
    assert "自动生成" in message["content"]


def test_chat_completions_streamed(client: TestClient) -> None:
    asked = chat(("user", QUESTION), stream=True, stream_options={"include_usage": True})
    reply = client.post("/v1/chat/completions", json=asked)
    assert reply.headers["content-type"].startswith("text/event-stream")
    *events, done = [e.removeprefix("data: ") for e in reply.text.strip().split("\n\n")]
    chunks = [json.loads(event) for event in events]
    told = "".join(c["choices"][0]["delta"].get("content", "") for c in chunks[:-1])
    whole = client.post("/v1/chat/completions", json=chat(("user", QUESTION))).json()
    assert done == "[DONE]"
    assert told == whole["choices"][0]["message"]["content"]
    assert chunks[-2]["citations"] == whole["citations"]
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"]["total_tokens"] == 0


def test_what_other_clients_send_is_taken(client: TestClient) -> None:
    asked = chat(
        ("system", "你是助手"),
        ("user", QUESTION),
        ("assistant", "五年。[1]"),
        ("user", [{"type": "text", "text": "那到期了怎么办？"}]),
        temperature=0.2,
        max_tokens=100,
        user="x",
    )
    assert client.post("/v1/chat/completions", json=asked).status_code == 200
    long = chat(*[("user", QUESTION), ("assistant", "五年。")] * 150, ("user", QUESTION))
    assert client.post("/v1/chat/completions", json=long).status_code == 200


def test_models_search_passages_and_checks(client: TestClient) -> None:
    assert [m["id"] for m in client.get("/v1/models").json()["data"]] == ["ecopolicy"]
    hits = client.post("/v1/search", json={"question": QUESTION, "k": 3, "as_of": DAY}).json()[
        "hits"
    ]
    assert len({hit["key"] for hit in hits}) == 3
    passage = client.get(
        "/v1/passages/中华人民共和国大气污染防治法%2399", params={"as_of": DAY}
    ).json()
    assert passage["status"] == "已废止"
    assert passage["governed_by"]
    text = "依据《大气污染防治法》第九十九条处罚。"
    report = client.post("/v1/check", json={"text": text, "as_of": DAY}).json()
    assert [f["verdict"] for f in report["findings"]] == ["repealed"]


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"files": {"file": (name, content)}, "data": {"as_of": DAY}}


def test_a_file_is_checked(client: TestClient) -> None:
    text = "依据《大气污染防治法》第九十九条处罚。"
    report = client.post("/v1/check/file", **_file("稿子.txt", text.encode())).json()
    assert [f["verdict"] for f in report["findings"]] == ["repealed"]


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status", "told"),
    [
        ("稿子.docx", _zip_bomb(), 422, "稿子.docx"),
        ("稿子.exe", b"MZ", 422, "读不了"),
        ("稿子.txt", b"", 422, "空的"),
        ("稿子.txt", b"x" * 22_100_000, 413, "最多 21 MB"),
    ],
)
def test_a_file_that_cannot_be_checked(
    client: TestClient, name: str, content: bytes, status: int, told: str
) -> None:
    refused(client.post("/v1/check/file", **_file(name, content)), status, told)


def test_a_body_of_unknown_length_is_limited(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 1_000_000 for _ in range(10))

    refused(client.post("/v1/ask", content=pieces()), 413, "最多 4 MB")


def test_feedback_keeps_our_own_answer(client: TestClient, options: PageOptions) -> None:
    sent = {"question": QUESTION, "verdict": "useless", "word": "没说怎么续", "as_of": DAY}
    assert client.post("/v1/feedback", json=sent).status_code == 201
    (kept,) = FeedbackQueue(open_records(options.data_dir)).load()
    assert kept.keys
    assert kept.word == "没说怎么续"


def test_health_figures_and_document(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text.startswith("ready")
    client.post("/v1/ask", json={"question": QUESTION})
    figures = client.get("/metrics").text
    assert 'ecopolicy_requests_total{route="/v1/ask",status="200"} 1.0' in figures
    assert QUESTION not in figures
    described = client.get("/v1/openapi.json").json()
    assert "/v1/chat/completions" in described["paths"]
    assert "examples" in described["components"]["schemas"]["Asked"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "told"),
    [
        ("POST", "/v1/ask", {"json": {"question": "  "}}, 422, "question"),
        ("POST", "/v1/ask", {"json": {"question": "问" * 2001}}, 422, "2000 个字的上限"),
        ("POST", "/v1/ask", {"json": {"question": "？？"}}, 422, "只有标点"),
        ("POST", "/v1/ask", {"json": {"question": "x", "as_of": 0}}, 422, "as_of"),
        ("POST", "/v1/ask", {"json": {"ask": "x"}}, 422, "question"),
        ("POST", "/v1/ask", {"json": {"question": "x", "as_of": "昨天"}}, 422, "as_of"),
        ("POST", "/v1/ask", {"json": {"question": "x", "as_of": "0026-11-30"}}, 422, "as_of"),
        ("POST", "/v1/search", {"json": {"question": "x", "as_of": "2100-01-01"}}, 422, "as_of"),
        ("POST", "/v1/ask", {"content": b"{"}, 422, "JSON"),
        ("POST", "/v1/ask", {"content": b"x" * 10_000_000}, 413, "最多 4 MB"),
        ("POST", "/v1/check", {"json": {"text": "字" * 400_001}}, 422, "text"),
        ("POST", "/v1/chat/completions", {"json": chat(("assistant", "x"))}, 422, "user"),
        ("POST", "/v1/chat/completions", {"json": chat(("user", " "))}, 422, "问题是空的"),
        (
            "POST",
            "/v1/chat/completions",
            {"json": chat(("user", " "), stream=True)},
            422,
            "问题是空的",
        ),
        (
            "POST",
            "/v1/chat/completions",
            {"json": {**chat(("user", "x")), "model": "gpt-5"}},
            404,
            "请写 ecopolicy",
        ),
        ("GET", "/v1/passages/没有%231", {}, 404, "没有#1"),
        ("GET", "/v1/没有", {}, 404, "没有这个地址"),
        ("GET", "/v1/ask", {}, 405, "别的方法"),
        ("GET", "/v1/models/gpt-5", {}, 404, "请写 ecopolicy"),
    ],
)
def test_what_is_refused(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int, told: str
) -> None:
    headers = {"Content-Type": "application/json"} if "content" in sent else {}
    refused(client.request(method, path, headers=headers, **sent), status, told)


def test_keys(assistant: Assistant, options: PageOptions) -> None:
    store = KeyStore(options.data_dir)
    key = store.make("门户网站")
    with TestClient(build_api(assistant, options), client=HERE) as client:
        refused(client.get("/v1/models"), 401, "没有带密钥")
        refused(client.get("/v1/models", headers={"X-API-Key": "eco_x"}), 401, "密钥不对")
        for headers in ({"X-API-Key": key}, {"Authorization": f"Bearer {key}"}):
            assert client.get("/v1/models", headers=headers).status_code == 200
        store.revoke("门户网站")
        # Once there were keys, nobody asks without one.
        refused(client.get("/v1/models"), 401, "没有带密钥")
        store.make("另一个")
        refused(client.get("/v1/models", headers={"X-API-Key": key}), 401, "密钥不对")
        assert client.get("/healthz").status_code == 200
    kept = next(options.data_dir.glob("api_keys.json")).read_text("utf-8")
    assert key not in kept


def test_without_keys_only_this_machine_may_ask(assistant: Assistant, options: PageOptions) -> None:
    with TestClient(build_api(assistant, options), client=("192.0.2.7", 5000)) as client:
        refused(client.get("/v1/models"), 403, "只有本机")
    with TestClient(build_api(assistant, options), client=HERE) as client:
        passed_on = client.get("/v1/models", headers={"X-Forwarded-For": "192.0.2.7"})
        refused(passed_on, 403, "只有本机")
    behind = replace(options, client_header="X-Real-IP")
    with TestClient(build_api(assistant, behind), client=HERE) as client:
        refused(client.get("/v1/models", headers={"X-Real-IP": "192.0.2.7"}), 403, "只有本机")
        refused(client.get("/v1/models"), 403, "只有本机")


def test_the_rate_is_limited(assistant: Assistant, options: PageOptions) -> None:
    with TestClient(
        build_api(assistant, replace(options, api_requests_per_minute=2)), client=HERE
    ) as client:
        assert client.get("/v1/models").headers["RateLimit-Remaining"] == "1"
        assert client.get("/v1/models").headers["RateLimit-Remaining"] == "0"
        reply = client.get("/v1/models")
        refused(reply, 429, "每分钟最多 2 次")
        assert int(reply.headers["Retry-After"]) > 0


def test_nothing_of_ours_is_told_where_something_fails(
    options: PageOptions, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr(Assistant, "answer", fail)
    with TestClient(
        build_api(assistant, options), client=HERE, raise_server_exceptions=False
    ) as client:
        reply = client.post("/v1/ask", json={"question": QUESTION})
        refused(reply, 500, "程序出了意外")
        assert "secret" not in reply.text
