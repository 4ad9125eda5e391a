"""The desk as a part of the web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response

from assistant.desk import pages, texts
from assistant.desk.asked import add_asked
from assistant.desk.bench import Bench
from assistant.desk.door import Door, Visit
from assistant.desk.feedback import add_feedback
from assistant.desk.files import add_files
from assistant.desk.matters import add_matters
from assistant.desk.pages import ROOT, page
from assistant.records import Fate
from assistant.staff import Role

_MOST_ENTRIES = 200


def add_desk(app: FastAPI, bench: Bench) -> None:
    """Put the desk into an application, under its own path."""
    router = APIRouter(prefix=ROOT, include_in_schema=False)
    door = Door(bench)

    def overview(visit: Visit) -> Response:
        today = date.today()
        counts = bench.asked.count_by_day(today - timedelta(days=7))
        open_questions = sum(c[Fate.DECLINED] + c[Fate.DOUBTED] for c in counts.values())
        return page(
            "overview.html",
            said=pages.said(visit.query),
            feedback=bench.feedback.counts(),
            open_questions=open_questions,
            is_asked_on=bench.asked.is_on,
            to_review=bench.to_review(today),
            uploads=bench.uploads.all(),
            expiring=bench.expiring(today),
            **visit.shown(),
        )

    def audit(visit: Visit) -> Response:
        before = visit.query.get("before", "")
        entries = bench.audit.latest(_MOST_ENTRIES, int(before) if before.isdecimal() else None)
        broken = bench.audit.verify()
        return page("audit.html", entries=entries, broken=broken, **visit.shown())

    def nothing(visit: Visit) -> Response:
        return page("message.html", 404, says=texts.NOT_FOUND, **visit.shown())

    router.add_api_route("/desk.css", pages.style, methods=["GET"])
    router.add_api_route("/sign-in", door.show_sign_in, methods=["GET"])
    router.add_api_route("/sign-in", door.sign_in, methods=["POST"])
    router.add_api_route("/sign-out", door.sign_out, methods=["POST"])
    router.add_api_route("", door.page(overview), methods=["GET"])
    router.add_api_route("/audit", door.page(audit, Role.ADMIN), methods=["GET"])
    add_asked(router, door, bench)
    add_feedback(router, door, bench)
    add_matters(router, door, bench)
    add_files(router, door, bench)
    router.add_api_route("/{rest:path}", door.page(nothing), methods=["GET"])
    app.include_router(router)
    before = app.router.lifespan_context

    @asynccontextmanager
    async def living(application: FastAPI) -> AsyncIterator[Any]:
        async with before(application) as state:
            bench.uploads.resume()
            try:
                yield state
            finally:
                bench.switch.stop()
                bench.uploads.close()

    app.router.lifespan_context = living
