"""What the page's script may ask for, and what it is refused."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import FeedbackQueue, open_records
from assistant.types import Audience, Query
from assistant.ui.app import build_app
from assistant.ui.chat.desk import Desk
from assistant.ui.chat.rendering import to_exchange
from assistant.ui.routes import make_routes
from tests.support import options_for

QUESTION = "生态环境法典第一百七十六条"


@pytest.fixture(scope="module")
def client(assistant: Assistant, page_options: PageOptions) -> Iterator[TestClient]:
    app = FastAPI()
    records = open_records(page_options.data_dir)
    app.include_router(make_routes(assistant, page_options, Desk(assistant, page_options), records))
    with TestClient(app) as opened:
        yield opened


@pytest.fixture(scope="module")
def exchange(assistant: Assistant) -> dict[str, object]:
    answer = assistant.answer(Query(QUESTION, date(2026, 11, 23), Audience.STAFF))
    read: dict[str, object] = json.loads(to_exchange(answer, Audience.STAFF))
    return read


def test_a_source_is_a_piece_of_html(client: TestClient):
    found = client.get("/source", params={"key": "中华人民共和国水法#36", "day": "2026-11-23"})
    assert found.status_code == 200
    assert "第三十六条" in found.text
    assert client.get("/source", params={"key": "没有#1"}).status_code == 404
    assert client.get("/source", params={"key": "<script>"}).text.count("<script>") == 0


def test_what_the_browser_kept_is_shown_again(client: TestClient, exchange: dict[str, object]):
    shown = client.post("/restore", json={"exchanges": [exchange, exchange]})
    assert shown.status_code == 200
    assert shown.text.count('<section class="turn"') == 2
    assert "面向工作人员" in shown.text


@pytest.mark.parametrize(
    "body", [{}, [], {"exchanges": []}, {"exchanges": [{}]}, {"exchanges": [{"audience": "x"}]}]
)
def test_what_is_no_conversation_is_refused(client: TestClient, body: object):
    for path in ("/restore", "/export.md", "/export.docx"):
        refused = client.post(path, json=body)
        assert refused.status_code == 422
        assert refused.text == "收到的内容读不懂，请刷新页面再试。"


def test_what_is_not_in_the_corpus_is_not_exported(client: TestClient, exchange: dict[str, object]):
    forged = json.loads(json.dumps(exchange).replace("\\u6392\\u6c61", "\\u51cf\\u6c61"))
    refused = client.post("/export.docx", json={"exchanges": [forged]})
    assert refused.status_code == 422
    assert "对不上" in refused.text


def test_a_form_of_another_site_cannot_speak_for_the_reader(
    client: TestClient, exchange: dict[str, object], page_options: PageOptions
):
    body = json.dumps({"exchange": exchange, "verdict": "useful"})
    queue = FeedbackQueue(open_records(page_options.data_dir))
    before = queue.load()
    assert client.post("/feedback", content=body).status_code == 422
    assert queue.load() == before
    kept = client.post("/feedback", content=body, headers={"Content-Type": "application/json"})
    assert kept.json() == {"kept": True}
    (added,) = queue.load()[len(before) :]
    assert added.question == QUESTION
    assert added.answer is not None
    assert added.answer["citations"] == exchange["citations"]


def test_too_much_is_refused(client: TestClient):
    body = json.dumps({"exchanges": ["长" * 3_000_000]})
    headers = {"Content-Type": "application/json"}
    assert client.post("/restore", content=body, headers=headers).status_code == 422


def test_only_the_pages_scripts_are_given(client: TestClient):
    assert client.get("/page/main.js").headers["content-type"].startswith("text/javascript")
    for name in ("../texts.py", "..%2Ftexts.py", "none.js", ""):
        assert client.get(f"/page/{name}").status_code == 404


FILE = {"Content-Type": "application/octet-stream"}
DRAFT = "依据《大气污染防治法》第九十九条处罚。".encode()


def test_a_draft_is_checked(client: TestClient):
    given = {"name": "稿子.txt", "day": "2026-11-28"}
    found = client.post("/check", params=given, content=DRAFT, headers=FILE)
    assert found.status_code == 200
    assert "所引已废止" in found.text
    for kind in ("docx", "xlsx"):
        file = client.post("/check", params={**given, "as": kind}, content=DRAFT, headers=FILE)
        assert file.content.startswith(b"PK")
        assert file.headers["content-disposition"].endswith(kind)


@pytest.mark.parametrize(
    ("name", "body", "headers", "told"),
    [
        ("稿子.txt", DRAFT, {"Content-Type": "text/plain"}, "读不懂"),
        ("稿子.docx", DRAFT, FILE, "docx"),
        ("稿子.exe", DRAFT, FILE, "读不了"),
        ("稿子.txt", b"", FILE, "空的"),
        ("稿子.txt", b"a" * (20 * 1024 * 1024 + 1), FILE, "20 MB"),
        ("稿子.txt", "字".encode() * 400_001, FILE, "上限"),
    ],
)
def test_what_cannot_be_checked_is_told(
    client: TestClient, name: str, body: bytes, headers: dict[str, str], told: str
):
    refused = client.post("/check", params={"name": name}, content=body, headers=headers)
    assert refused.status_code == 422
    assert told in refused.text
    assert refused.text.endswith("。")


def test_two_days_are_compared(client: TestClient):
    given = {"title": "农业法", "from": "2026-11-01", "to": "2027-02-01"}
    assert "<ins>" in client.get("/compare", params=given).text
    assert client.get("/compare", params={"title": "没有这份"}).status_code == 422


def test_a_source_may_be_of_any_statute_of_the_package(client: TestClient):
    given = {"key": "中华人民共和国劳动合同法#98", "day": "2026-11-28"}
    assert "第九十八条" in client.get("/source", params=given).text


def test_the_page_says_what_it_is_and_not_what_made_it(assistant: Assistant):
    options = options_for(assistant.corpus, title="某市环境问答")
    with TestClient(build_app(assistant, options)) as client:
        page = client.get("/")
        assert '<meta property="og:title" content="某市环境问答">' in page.text
        assert page.text.count("og:title") == 1
        assert "og:image" not in page.text
        assert "twitter:" not in page.text
        assert page.headers["content-encoding"] == "gzip"
        icon = client.get("/favicon.ico")
        assert icon.headers["content-type"].startswith("image/svg")


def test_a_client_may_not_open_and_check_without_end(assistant: Assistant):
    options = options_for(assistant.corpus, requests_per_minute=1)
    with TestClient(build_app(assistant, options)) as client:
        given = {"key": "中华人民共和国水法#3"}
        assert [client.get("/source", params=given).status_code for _ in range(5)] == [
            200,
            200,
            200,
            200,
            429,
        ]
        refused = client.post("/check", params={"name": "稿.txt"}, content=DRAFT, headers=FILE)
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert refused.text.endswith("再点。")
