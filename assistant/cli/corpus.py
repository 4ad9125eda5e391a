"""The commands ``ecopolicy corpus …``."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Day, parse_day, print_json
from corpus.collection import Kind
from corpus.errors import OptionError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from corpus.catalog import Corpus
    from corpus.collections import Library

# What reads texts takes a moment to import: commands import it when they need it.

corpus_app = typer.Typer(help="语料：有哪些文件，条文原文，添加自己的文件。", no_args_is_help=True)


def _settings() -> "Settings":
    from assistant.settings import load_settings

    return load_settings()


def _library() -> "tuple[Library, tuple[str, ...]]":
    from assistant.wiring import open_library
    from index.state import IndexFolder

    settings = _settings()
    folder = IndexFolder(settings.data_dir / "index", settings.chroma_server)
    return open_library(settings), folder.state().documents


def open_corpus() -> "Corpus":
    """The corpus with the documents that were added and the bureau's own matters."""
    from corpus.loading import load_corpus

    settings = _settings()
    library, names = _library()
    return load_corpus(
        library.load(names),
        collections=settings.collections,
        folder=settings.collections_dir,
        own=settings.data_dir,
    )


def _added() -> dict[str, str]:
    """Titles of added documents → their ids."""
    library, names = _library()
    return {d.title: name for name, d in zip(names, library.load(names), strict=True)}


@corpus_app.command("list")
def corpus_list(as_json: AsJson = False, as_of: Day = None) -> None:
    """列出语料里的文件和它们在当日的效力。"""
    day = parse_day(as_of)
    corpus = open_corpus()
    names = _added()
    rows = [
        {
            "title": document.title,
            "id": names.get(document.title, ""),
            "kind": document.kind.value,
            "issuer": document.issuer,
            "adopted": document.adopted.isoformat() if document.adopted else "",
            "effective_date": document.effective.isoformat() if document.effective else "",
            "status": corpus.status(document, day).value,
            "expires": document.expires.isoformat() if document.expires else "",
            "replaces": document.replaces,
            "collection": document.part_of,
            "articles": len(document.articles),
        }
        for document in corpus.documents
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        dates = _dates(str(row["effective_date"]), str(row["adopted"]))
        dates += f"　有效期至{row['expires']}" if row["expires"] else ""
        dates += f"　替代《{row['replaces']}》" if row["replaces"] else ""
        dates += f"　集合：{row['collection']}" if row["collection"] else ""
        added = f"　编号 {row['id']}" if row["id"] else ""
        typer.echo(f"{row['title']}　{row['status']}　{dates}　{row['articles']}条（段）{added}")


def _dates(effective: str, adopted: str) -> str:
    if effective:
        return f"{effective}起施行"
    return f"日期{adopted}" if adopted else "未载日期"


@corpus_app.command("show")
def corpus_show(
    key: Annotated[str, typer.Argument(help="引文键，如 中华人民共和国生态环境法典#176")],
    as_json: AsJson = False,
    as_of: Day = None,
) -> None:
    """显示一条（段）的原文。"""
    day = parse_day(as_of)
    corpus = open_corpus()
    found = corpus.article(key, day)
    if found is None:
        raise OptionError(f"语料里没有“{key}”，请用 ecopolicy corpus list 查看有哪些文件。")
    document, article = found
    status = corpus.status(document, day).value
    if as_json:
        from assistant.plain_data import passage_json

        print_json(passage_json(corpus, key, day))
        return
    if document.title in corpus.added:
        from assistant.types import ADDED_LABEL

        status += f"，{ADDED_LABEL}"
    typer.echo(" › ".join((document.title, *article.path, article.label)) + f"（{status}）")
    typer.echo(f"〔{article.note}〕{article.text}" if article.note else article.text)
    successor = corpus.successors.get(key)
    if successor and corpus.governing(key, day):
        typer.echo(f"现行规定：{'、'.join(successor.new)}。{successor.note}（本项目整理，非官方）")


@corpus_app.command("add")
def corpus_add(
    files: Annotated[list[Path], typer.Argument(help="docx、pdf、html、md、txt 文件")],
    title: Annotated[str | None, typer.Option(help="标题，文中没有时写明")] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="statute：按条；document：按段；policy：政策部署，按段")
    ] = None,
    issuer: Annotated[str, typer.Option(help="发布机关")] = "",
    adopted: Annotated[str | None, typer.Option(help="通过或公布日期 YYYY-MM-DD")] = None,
    effective: Annotated[str | None, typer.Option(help="施行日期 YYYY-MM-DD")] = None,
    url: Annotated[str, typer.Option(help="官方页面")] = "",
    expires: Annotated[str | None, typer.Option(help="有效期的最后一天 YYYY-MM-DD")] = None,
    replaces: Annotated[str, typer.Option(help="替代哪一份添加过的文件（标题）")] = "",
    collection: Annotated[
        str, typer.Option(help="放进哪个集合，如 某市生态环境局；不写就按标题和发布机关")
    ] = "",
) -> None:
    """添加自己的文件，立刻可以问。"""
    from assistant.cli.progress import ProgressBar
    from assistant.documents import Details, add_documents
    from assistant.wiring import open_workspace

    details = Details(
        title,
        kind,
        issuer,
        parse_day(adopted) if adopted else None,
        parse_day(effective) if effective else None,
        url,
        parse_day(expires) if expires else None,
        replaces,
        collection.strip(),
    )
    for line in add_documents(open_workspace(_settings()), files, details, ProgressBar()):
        typer.echo(line)


@corpus_app.command("remove")
def corpus_remove(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="corpus list 里的编号或标题")],
) -> None:
    """移除添加过的文件。"""
    from assistant.cli.progress import ProgressBar
    from assistant.documents import remove_document
    from assistant.wiring import open_workspace

    typer.echo(remove_document(open_workspace(_settings()), wanted, ProgressBar()))


@corpus_app.command("wording")
def corpus_wording(
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="添加过的文件，corpus list 里的编号或标题")
    ],
) -> None:
    """由大模型为自己的文件拟口语问法，写成供人审的文件；审过的才用于检索，从不当作原文显示。"""
    from assistant.cli.progress import ProgressBar
    from assistant.wiring import open_engine
    from assistant.writing import find_added, propose, wording_path

    settings = _settings()
    name = find_added(wanted, _added())
    engine = open_engine(settings)
    if engine is None:
        raise OptionError("拟口语问法要用大模型，请先设置 ECOPOLICY_LLM_MODEL（见 README）。")
    path = wording_path(settings.data_dir, name)
    document = _library()[0].load([name])[0]
    done, skipped = propose(document, engine, path, ProgressBar("拟口语问法"))
    typer.echo(f"为 {done} 条拟了问法，{skipped} 条没有拟出，写在 {path}。")
    typer.echo("请逐行审阅，把可用的行的 reviewed 改成 true，再运行 ecopolicy index。")


@corpus_app.command("check")
def corpus_check(as_json: AsJson = False) -> None:
    """检查语料：数量、缺条、修补过的地方、可疑之处和要重审的标准问答；有新问题时退出码为 1。"""
    from assistant.matters import needs_review
    from corpus.check import Finding, check_corpus

    corpus, day = open_corpus(), date.today()
    to_review = [
        Finding(f"{matter.id}:{problem.where}", problem.says)
        for matter in corpus.matters
        if matter.is_own
        for problem in needs_review(matter, corpus, day)
    ]
    report = check_corpus(corpus, day)
    report = replace(report, findings=(*report.findings, *to_review))
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(
            f"{report.documents} 份文件，{report.articles} 条（段），{report.passages} 个片段。"
        )
        # The full list is in the JSON; a reader wants to know what was done, and how often.
        for what, count in Counter(r.what.split("“")[0] for r in report.repairs).items():
            typer.echo(f"已修补：{what}，{count} 处")
        for finding in report.findings:
            typer.echo(f"可疑：{finding.key}：{finding.what}")
        typer.echo("发现新问题，请核对。" if report.findings else "没有发现新问题。")
    if report.findings:
        raise typer.Exit(1)
