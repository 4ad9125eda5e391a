"""反馈: what readers say of answers, from 新 to 已答复."""

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.desk import pages, texts
from assistant.desk.bench import Bench
from assistant.desk.door import Door, Visit
from assistant.desk.pages import download, go_to, page
from assistant.records import Feedback, State
from corpus.errors import OptionError

_A_PAGE = 50


def add_feedback(router: APIRouter, door: Door, bench: Bench) -> None:
    """The queue, one feedback, and moving it."""

    def queue(visit: Visit) -> Response:
        wanted = visit.query.get("state", "")
        state = State(wanted) if wanted in tuple(State) else None
        before = visit.query.get("before", "")
        rows = bench.feedback.rows(state, _A_PAGE, int(before) if before.isdecimal() else None)
        return page(
            "feedback.html",
            said=pages.said(visit.query),
            rows=rows,
            counts=bench.feedback.counts(),
            state=wanted,
            is_more=len(rows) == _A_PAGE,
            **visit.shown(),
        )

    def one(visit: Visit) -> Response:
        return page("feedback_one.html", said="", row=_found(visit), **visit.shown())

    def _found(visit: Visit) -> Feedback:
        given = visit.path["number"]
        if not given.isdecimal():
            raise OptionError(texts.NOT_FOUND)
        return bench.feedback.find(int(given))

    def move(visit: Visit) -> Response:
        row = _found(visit)
        moved = bench.feedback.move(
            row.id, visit.get("state"), visit.person.name, visit.get("note")
        )
        told = {"from": row.state.value, "to": moved.state.value}
        bench.audit.add(visit.person, texts.ACTIONS["feedback"], str(row.id), told)
        return go_to("/feedback", said="moved")

    def export(visit: Visit) -> Response:
        return download(bench.feedback.export().encode(), "反馈.jsonl", "application/jsonl")

    router.add_api_route("/feedback", door.page(queue), methods=["GET"])
    router.add_api_route("/feedback.jsonl", door.page(export), methods=["GET"])
    router.add_api_route("/feedback/{number}", door.page(one), methods=["GET"])
    router.add_api_route("/feedback/{number}", door.form(move), methods=["POST"])
