"""The commands ``ecopolicy check-text`` and ``ecopolicy compare``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Day, parse_day, print_json
from corpus.errors import DocumentError, OptionError
from corpus.key import short_title

if TYPE_CHECKING:
    from assistant.checking import Comparison, Report

_STDIN = "-"
_WORD = ".docx"

DocxOut = Annotated[Path | None, typer.Option("--docx", help="写出带批注的 Word 文档")]
XlsxOut = Annotated[Path | None, typer.Option("--xlsx", help="写出核验结果的 Excel 表")]


def check_text_command(
    file: Annotated[
        str, typer.Argument(help="要核验的文件（docx、pdf、html、md、txt），- 为标准输入")
    ],
    as_json: AsJson = False,
    as_of: Day = None,
    docx: DocxOut = None,
    xlsx: XlsxOut = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="在 Word 文档里把旧法条号改成今天的（修订标记）")
    ] = False,
) -> None:
    """核验稿件：引用的条文、引文、数字对不对，还在不在施行。有错时退出码为 1。"""
    from assistant.checking import check_text
    from assistant.cli.corpus import open_corpus
    from assistant.cli.progress import ProgressBar
    from corpus.readers import read_plain

    day = parse_day(as_of)
    if replace and docx is None:
        raise OptionError("用了 --replace 还要用 --docx 写明 Word 文档写到哪里。")
    name, data = _read(file)
    text = read_plain(name, data)
    report = check_text(text, open_corpus(), day, ProgressBar("核验"))
    _write(report, data if name.lower().endswith(_WORD) else None, docx, xlsx, replace)
    if as_json:
        print_json(report.to_json())
    else:
        _print(report)
    if report.wrong:
        raise typer.Exit(1)


def _read(file: str) -> tuple[str, bytes]:
    """The name and the content of what is checked."""
    if file == _STDIN:
        data = sys.stdin.buffer.read()
        if not data.strip():
            raise DocumentError("标准输入里没有文字，请把稿子送进来，或写出文件名。")
        return "稿子.txt", data
    from corpus.readers import read_bytes

    path = Path(file)
    return path.name, read_bytes(path)


def _write(
    report: "Report", original: bytes | None, docx: Path | None, xlsx: Path | None, replace: bool
) -> None:
    if docx is None and xlsx is None:
        return
    from assistant.export import to_commented_docx, to_findings_xlsx

    if docx is not None:
        docx.write_bytes(to_commented_docx(report, original, replace))
    if xlsx is not None:
        xlsx.write_bytes(to_findings_xlsx(report))


def _print(report: "Report") -> None:
    for finding in report.findings:
        if not (finding.verdict.is_wrong or finding in report.doubtful):
            continue
        line = report.text.count("\n", 0, finding.start) + 1
        typer.echo(f"第{line}行　【{finding.label}】{finding.text}")
        typer.echo(f"    {finding.says}")
        if finding.source and finding.verdict.name in ("REWORDED", "NO_QUOTE"):
            typer.echo(f"    原文：{finding.source}")
        if finding.may_be:
            typer.echo(f"    可改为：{finding.may_be}")
    for finding in report.open:
        typer.echo(f"没有核对　{finding.text}：{finding.says}")
    counts = "，".join(f"{label} {count} 处" for label, count in report.counts.items())
    typer.echo(f"以{report.day.isoformat()}为准：{counts or '没有找到引用'}。")


def compare_command(
    title: Annotated[str, typer.Argument(help="文件的标题或简称")],
    first: Annotated[str, typer.Option("--from", help="前一天（YYYY-MM-DD）")],
    second: Annotated[str, typer.Option("--to", help="后一天（YYYY-MM-DD）")],
    as_json: AsJson = False,
) -> None:
    """比较一份文件在两天的规定：哪些条新增、改动、移动、删去。"""
    from assistant.checking import compare
    from assistant.cli.corpus import open_corpus

    found = compare(open_corpus(), title, parse_day(first), parse_day(second))
    if as_json:
        print_json(found.to_json())
    else:
        _print_comparison(found)


def _print_comparison(found: "Comparison") -> None:
    from corpus.statutes import in_marks

    typer.echo(found.says)
    for one in found.differences:
        before = f"{one.before[1].label}" if one.before else ""
        after = (
            f"{in_marks(short_title(one.after[0].title))}{one.after[1].label}" if one.after else ""
        )
        arrow = " → " if before and after else ""
        typer.echo(f"【{one.became.value}】{before}{arrow}{after}　{one.remark}".rstrip())
        words = "".join(
            f"［－{c.before}－］" * bool(c.before) + f"［＋{c.after}＋］" * bool(c.after)
            if c.is_change
            else c.before
            for c in one.changes
        )
        if words:
            typer.echo(f"    {words}")
    if not found.differences:
        typer.echo("两天的规定没有不同。")
