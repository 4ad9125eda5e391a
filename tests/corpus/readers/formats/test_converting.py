"""Old files go through LibreOffice where there is one; here a script stands in for it."""

import io
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from corpus.errors import DocumentError
from corpus.readers.document import read_document
from corpus.readers.formats import converting

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99
RTF = b"{\\rtf1 x}"


def word_file() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("关于开展排查的通知")
    document.add_paragraph("各单位应当在六月底以前完成排查，并报送结果。")
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the PATH for a program of the name soffice, and nothing else on it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, body: str) -> None:
    """A program that knows its arguments as ``args`` and where it is to write as ``made``."""
    program = folder / "soffice"
    head = (
        f"#!{sys.executable}\nimport os, pathlib, subprocess, sys, time\nargs = sys.argv[1:]\n"
        "made = pathlib.Path(args[args.index('--outdir') + 1]) / 'source.docx'\n"
    )
    program.write_text(head + body, "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"), [("通知.doc", OLE), ("通知.WPS", OLE), ("通知.rtf", RTF), ("通知.doc", RTF)]
)
def test_an_old_file_is_read_by_way_of_docx(
    office: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    whole = written(tmp_path, "whole.docx", word_file())
    log = tmp_path / "log"
    install(
        office,
        "profile = next(a for a in args if a.startswith('-env:UserInstallation=file://'))\n"
        "settings = pathlib.Path(profile.split('file://')[1]) / 'user/registrymodifications.xcu'\n"
        f"pathlib.Path({str(log)!r}).write_text(settings.read_text() + ' '.join(args))\n"
        f"made.parent.mkdir()\nmade.write_bytes(pathlib.Path({str(whole)!r}).read_bytes())\n",
    )
    document = read_document(written(tmp_path, name, data))
    assert document.title == "关于开展排查的通知"
    assert [a.text for a in document.articles] == ["各单位应当在六月底以前完成排查，并报送结果。"]
    told = log.read_text()
    assert "DisableMacrosExecution" in told
    assert "--headless" in told
    assert "--convert-to docx" in told
    assert not Path(told.split("--outdir ")[1].split()[0]).exists()


def refused(path: Path, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read_document(path)
    assert str(caught.value).count("。") == 1


def test_without_it_the_way_out_is_said(office: Path, tmp_path: Path) -> None:
    assert list(office.iterdir()) == []
    for name, data in (("a.doc", OLE), ("a.rtf", RTF)):
        refused(written(tmp_path, name, data), "另存为 docx 后再试，或请管理员.*LibreOffice")


@pytest.mark.parametrize(("name", "data"), [("a.doc", b"text"), ("a.wps", RTF), ("a.rtf", OLE)])
def test_what_is_no_old_file_is_not_given_to_it(
    office: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    install(office, f"pathlib.Path({str(tmp_path / 'ran')!r}).touch()\n")
    refused(written(tmp_path, name, data), "另存为 docx")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "body", ["sys.exit(1)\n", "print('Error: source file could not be loaded')\n"]
)
def test_a_file_that_it_cannot_open_is_told(office: Path, tmp_path: Path, body: str) -> None:
    install(office, body)
    refused(written(tmp_path, "a.doc", OLE), "打不开")


def test_one_that_hangs_is_ended_with_what_it_started(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "_TIMEOUT_S", 3)
    mark = tmp_path / "pid"
    install(
        office,
        f"child = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(mark)!r}).write_text(str(child.pid))\ntime.sleep(600)\n",
    )
    refused(written(tmp_path, "a.doc", OLE), "秒还没有打开")
    status = Path(f"/proc/{mark.read_text()}/stat")
    assert not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_what_it_makes_is_checked_as_any_docx(office: Path, tmp_path: Path) -> None:
    install(office, "made.parent.mkdir()\nmade.write_bytes(b'PK\\x03\\x04broken')\n")
    refused(written(tmp_path, "a.doc", OLE), "损坏")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_real_doc_is_read_with_its_table(tmp_path: Path) -> None:
    """Written by LibreOffice itself; with a table in it."""
    whole = docx.Document()
    whole.add_paragraph("辛市河道管理试验办法")
    whole.add_paragraph("第一条 河道内不得倾倒垃圾、渣土，夜间噪声限值如下：")
    table = whole.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    rows = ("区域", "时段", "限值"), ("甲类", "昼间", "55"), ("乙类", "夜间", "50")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for line in ("第二条 违反的，处五百元罚款。", "第三条 本办法自2023年7月1日起施行。"):
        whole.add_paragraph(line)
    whole.save(str(tmp_path / "办法.docx"))
    run = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    run += ["--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "办法.docx")]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    document = read_document(tmp_path / "办法.doc")
    assert (tmp_path / "办法.doc").read_bytes().startswith(OLE[:8])
    assert document.title == "辛市河道管理试验办法"
    assert [article.key[-2:] for article in document.articles] == ["#1", "#2", "#3"]
    assert "乙类：时段 夜间；限值 50" in document.articles[0].text
