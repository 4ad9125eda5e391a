"""口语说法 of an added document: what a model or a person proposed, reviewed by a person."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from assistant.desk import pages, texts
from assistant.desk.bench import Bench
from assistant.desk.door import Door, Visit
from assistant.desk.pages import go_to, page
from assistant.publishing import publish_wording
from assistant.writing import Proposed, read_wording, wording_path
from corpus.errors import OptionError
from corpus.types import Document

_A_PAGE = 40
#: Ways of asking that an article may have, and characters of each.
_MOST, _LONGEST = 12, 60


def add_lay_wording(router: APIRouter, door: Door, bench: Bench) -> None:
    """The page of a document, and saving it."""

    def found(title: str) -> tuple[str, Document]:
        names = bench.workspace.folder.state().documents
        held = zip(names, bench.workspace.library.load(names), strict=True)
        for name, document in held:
            if document.title == title:
                return name, document
        raise OptionError(f"没有添加过《{title[:60]}》，请从文件列表里选。")

    def rows(name: str) -> dict[str, Proposed]:
        path = wording_path(bench.options.data_dir, name)
        return {row.key: row for row in read_wording(path)} if path.exists() else {}

    def show(visit: Visit) -> Response:
        name, document = found(visit.query.get("title", ""))
        start = _start(visit.query.get("start", ""))
        known = rows(name)
        return page(
            "wording.html",
            said=pages.said(visit.query),
            document=document,
            start=start,
            following=start + _A_PAGE if start + _A_PAGE < len(document.articles) else None,
            articles=[(a, known.get(a.key)) for a in document.articles[start : start + _A_PAGE]],
            **visit.shown(),
        )

    def save(visit: Visit) -> Response:
        title = visit.get("title")
        name, document = found(title)
        known = rows(name)
        start = _start(visit.get("start"))
        for number, article in enumerate(document.articles[start : start + _A_PAGE], start):
            asked = _asked(visit.get(f"asked.{number}"))
            before = known.pop(article.key, None)
            if asked:
                is_reviewed = bool(visit.get(f"reviewed.{number}"))
                gist = before.gist if before else ""
                known[article.key] = Proposed(article.key, asked, gist, is_reviewed)
        order = {article.key: place for place, article in enumerate(document.articles)}
        kept = sorted(known.values(), key=lambda row: order.get(row.key, len(order)))
        path = wording_path(bench.options.data_dir, name)
        publish_wording(bench.workspace, path, kept, bench.switch)
        told: dict[str, Any] = {"title": title, "reviewed": sum(row.reviewed for row in kept)}
        bench.audit.add(visit.person, texts.ACTIONS["wording"], title, told)
        return go_to("/files/wording", title=title, start=str(start), said="saved")

    router.add_api_route("/files/wording", door.page(show), methods=["GET"])
    router.add_api_route("/files/wording", door.form(save), methods=["POST"])


def _asked(text: str) -> tuple[str, ...]:
    lines = dict.fromkeys(line.strip()[:_LONGEST] for line in text.splitlines() if line.strip())
    return tuple(lines)[:_MOST]


def _start(text: str) -> int:
    return int(text) if text.isdecimal() else 0
