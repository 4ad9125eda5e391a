"""文件: uploads from the first byte to the reader, and back out."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from assistant.desk import pages, texts
from assistant.desk.bench import Bench
from assistant.desk.days import read_day
from assistant.desk.door import Door, Visit
from assistant.desk.lay_wording import add_lay_wording
from assistant.desk.pages import go_to, page
from assistant.documents import Details
from assistant.uploads import State
from corpus.collection import Kind
from corpus.errors import OptionError

_BUSY = (State.READING, State.PUBLISHING, State.REMOVING)
_MOST_NAME = 60
_KINDS = {
    Kind.STATUTE: "有条文的法规、规章",
    Kind.DOCUMENT: "一般文件、表格",
    Kind.POLICY: "部署、计划",
}


def add_files(router: APIRouter, door: Door, bench: Bench) -> None:
    """The list, an upload, and what can be done with it."""

    def show(visit: Visit) -> Response:
        uploads = bench.uploads.all()
        return page(
            "files.html",
            said=pages.said(visit.query),
            uploads=[u for u in uploads if u.state not in (State.PUBLISHED, State.REMOVED)],
            removed=[u for u in uploads if u.state is State.REMOVED],
            originals={u.title: u.id for u in uploads if u.state is State.PUBLISHED and u.size},
            documents=[(d, bench.assistant.corpus.status(d, date.today())) for d in bench.added()],
            is_busy=any(u.state in _BUSY for u in uploads),
            states=State,
            **visit.shown(),
        )

    def receive(visit: Visit) -> Response:
        if not visit.files:
            raise OptionError(texts.NO_FILE)
        for file in visit.files:
            bench.uploads.receive(file.name, file.content, visit.person.name)
        return go_to("/files", said="received")

    def one(visit: Visit) -> Response:
        upload = bench.uploads.get(visit.path["name"])
        seen = bench.uploads.preview(upload.id) if upload.state is State.READY else None
        return page(
            "upload.html",
            said="",
            upload=upload,
            seen=seen,
            kinds=_KINDS,
            titles=[d.title for d in bench.added()],
            collections=bench.collections(),
            is_busy=upload.state in _BUSY,
            **visit.shown(),
        )

    router.add_api_route("/files", door.page(show), methods=["GET"])
    router.add_api_route("/files", door.form(receive), methods=["POST"])
    add_lay_wording(router, door, bench)
    _add_removal(router, door, bench)
    router.add_api_route("/files/{name}", door.page(one), methods=["GET"])
    _add_decisions(router, door, bench)


def _add_decisions(router: APIRouter, door: Door, bench: Bench) -> None:
    """What becomes of a file that was read: published, read again, thrown away; and the file."""

    def decide(visit: Visit) -> Response:
        name, by = visit.path["name"], visit.person.name
        action = visit.get("action")
        if action == "discard":
            bench.uploads.discard(name, by)
            return go_to("/files", said="discarded")
        if action == "again":
            bench.uploads.read_again(name, _details(visit))
            return go_to(f"/files/{name}")
        bench.uploads.publish(name, _details(visit), by)
        return go_to("/files", said="publishing")

    def original(visit: Visit) -> Response:
        name, path = bench.uploads.original(visit.path["name"])
        return FileResponse(path, filename=name, media_type="application/octet-stream")

    router.add_api_route("/files/{name}", door.form(decide), methods=["POST"])
    router.add_api_route("/files/{name}/original", door.page(original), methods=["GET"])


def _add_removal(router: APIRouter, door: Door, bench: Bench) -> None:
    """Taking a document out of use, and back."""

    def ask_removal(visit: Visit) -> Response:
        title = visit.query.get("title", "")
        return page("remove.html", said="", title=title, **visit.shown())

    def remove(visit: Visit) -> Response:
        bench.uploads.remove(visit.get("title"), visit.person.name)
        return go_to("/files", said="removing")

    def restore(visit: Visit) -> Response:
        bench.uploads.undo_remove(visit.path["name"], visit.person.name)
        return go_to("/files", said="restoring")

    router.add_api_route("/files/remove", door.page(ask_removal), methods=["GET"])
    router.add_api_route("/files/remove", door.form(remove), methods=["POST"])
    router.add_api_route("/files/{name}/restore", door.form(restore), methods=["POST"])


def _details(visit: Visit) -> Details:
    """What the form says of the document: all of it, empty where a field is."""
    kind = visit.get("kind")
    return Details(
        title=visit.get("title").strip() or None,
        kind=Kind(kind) if kind in tuple(Kind) else None,
        issuer=visit.get("issuer").strip(),
        adopted=read_day(visit.get("adopted")),
        effective=read_day(visit.get("effective")),
        url=visit.get("url").strip(),
        expires=read_day(visit.get("expires")),
        replaces=visit.get("replaces").strip(),
        collection=" ".join(visit.get("collection").split())[:_MOST_NAME],
        is_whole=True,
    )
