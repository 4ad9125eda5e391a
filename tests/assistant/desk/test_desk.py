"""The desk's pages: who gets in, what is shown, what is changed, what is not lost."""

from datetime import date
from html import unescape

import pytest
from desk_steps import KEY, PASSWORD, RULE, PublishesHere, Staff, wait_for

from assistant.records import State
from assistant.types import Audience, Query
from assistant.uploads import State as UploadState
from corpus.errors import OptionError

DAY = date(2026, 11, 23)
QUESTION = "摆夜市的几点必须收摊"


def published(staff: Staff) -> None:
    """The rule is in use."""
    staff.post("/files", files={"file": ("庚市夜市管理办法.txt", RULE.encode())})
    (upload,) = staff.bench.uploads.all()
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.READY)
    sent = {"title": "庚市夜市管理办法", "kind": "statute", "issuer": "庚市人民政府"}
    sent |= {"adopted": "2022-03-04", "effective": "2022-05-01", "action": "publish"}
    staff.post(f"/files/{upload.id}", sent)
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.PUBLISHED)


MATTER = {
    "name": "夜市收摊",
    "tellings": "夜市几点收摊\n摆摊最晚到几点\n夜市大喇叭吵",
    "ask.0.kind": "期限",
    "ask.0.asked": "最晚几点收\n几点以后不许摆",
    "ask.0.statement.0.text": "夜市摊位要在二十三时前收摊。",
    "ask.0.statement.0.by": KEY,
    "action": "save",
}


def test_nobody_gets_in_without_signing_in(staff: Staff) -> None:
    staff.client.cookies.clear()
    for path in ("", "/asked", "/asked.xlsx", "/feedback", "/matters", "/files", "/audit", "/no"):
        reply = staff.client.get(f"/desk{path}", follow_redirects=False)
        assert reply.status_code == 303
        assert reply.headers["location"].startswith("/desk/sign-in")
    assert staff.client.post("/desk/matters/save", data=MATTER).status_code == 401
    assert "姓名或口令不对" in staff.sign_in(password="wrong").text
    assert "姓名或口令不对" in staff.sign_in(name="没有此人").text
    assert (
        staff.client.get("/desk/sign-in", params={"to": "https://evil.example"}).text.count("evil")
        == 0
    )


def test_a_guesser_holds_up_only_himself(staff: Staff) -> None:
    codes = [staff.sign_in(password=f"guess-{n}").status_code for n in range(7)]
    assert codes[-1] == 429
    assert staff.sign_in(name="赵管理").status_code == 200


def test_signing_out_ends_the_session(staff: Staff) -> None:
    cookie = dict(staff.client.cookies)
    staff.post("/sign-out")
    staff.client.cookies.update(cookie)
    assert staff.client.get("/desk", follow_redirects=False).status_code == 303


def test_a_form_of_another_site_changes_nothing(staff: Staff) -> None:
    reply = staff.client.post("/desk/matters/save", data={**MATTER, "csrf": "x"})
    assert reply.status_code == 403
    assert staff.bench.matters.all() == []


def test_the_pages_keep_to_themselves(staff: Staff) -> None:
    headers = staff.client.get("/desk").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "httponly" in staff.sign_in().history[0].headers["set-cookie"].lower()


def test_only_the_administrator_sees_who_did_what(staff: Staff) -> None:
    assert staff.client.get("/desk/audit").status_code == 403
    staff.sign_in(name="赵管理")
    shown = staff.get("/audit")
    assert "王编辑" in shown
    assert "核对无误" in shown


def test_a_file_from_upload_to_reader_and_back(staff: Staff) -> None:
    published(staff)
    answer = staff.bench.assistant.answer(Query(QUESTION, DAY))
    assert answer.citations[0].key == KEY
    assert "庚市夜市管理办法" in staff.get("/files")
    assert "移除《庚市夜市管理办法》？" in staff.get("/files/remove?title=庚市夜市管理办法")
    (upload,) = staff.bench.uploads.all()
    assert staff.client.get(f"/desk/files/{upload.id}/original").content == RULE.encode()
    staff.post("/files/remove", {"title": "庚市夜市管理办法"})
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.REMOVED)
    assert staff.bench.added() == []
    staff.post(f"/files/{upload.id}/restore")
    wait_for(lambda: [d.title for d in staff.bench.added()] == ["庚市夜市管理办法"])


def test_a_file_is_put_into_a_collection(staff: Staff) -> None:
    """One of ours makes it a local file; a new one is offered with the next file."""
    title = "夜市收摊提示"
    text = "\n".join([title, *(f"{line}。" * 3 for line in ("夜市要按时收摊", "收摊后要清扫"))])
    staff.post("/files", files={"file": (f"{title}.txt", text.encode())})
    (upload,) = staff.bench.uploads.all()
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.READY)
    assert "现在算作全国通用的文件" in staff.get(f"/files/{upload.id}")
    assert '<option value="潍坊市生态环境局">' in staff.get(f"/files/{upload.id}")
    form = {"title": title, "kind": "document", "collection": " 潍坊市生态环境局 "}
    staff.post(f"/files/{upload.id}", {**form, "action": "again"})
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.READY)
    shown = staff.get(f"/files/{upload.id}")
    assert "现在算作潍坊市的文件" in shown
    assert 'value="潍坊市生态环境局" aria' in shown
    staff.post(f"/files/{upload.id}", {**form, "action": "publish"})
    wait_for(lambda: [d.title for d in staff.bench.added()] == [title])
    (document,) = staff.bench.added()
    corpus = staff.bench.assistant.corpus
    assert document.id in corpus.local_documents
    assert corpus.places.district("青州的夜市")
    assert "<td>潍坊市生态环境局</td>" in staff.get("/files")


def test_what_is_wrong_with_a_file_is_told(staff: Staff) -> None:
    staff.post("/files", files={"file": ("坏.docx", b"no zip")})
    (upload,) = staff.bench.uploads.all()
    wait_for(lambda: staff.bench.uploads.get(upload.id).state is UploadState.FAILED)
    assert "坏.docx" in staff.get(f"/files/{upload.id}")
    sent = {"title": "x", "effective": "昨天", "action": "publish"}
    assert "不是日期" in staff.post(f"/files/{upload.id}", sent).text
    staff.post(f"/files/{upload.id}", {"action": "discard"})
    assert staff.bench.uploads.all() == []
    assert "请先选择文件" in staff.post("/files").text


def test_a_matter_is_written_and_said_at_once(staff: Staff) -> None:
    published(staff)
    looked_up = {**MATTER, "ask.0.statement.0.find": "收摊", "action": "preview"}
    shown = unescape(staff.post("/matters/save", looked_up).text)
    assert f'value="{KEY}" checked' in shown
    assert "夜市摊位应当在二十三时前收摊" in shown
    more = unescape(staff.post("/matters/save", {**MATTER, "action": "add-statement-0"}).text)
    assert "ask.0.statement.1.text" in more
    assert "已保存" in staff.post("/matters/save", MATTER).text
    (kept,) = staff.bench.matters.all()
    assert kept.signed == "王编辑"
    answer = staff.bench.assistant.answer(Query("晚上摆夜市最晚摆到几点", DAY))
    assert "夜市摊位要在二十三时前收摊" in answer.text
    assert "夜市收摊" in staff.get(f"/matters/{kept.id}")
    exported = staff.client.get("/desk/matters.xlsx").content
    staff.post(f"/matters/{kept.id}/remove")
    assert staff.bench.matters.all() == []
    staff.post("/matters/import", files={"file": ("标准问答.xlsx", exported)})
    assert [m.name for m in staff.bench.matters.all()] == ["夜市收摊"]


def test_a_matter_is_kept_only_with_its_index(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(staff)
    before = staff.bench.workspace.folder.state()

    def killed(*args: object) -> None:
        raise OptionError("索引的进程中断了。")

    with monkeypatch.context() as patched:
        patched.setattr(PublishesHere, "run", killed)
        reply = staff.post("/matters/save", MATTER)
    assert "索引的进程中断了" in unescape(reply.text)
    assert MATTER["ask.0.statement.0.text"] in unescape(reply.text)
    assert staff.bench.matters.all() == []
    assert staff.bench.workspace.folder.state() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ask.0.statement.0.text": "夜市摊位要在二十二时前收摊。"}, "二十二时"),
        ({"ask.0.statement.0.by": "庚市夜市管理办法#9"}, "庚市夜市管理办法#9"),
        ({"tellings": ""}, "讲法"),
        ({"valid_from": "2026-09-01", "valid_to": "2026-01-01"}, "止"),
    ],
)
def test_what_cannot_be_said_is_not_kept(staff: Staff, change: dict[str, str], told: str) -> None:
    published(staff)
    reply = staff.post("/matters/save", {**MATTER, **change})
    assert reply.status_code == 422
    assert told in unescape(reply.text)
    assert 'role="alert"' in reply.text
    assert MATTER["name"] in reply.text
    assert staff.bench.matters.all() == []


def test_who_was_signed_out_keeps_what_he_wrote(staff: Staff) -> None:
    published(staff)
    csrf = staff.csrf()
    staff.client.cookies.clear()
    reply = staff.client.post("/desk/matters/save", data={**MATTER, "csrf": csrf})
    assert "重新登录" in reply.text
    start = reply.text.index('name="kept" value="') + len('name="kept" value="')
    kept = unescape(reply.text[start : reply.text.index('"', start)])
    sent = {"name": "王编辑", "password": PASSWORD, "to": "/desk/matters/save", "kept": kept}
    again = unescape(staff.client.post("/desk/sign-in", data=sent).text)
    assert MATTER["ask.0.statement.0.text"] in again
    assert 'action="/desk/matters/save"' in again
    assert "已保存" in staff.post("/matters/save", MATTER).text


def test_lay_wording_is_reviewed_and_searched(staff: Staff) -> None:
    published(staff)
    title = "庚市夜市管理办法"
    assert "第二条" in staff.get(f"/files/wording?title={title}")
    sent = {"title": title, "start": "0", "asked.1": "烧烤摊夜里拿大喇叭喊\n喇叭叫卖管不管"}
    staff.post("/files/wording", sent)
    assert staff.bench.assistant.corpus.lay_texts(KEY) == ()
    assert "已保存" in staff.post("/files/wording", {**sent, "reviewed.1": "1"}).text
    assert "喇叭叫卖管不管" in staff.bench.assistant.corpus.lay_texts(KEY)
    assert "没有添加过" in staff.get("/files/wording?title=没有")


def test_feedback_goes_through_its_states(staff: Staff) -> None:
    answer = staff.bench.assistant.answer(Query("今年减污有哪些目标", DAY))
    row = staff.bench.feedback.add(answer, "useless", "没有说到我们县，我叫张建国")
    assert "今年减污有哪些目标" in staff.get("/feedback")
    shown = staff.get(f"/feedback/{row.id}")
    assert answer.citations[0].quote[:20] in shown
    assert "张建国" not in shown
    staff.post(f"/feedback/{row.id}", {"state": "在办", "note": "转科室"})
    assert staff.bench.feedback.find(row.id).state is State.IN_WORK
    assert "转科室" in staff.get(f"/feedback/{row.id}")
    assert "请刷新" in staff.post(f"/feedback/{row.id}", {"state": "没有"}).text
    assert "今年减污有哪些目标" in staff.get(f"/matters/new?feedback={row.id}")
    assert "请从" in staff.get("/matters/没有") or "没有编号" in staff.get("/matters/没有")


def test_what_was_asked_and_not_answered(staff: Staff) -> None:
    for question in (
        "火星上能建化工厂吗",
        "去火星建化工厂行不行",
        "我叫李大海，电话13812345678，月球怎么排污",
    ):
        answer = staff.bench.assistant.answer(Query(question, DAY))
        staff.bench.asked.add(answer, Audience.PUBLIC)
    shown = staff.get("/asked?days=7")
    assert "化工厂" in shown
    assert "<svg" in shown
    assert "李大海" not in shown
    assert "13812345678" not in shown
    assert staff.client.get("/desk/asked.xlsx").content.startswith(b"PK")
    assert "火星" in staff.client.get("/desk/asked.jsonl").text
    assert staff.post("/asked/clear").status_code == 403
    staff.sign_in(name="赵管理")
    assert "已清空" in staff.post("/asked/clear").text
    assert "火星" not in staff.get("/asked")
