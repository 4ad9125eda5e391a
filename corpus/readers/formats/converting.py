"""Old word processors' files (doc, wps, rtf, odt) → docx, by LibreOffice where it is installed.

It runs with a profile of its own that is thrown away afterwards: macros are off, links are not
followed, and its way into the network ends at a closed port.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from corpus.errors import DocumentError

#: What is converted, and the first bytes of such files.
_STARTS = {
    ".doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"),
    ".wps": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ".rtf": (b"{\\rtf",),
    ".odt": (b"PK\x03\x04",),
}
SUFFIXES = frozenset(_STARTS)
_TIMEOUT_S = 60
_PROGRAMS = ("soffice", "libreoffice")
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def to_docx(data: bytes, suffix: str, name: str) -> bytes:
    """The docx that LibreOffice makes of a file; DocumentError without it, or where it can't."""
    suffix = suffix.lower()
    if not data.startswith(_STARTS[suffix]):
        raise DocumentError(
            f"「{name}」的内容不是 {suffix[1:]} 文件，请改正扩展名，或用 Word、WPS 另存为 docx。"
        )
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DocumentError(
            f"读不了「{name}」这种格式，请用 Word 或 WPS 另存为 docx 后再试，"
            "或请管理员在这台机器上安装 LibreOffice。"
        )
    with tempfile.TemporaryDirectory(prefix="ecopolicy-") as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        profile = Path(folder) / "profile"
        _write_settings(profile)
        _run(program, source, profile, name)
        made = Path(folder) / "made" / "source.docx"
        if not made.is_file():
            raise DocumentError(
                f"LibreOffice 打不开「{name}」（可能已损坏或加了密码），"
                "请用 Word 或 WPS 另存为 docx 后再试。"
            )
        return made.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        "utf-8",
    )


def _run(program: str, source: Path, profile: Path, name: str) -> None:
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--nodefault", "--convert-to", "docx", "--outdir",
        str(source.parent / "made"), str(source),
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(source.parent), "TMPDIR": str(source.parent)}
    with subprocess.Popen(  # noqa: S603 - a program of this machine, on a file that we named
        command,
        cwd=source.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            process.wait(_TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise DocumentError(
                f"LibreOffice 用了 {_TIMEOUT_S} 秒还没有打开「{name}」，"
                "请用 Word 或 WPS 另存为 docx 后再试。"
            ) from error
        finally:
            _end(process.pid)


def _end(pid: int) -> None:
    """End a process and what it started; it stays in the reader's group, which may be ended too."""
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                _end(int(child))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
