"""问过什么: what was asked and not answered."""

from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.desk import pages, texts
from assistant.desk.bench import Bench
from assistant.desk.door import Door, Visit
from assistant.desk.pages import XLSX_TYPE, download, go_to, page
from assistant.records import Asked, Fate, Remembering, bars, cluster, to_question_set, to_xlsx
from assistant.staff import Role
from index.embedders import load_question_encoder

_PERIODS = (7, 30, 90, 365)
_MOST_CLUSTERS, _MOST_ROWS = 50, 200


def add_asked(router: APIRouter, door: Door, bench: Bench) -> None:
    """The page, and what can be taken away from it."""
    encode = Remembering(lambda texts: load_question_encoder().encode_passages(texts))

    def rows(visit: Visit) -> list[Asked]:
        found = bench.asked.rows(date.today() - timedelta(days=_days(visit)))
        wanted = visit.query.get("fate", "")
        return [row for row in found if not wanted or row.fate.value == wanted]

    def show(visit: Visit) -> Response:
        if not bench.asked.is_on:
            return page("message.html", says=texts.OFF, **visit.shown())
        since = date.today() - timedelta(days=_days(visit))
        counts = bench.asked.count_by_day(since)
        found = rows(visit)
        clusters = cluster(found, encode)
        return page(
            "asked.html",
            said=pages.said(visit.query),
            days=_days(visit),
            periods=_PERIODS,
            fates=tuple(Fate),
            fate=visit.query.get("fate", ""),
            chart=bars(counts) if counts else "",
            counts=counts,
            clusters=clusters[:_MOST_CLUSTERS],
            rows=found[:_MOST_ROWS],
            total=len(found),
            **visit.shown(),
        )

    def export(visit: Visit) -> Response:
        bench.audit.add(visit.person, texts.ACTIONS["asked_out"], visit.path["kind"])
        if visit.path["kind"] == "xlsx":
            return download(to_xlsx(rows(visit)), "问过什么.xlsx", XLSX_TYPE)
        return download(
            to_question_set(rows(visit)).encode(), "问过什么.jsonl", "application/jsonl"
        )

    def clear(visit: Visit) -> Response:
        bench.asked.clear()
        bench.audit.add(visit.person, texts.ACTIONS["asked_cleared"], "")
        return go_to("/asked", said="cleared")

    router.add_api_route("/asked", door.page(show), methods=["GET"])
    router.add_api_route("/asked.{kind}", door.page(export), methods=["GET"])
    router.add_api_route("/asked/clear", door.form(clear, Role.ADMIN), methods=["POST"])


def _days(visit: Visit) -> int:
    given = visit.query.get("days", "")
    return int(given) if given.isdecimal() and int(given) in _PERIODS else 30
