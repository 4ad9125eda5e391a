"""The command ``ecopolicy``."""

import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import date
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.batch import BatchLine, read_batch, write_batch
from assistant.cli.checking import check_text_command, compare_command
from assistant.cli.corpus import corpus_app
from assistant.cli.keys import keys_app
from assistant.cli.machine import why_of
from assistant.cli.options import AsJson, Day, parse_day, print_json
from assistant.cli.serving import mcp_command, serve_command
from assistant.cli.staff import staff_app
from assistant.types import LEFT_OPEN, NEAREST, UNSURE, Answer, Audience, Outcome, Query
from corpus.errors import EcoPolicyError, OptionError
from corpus.key import short_title
from corpus.language import shorten, widen_marks

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from index.types import ScoredPassage

# The models take seconds to import: commands import them when they need them, so that help, a
# mistake and the corpus commands answer at once.

app = typer.Typer(
    name="ecopolicy",
    help="生态环境政策与法律问答：每句话都有出处。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(keys_app, name="keys")
app.add_typer(staff_app, name="staff")
app.command("check-text")(check_text_command)
app.command("compare")(compare_command)
app.command("serve")(serve_command)
app.command("mcp")(mcp_command)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ecopolicy {version('ecopolicy')}")
        raise typer.Exit


@app.callback()
def _options(
    is_version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="版本")
    ] = False,
) -> None:
    """生态环境政策与法律问答：每句话都有出处。"""


BatchIn = Annotated[Path | None, typer.Option("--batch", help="逐行读取问题的 JSONL 文件")]
BatchOut = Annotated[Path | None, typer.Option("--out", help="批量结果写到的 JSONL 文件")]


def _assistant() -> "Assistant":
    from assistant.cli.progress import ProgressBar
    from assistant.settings import load_settings
    from assistant.wiring import build_assistant

    return build_assistant(load_settings(), ProgressBar())


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    as_json: AsJson = False,
    audience: Annotated[Audience, typer.Option(help="读者")] = Audience.PUBLIC,
    as_of: Day = None,
    batch: BatchIn = None,
    out: BatchOut = None,
) -> None:
    """回答一个问题，或一批问题。"""
    day = parse_day(as_of)
    if batch is not None:
        lines, target = _batch_files(question, batch, out)
        assistant = _assistant()
        write_batch(target, lines, lambda line: _answer_line(assistant, line, audience, day))
        return
    query = Query(_required(question), day, audience)
    answer = _assistant().answer(query)
    if as_json:
        print_json(answer.to_json())
    else:
        typer.echo(_readable(answer))


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    k: Annotated[int, typer.Option("-k", help="几条", min=1, max=100)] = 10,
    as_json: AsJson = False,
    as_of: Day = None,
    batch: BatchIn = None,
    out: BatchOut = None,
) -> None:
    """只检索，不作答。"""
    day = parse_day(as_of)
    if batch is not None:
        lines, target = _batch_files(question, batch, out)
        assistant = _assistant()
        write_batch(target, lines, lambda line: _search_line(assistant, line, k, day))
        return
    query = Query(_required(question), day)
    hits = _assistant().search(query, k)
    if as_json:
        print_json(_hits_json(query, hits))
        return
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        typer.echo(f"{rank}. {passage.title} {passage.locator}（{passage.key}，{hit.score:.4f}）")
        typer.echo(f"   {shorten(passage.text, 80)}")


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="从头重建")] = False,
) -> None:
    """建立索引；没有变化时什么也不做。"""
    from assistant.cli.progress import ProgressBar
    from assistant.settings import load_settings
    from assistant.wiring import build_index, open_workspace

    built = build_index(open_workspace(load_settings()), ProgressBar(), rebuild)
    typer.echo("索引已建好。" if built else "索引已是最新，无需重建。")


@app.command(hidden=True)
def vectors() -> None:
    """把自带语料的向量写进代码库（维护者用）。"""
    from assistant.cli.progress import ProgressBar
    from assistant.cli.upkeep import export_vectors
    from assistant.settings import load_settings

    typer.echo(f"写好了 {export_vectors(load_settings(), ProgressBar())} 个向量。")


@app.command(hidden=True)
def reviewed() -> None:
    """记下各事项所依据的条文现在的内容，以后条文变了就不再用（维护者用，审过之后）。"""
    from assistant.cli.upkeep import keep_reviewed
    from assistant.settings import load_settings

    typer.echo(f"记下了 {keep_reviewed(load_settings())} 处条文。")


def _required(question: str | None) -> str:
    if question is None:
        raise OptionError("没有写问题，请在命令后面写出问题，或用 --batch 给出文件。")
    from assistant.intake import check_question

    return check_question(question)


def _batch_files(
    question: str | None, batch: Path, out: Path | None
) -> tuple[Iterator[BatchLine], Path]:
    if question is not None:
        raise OptionError("问题和 --batch 只能给一样，请去掉其中之一。")
    if out is None:
        raise OptionError("用了 --batch 还要用 --out 写明结果文件。")
    return read_batch(batch), out


def _answer_line(
    assistant: "Assistant", line: BatchLine, audience: Audience, day: date
) -> dict[str, Any]:
    return assistant.answer(line.query(audience, day)).to_json()


def _search_line(assistant: "Assistant", line: BatchLine, k: int, day: date) -> dict[str, Any]:
    query = line.query(Audience.PUBLIC, day)
    return _hits_json(query, assistant.search(query, k))


def _hits_json(query: Query, hits: "list[ScoredPassage]") -> dict[str, Any]:
    from assistant.plain_data import hit_json

    return {
        "id": query.id,
        "question": query.question,
        "hits": list(map(hit_json, hits)),
    }


def _readable(answer: Answer) -> str:
    lines = [f"（理解为：{widen_marks(answer.understood)}）"] if answer.understood else []
    if answer.outcome is Outcome.DECLINED:
        lines.append(f"（{LEFT_OPEN if answer.citations else UNSURE}。）")
    lines += [answer.text, ""] if answer.citations else [answer.text]
    for citation in answer.citations:
        facts = "，".join(
            part
            for part in (
                citation.standing,
                f"{citation.effective_date}起施行" if citation.effective_date else "",
                citation.note,
            )
            if part
        )
        lines.append(f"[{citation.n}] {citation.title} {citation.locator}（{facts}）")
        lines.append(f"    {citation.quote}")
    if answer.nearest and answer.outcome is Outcome.DECLINED:
        places = "、".join(f"《{short_title(hit.title)}》{hit.locator}" for hit in answer.nearest)
        lines.append(f"{NEAREST}：{places}")
    lines.append("")
    if answer.note:
        lines.append(answer.note)
    lines.append(answer.disclosure)
    return "\n".join(lines)


def main() -> None:
    """Run the command; every error is one Chinese sentence on stderr and an exit status."""
    for command in entry_points(group="ecopolicy.commands"):
        app.command(command.name)(command.load())
    try:
        status = app(standalone_mode=False)
        if status:
            sys.exit(status)
    except EcoPolicyError as error:
        _fail(str(error), error.exit_status)
    except typer.Exit as error:
        sys.exit(error.exit_code)
    except typer.TyperException as error:
        _fail(f"命令写得不对（{error}），请用 ecopolicy --help 查看用法。", 2)
    except (KeyboardInterrupt, typer.Abort):
        _fail("已停止。", 130)
    except OSError as error:
        _fail(f"读写文件失败（{why_of(error)}：{error.filename}），请检查磁盘空间和权限。", 2)
    except Exception as error:
        path = Path(tempfile.gettempdir()) / "ecopolicy-error.log"
        path.write_text("".join(traceback.format_exception(error)), "utf-8")
        _fail(f"程序内部出错（{type(error).__name__}），详情写在 {path}，请把它报告给维护者。", 1)


def _fail(message: str, status: int) -> None:
    typer.echo(message, err=True)
    sys.exit(status)
