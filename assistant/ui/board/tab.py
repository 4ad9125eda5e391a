"""The tab 目标与措施: what the policy text sets out to do, read out of it by code."""

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.export import to_csv, to_xlsx
from assistant.pipeline import Assistant
from assistant.ui.board import texts
from assistant.ui.board.rendering import Plan, render_board
from assistant.ui.telling import Telling
from corpus.catalog import Corpus
from corpus.collections import find_measures
from corpus.types import Status

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def plans_of(corpus: Corpus, day: date) -> list[Plan]:
    """The policy texts that hold or held by the day, the latest first, with their measures."""
    there = [d for d in corpus.policies if corpus.status(d, day) is not Status.NOT_YET]
    later = sorted(there, key=lambda d: corpus.status(d, day) is Status.EARLIER)
    return [(document, found) for document in later if (found := find_measures(document))]


def add_board(router: APIRouter, assistant: Assistant, told: Telling) -> None:
    """The board as a piece of HTML, and as files to take away."""

    def board() -> Response:
        corpus, day = assistant.corpus, date.today()
        return HTMLResponse(render_board(plans_of(corpus, day), corpus, day))

    def table(kind: str) -> Response:
        corpus, day = assistant.corpus, date.today()
        measures = [m for _, found in plans_of(corpus, day) for m in found]
        content = to_csv(measures) if kind == "csv" else to_xlsx(measures, corpus, day)
        name = quote(f"{texts.FILE_NAME.format(day=day.isoformat())}.{kind}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(content, media_type=_KINDS[kind], headers=headers)

    async def show(_: Request) -> Response:
        return await run_in_threadpool(board)

    async def take(request: Request) -> Response:
        return await run_in_threadpool(table, request.url.path.rpartition(".")[2])

    router.add_api_route("/board", told(show), methods=["GET"])
    for kind in _KINDS:
        router.add_api_route(f"/board.{kind}", told(take), methods=["GET"])
