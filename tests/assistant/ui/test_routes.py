"""What the page's script may ask for, and what it is refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import FeedbackQueue, open_records
from assistant.types import Audience, Query
from assistant.ui.app import build_app
from assistant.ui.article.kept import Kept
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


def test_a_stretch_of_a_conversation_has_its_own_numbers(
    client: TestClient, exchange: dict[str, object]
):
    body = {"exchanges": [exchange, exchange], "first": 11, "is_end": False}
    shown = client.post("/restore", json=body).text
    assert re.findall(r'id="(t\d+)"', shown) == ["t11", "t12"]
    assert "接着问" not in shown
    assert shown.count("data-exchange") == 2


NO_CONVERSATION = ({}, [], {"exchanges": []}, {"exchanges": ["x"]})


@pytest.mark.parametrize("body", [*NO_CONVERSATION, {"exchanges": [{}], "first": 0}])
def test_what_is_no_conversation_is_refused(client: TestClient, body: object):
    for path in ("/restore", "/export.md", "/export.docx"):
        refused = client.post(path, json=body)
        assert refused.status_code == 422
        assert refused.text == "收到的内容读不懂，请刷新页面再试。"


@pytest.mark.parametrize("exchange", [{}, {"audience": "x"}, {"question": "<b>问", "audience": 5}])
def test_an_answer_that_cannot_be_shown_again_can_be_asked_again(
    client: TestClient, exchange: dict[str, object]
):
    shown = client.post("/restore", json={"exchanges": [exchange]})
    assert shown.status_code == 200
    assert "这条回答不能照原样显示" in shown.text
    assert "<b>" not in shown.text
    assert "data-exchange" not in shown.text
    assert client.post("/export.md", json={"exchanges": [exchange]}).status_code == 422


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


def test_only_the_pages_files_are_given_and_those_of_this_version_are_kept(client: TestClient):
    page = client.get("/").text
    version = re.findall(r"page/(\w+)/main\.js", page)[0]
    script = client.get(f"/page/{version}/main.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert client.get("/page/older/main.js").headers["cache-control"] == "no-cache"
    for name in ("../texts.py", "..%2Ftexts.py", "none.js", "__init__.py", ""):
        assert client.get(f"/page/{version}/{name}").status_code == 404


def test_the_page_loads_all_its_scripts_and_nothing_inline(client: TestClient):
    page = client.get("/").text
    loaded = set(re.findall(r"page/\w+/([\w.]+)", page))
    folder = resources.files("assistant.ui") / "script"
    scripts = {f.name for f in folder.iterdir() if f.name.endswith(".js")}
    assert loaded == (scripts - {"embed.js"}) | {"style.css", "icon.svg"}
    for name in scripts:
        imported = re.findall(r'from "\./([\w.]+)"', (folder / name).read_text("utf-8"))
        assert set(imported) <= scripts
    for path in ("/", "/about", "/board", "/library"):
        html = client.get(path).text
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)", html), path


def test_of_the_engine_only_asking_is_there(assistant: Assistant):
    options = options_for(assistant.corpus)
    with TestClient(build_app(assistant, options)) as client:
        apis = ("info", "upload", "queue/join", "call/other", "file=x")
        for path in ("", "/", "/config", *(f"/gradio_api/{name}" for name in apis)):
            assert client.get(f"/engine{path}").status_code == 404, path
            assert client.post(f"/engine{path}", json={}).status_code == 404, path
        asked = client.post(
            "/engine/gradio_api/call/ask", json={"data": [QUESTION, "public", "2026-11-23", "{}"]}
        )
        event = asked.json()["event_id"]
        with client.stream("GET", f"/engine/gradio_api/call/ask/{event}") as stream:
            told = "".join(stream.iter_text())
        assert told.startswith("event: generating")
        assert "data-exchange" in told
        assert "event: complete" in told


def test_it_is_told_who_runs_it_and_what_it_knows(assistant: Assistant):
    options = options_for(assistant.corpus, authority="某市<局>", contact="某路1号")
    with TestClient(build_app(assistant, options)) as client:
        page = client.get("/about").text
        for told in ("某市&lt;局&gt;", "某路1号", "《生态环境法典》", "tel:12345", "隐私"):
            assert told in page


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
        icon = client.get(re.findall(r'rel="icon" href="([^"]+)"', page.text)[0])
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


@pytest.mark.parametrize(
    ("authority", "by"), [("某市<局>", "某市&lt;局&gt;"), ("", "办这个页面的单位")]
)
def test_of_an_added_text_it_is_told_by_whom_and_when(
    assistant: Assistant, page_options: PageOptions, authority: str, by: str
):
    options = replace(page_options, authority=authority)
    app = FastAPI()
    kept = Kept(None, date(2026, 11, 30))
    records = open_records(page_options.data_dir)
    desk = Desk(assistant, options)
    app.include_router(make_routes(assistant, options, desk, records, lambda document: kept))
    given = {"key": "中华人民共和国水法#36", "day": "2026-11-23"}
    assert f"由{by}于2026年11月30日添加" in TestClient(app).get("/source", params=given).text


def test_of_a_bundled_text_nothing_is_told_of_its_adding(client: TestClient):
    given = {"key": "中华人民共和国水法#36", "day": "2026-11-23"}
    assert "添加" not in client.get("/source", params=given).text
