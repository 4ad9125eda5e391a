"""A file is read in a process of its own: hostile ones are refused in a sentence and do no harm."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from corpus.collection import Kind
from corpus.errors import DocumentError, EcoPolicyError
from corpus.language import to_chinese
from corpus.readers import Limits, StoppedError, apart, read_apart, read_document, read_plain
from corpus.readers.document import read_document as read_here
from corpus.readers.document import read_plain as read_plain_here

TIGHT = Limits(seconds=2, megabytes=300)
RULE = """丁镇水库办法
（2018年5月6日丁镇人民政府公布）
第一条 为了保护水库，制定本办法。
第二条 水库周围不得养鸭。
第三条 本办法自2018年7月1日起施行。
"""
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(body: str, start: str = "", extra: bytes = b"") -> bytes:
    """A Word file with this body."""
    file = io.BytesIO()
    xml = f'{start}<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", xml)
        if extra:
            archive.writestr("word/media/image1.bin", extra)
    return file.getvalue()


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#: A width for each of a thousand million characters.
WIDE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/F/Flags 4>>"
    b"/W[0 1000000000 500]>>]>>"
)


def printed(content: bytes, filters: bytes, font: bytes = FONT) -> bytes:
    """A PDF file of one page with this content, packed as ``filters`` say."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content),
        font,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" % table
        + b"startxref\n%d\n%%%%EOF" % len(out)
    )


def entities() -> str:
    """A thousand million characters in a few hundred."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE d [<!ENTITY e0 "水水水水水水水水水水">{levels}]>'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "空段落.docx": lambda: packed("<w:p/>" * 2_000_000),
    "炸弹.docx": lambda: packed("<w:p><w:r><w:t>a</w:t></w:r></w:p>", extra=bytes(130_000_000)),
    "一段.docx": lambda: packed(f"<w:p><w:r><w:t>{'水' * 20_000_000}</w:t></w:r></w:p>"),
    "很深.docx": lambda: packed("<w:sdt><w:sdtContent>" * 60_000 + "<w:p/>"),
    "实体.docx": lambda: packed("<w:p><w:r><w:t>&e8;</w:t></w:r></w:p>", entities()),
    "很深.html": lambda: b"<html><body>" + b"<div>" * 1_000_000 + "水".encode(),
    "属性.html": lambda: (
        b"<html><body><p " + b" ".join(b"x%d=%d" % (n, n) for n in range(450_000)) + b">a"
    ),
    "膨胀.pdf": lambda: printed(
        zlib.compress(b"BT 9 9 Td (a) Tj ET " * 9_000_000), b"/FlateDecode"
    ),
    "两层.pdf": lambda: printed(
        zlib.compress(zlib.compress(bytes(800_000_000), 1)), b"/FlateDecode/FlateDecode"
    ),
    "字宽.pdf": lambda: printed(
        zlib.compress(b"BT /F1 12 Tf 9 9 Td (ab) Tj ET"), b"/FlateDecode", WIDE
    ),
    "一字一行.txt": lambda: "水\n".encode() * 3_000_000,
    "一句一行.txt": lambda: "水。\n".encode() * 2_000_000,
}


def resident() -> int:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    before, started = resident(), time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(path, limits=TIGHT)
    assert time.monotonic() - started < 20
    assert resident() - before < 50
    said = str(caught.value)
    assert name in said
    assert said.endswith("。")
    assert said.count("。") == 1
    assert "请" in said
    assert children_of(os.getpid()) == []


def children_of(pid: int) -> list[int]:
    """The readers that a process has started and that are still there."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, IndexError):
            is_reader = b"corpus.readers.child" in (entry / "cmdline").read_bytes()
            if is_reader and parent_of(int(entry.name)) == pid:
                found.append(int(entry.name))
    return found


def parent_of(pid: int) -> int:
    """The process that started this one."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_file_is_read_as_it_is_here(tmp_path: Path) -> None:
    path = tmp_path / "文件.txt"
    path.write_text(RULE, "utf-8")
    assert read_document(path) == read_here(path)
    given = {
        "title": "别名",
        "kind": Kind.DOCUMENT,
        "adopted": date(2001, 2, 3),
        "url": "https://a/",
    }
    assert read_document(path, **given) == read_here(path, **given)  # type: ignore[arg-type]
    assert read_plain("稿.md", RULE.encode()) == read_plain_here("稿.md", RULE.encode())


def test_a_name_is_given_where_the_path_has_none(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_text("全部内容就是这样。", "utf-8")
    read = read_apart(path, name="戊村公约（2019-08-09）.txt")
    assert read.document.title == "戊村公约"
    assert read.document.adopted == date(2019, 8, 9)
    with pytest.raises(DocumentError, match=r"original"):
        read_document(path)


def test_as_many_articles_as_there_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "很长的办法.txt"
    lines = (f"第{to_chinese(n)}条 第{n}种物品应当登记。" for n in range(1, 10_000))
    path.write_text("\n".join(["很长的办法", *lines]), "utf-8")
    assert len(read_document(path).articles) == 9_999
    with pytest.raises(DocumentError, match="超过 5000 条"):
        read_document(path, limits=Limits(articles=5000))


def test_what_comes_back_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "很多字.md"
    path.write_text("\n\n".join(f"{n}。{'水' * 300}。" for n in range(1200)), "utf-8")
    with pytest.raises(DocumentError, match="超过 1 MB"):
        read_document(path, limits=Limits(output_megabytes=1))
    with pytest.raises(DocumentError, match="超过 1 MB"):
        read_plain("很多字.md", path.read_bytes(), Limits(output_megabytes=1))
    assert len(read_document(path).articles) == 1200


def test_a_refusal_of_the_reader_comes_through(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as there:
        read_document(tmp_path / "没有.txt")
    with pytest.raises(DocumentError) as here:
        read_here(tmp_path / "没有.txt")
    assert str(there.value) == str(here.value)
    with pytest.raises(DocumentError, match="扩展名"):
        read_plain("稿.pdf", b"no pdf at all")


def test_a_title_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# {'水' * 5000}\n\n正文。\n\n正文二。", "utf-8")
    with pytest.raises(DocumentError, match="短标题"):
        read_document(path)


def test_nobody_waits_for_what_nobody_wants(tmp_path: Path) -> None:
    path = tmp_path / "空段落.docx"
    path.write_bytes(HOSTILE["空段落.docx"]())
    started = time.monotonic()
    with pytest.raises(StoppedError):
        read_apart(path, is_stopped=lambda: time.monotonic() - started > 1)
    assert time.monotonic() - started < 10
    assert children_of(os.getpid()) == []


def test_the_child_knows_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ECOPOLICY_LLM_API_KEY", "geheim-1")
    monkeypatch.setenv("OPENAI_API_KEY", "geheim-2")
    path = tmp_path / "空段落.docx"
    path.write_bytes(HOSTILE["空段落.docx"]())
    seen: list[bytes] = []

    def look() -> bool:
        for pid in children_of(os.getpid()):
            seen.append(Path(f"/proc/{pid}/environ").read_bytes())
        return bool(seen)

    with pytest.raises(StoppedError):
        read_apart(path, is_stopped=look)
    assert b"geheim" not in seen[0]


def test_a_child_that_does_not_start_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "corpus.readers.nothing")
    with pytest.raises(EcoPolicyError, match="没有启动起来") as caught:
        read_plain("稿.txt", b"text")
    assert not isinstance(caught.value, DocumentError)


def test_when_the_caller_is_killed_the_child_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "空段落.docx"
    path.write_bytes(HOSTILE["空段落.docx"]())
    caller = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from corpus.readers import *; read_plain({path.name!r}, "
            f"open({str(path)!r}, 'rb').read())",
        ],
    )
    deadline = time.monotonic() + 30
    while not (children := children_of(caller.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children
    time.sleep(1)
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    while Path(f"/proc/{children[0]}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(children[0])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be noticed doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
