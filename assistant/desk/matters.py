"""标准问答: writing what the bureau itself says of a situation."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.desk import pages, texts
from assistant.desk.bench import Bench
from assistant.desk.door import Door, Visit
from assistant.desk.matter_form import MatterForm, placed
from assistant.desk.pages import XLSX_TYPE, download, go_to, page
from assistant.desk.picking import Choice, chosen, find
from assistant.matters import Preview, from_toml, from_xlsx, preview, to_toml, to_xlsx
from assistant.publishing import publish, publish_all, withdraw
from assistant.records import to_matter_start
from corpus.collections import AskKind
from corpus.errors import MatterError, OptionError

_NO_PROBLEMS: Mapping[str, Sequence[str]] = {}


def add_matters(router: APIRouter, door: Door, bench: Bench) -> None:
    """The list, the form, import and export."""

    def show(visit: Visit) -> Response:
        return page(
            "matters.html",
            said=pages.said(visit.query),
            matters=bench.matters.all(),
            to_review=bench.to_review(date.today()),
            **visit.shown(),
        )

    def edit(visit: Visit) -> Response:
        name = visit.path.get("name", "")
        form = _start(bench, visit)
        if name:
            matter = bench.matters.find(name)
            if matter is None:
                raise OptionError(f"没有编号是“{name[:60]}”的标准问答，请从列表里选。")
            form = MatterForm.of(matter)
        return _form_page(bench, visit, form)

    def save(visit: Visit) -> Response:
        form = MatterForm.read(visit)
        if visit.get("action") != "save":
            return _form_page(bench, visit, form, is_preview=visit.get("action") == "preview")
        try:
            kept = publish(
                bench.workspace,
                form.matter(),
                visit.person.name,
                date.today(),
                _silent,
                bench.switch,
            )
        except MatterError as error:
            problems = placed(error.problems, form)
            return _form_page(bench, visit, form, problems, is_preview=True)
        except OptionError as error:
            return _form_page(bench, visit, form, {"": [str(error)]}, is_preview=True)
        bench.audit.add(visit.person, texts.ACTIONS["matter"], kept.name, {"id": kept.id})
        return go_to("/matters", said="saved")

    def remove(visit: Visit) -> Response:
        gone = withdraw(
            bench.workspace, visit.path["name"], visit.person.name, _silent, bench.switch
        )
        bench.audit.add(visit.person, texts.ACTIONS["matter_removed"], gone.name, {"id": gone.id})
        return go_to("/matters", said="removed")

    router.add_api_route("/matters", door.page(show), methods=["GET"])
    _add_exchange(router, door, bench)
    router.add_api_route("/matters/new", door.page(edit), methods=["GET"])
    router.add_api_route("/matters/save", door.form(save), methods=["POST"])
    router.add_api_route("/matters/{name}", door.page(edit), methods=["GET"])
    router.add_api_route("/matters/{name}/remove", door.form(remove), methods=["POST"])


def _add_exchange(router: APIRouter, door: Door, bench: Bench) -> None:
    """Taking matters away, and in."""

    def export(visit: Visit) -> Response:
        if visit.path["kind"] == "xlsx":
            return download(to_xlsx(bench.matters.all()), "标准问答.xlsx", XLSX_TYPE)
        return download(to_toml(bench.matters.all()).encode(), "标准问答.toml", "application/toml")

    def take_in(visit: Visit) -> Response:
        if not visit.files:
            raise OptionError(texts.NO_FILE)
        (file, *_) = visit.files
        if file.name.lower().endswith(".xlsx"):
            matters = from_xlsx(file.content)
        else:
            matters = from_toml(_text(file.content), file.name)
        publish_all(
            bench.workspace, matters, visit.person.name, date.today(), _silent, bench.switch
        )
        bench.audit.add(visit.person, texts.ACTIONS["matters"], file.name, {"count": len(matters)})
        return go_to("/matters", said="imported")

    router.add_api_route("/matters.{kind}", door.page(export), methods=["GET"])
    router.add_api_route("/matters/import", door.form(take_in), methods=["POST"])


def _start(bench: Bench, visit: Visit) -> MatterForm:
    """Empty, or begun with a feedback or a question."""
    given = visit.query.get("feedback", "")
    if given.isdecimal():
        return MatterForm.started(to_matter_start(bench.feedback.find(int(given))))
    if asked := visit.query.get("asked", ""):
        return MatterForm.started({"tellings": [asked[:300]]})
    return MatterForm()


def _form_page(
    bench: Bench,
    visit: Visit,
    form: MatterForm,
    problems: Mapping[str, Sequence[str]] = _NO_PROBLEMS,
    is_preview: bool = False,
) -> Response:
    day, corpus = date.today(), bench.assistant.corpus
    choices: dict[str, list[Choice]] = {}
    for i, ask in enumerate(form.asks):
        for k, row in enumerate(ask.statements):
            offered = chosen(row.by, corpus, day)
            if row.find.strip():
                offered += find(row.find.strip(), bench.assistant, day, row.by)
            choices[f"{i}.{k}"] = offered
    shown: Sequence[Preview] = ()
    if is_preview:
        try:
            shown = preview(form.matter(), corpus, day)
        except OptionError as error:
            problems = {**problems, "": [*problems.get("", ()), str(error)]}
    return page(
        "matter.html",
        422 if problems else 200,
        said="",
        form=form,
        kinds=tuple(AskKind),
        choices=choices,
        problems=problems,
        preview=shown,
        **visit.shown(),
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OptionError("文件不是 UTF-8 文本，请另存为 UTF-8 的 TOML，或者用 xlsx。") from error


def _silent(done: int, total: int) -> None:
    """It is a matter of seconds."""
