"""What can be asked for, and how."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Path, Request, Response, UploadFile
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from fastapi.routing import APIRoute
from starlette.routing import Match

from assistant.api.access import Access
from assistant.api.chat import chunks, completion, query_of
from assistant.api.forms import MODEL, Asked, ChatAsked, Day, Given, Json, Judged, Searched
from assistant.api.metrics import Metrics
from assistant.api.problems import JSON_PROBLEM, NO_PASSAGE, NO_SUCH, WRONG_METHOD, Problem
from assistant.api.serving import Workers, first_of
from assistant.checking import check_text
from assistant.pipeline import Assistant
from assistant.plain_data import hit_json, passage_json
from assistant.records import FeedbackQueue, Keep
from assistant.types import Answer, Query
from corpus.readers import read_plain

_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"]
_TITLE = "生态环境政策与法律问答接口"
#: Answers a question and counts it.
Answering = Callable[[Query], Answer]
#: The same, as it grows.
Growing = Callable[[Query], Iterator[Answer]]
_Responses = dict[int | str, dict[str, Any]]
_PROBLEM = {"description": "一句中文说明该怎么办（RFC 9457）", "content": {JSON_PROBLEM: {}}}
_REFUSALS: _Responses = dict.fromkeys((400, 401, 403, 404, 405, 413, 422, 429, 500, 503), _PROBLEM)
_STREAMED: _Responses = {200: {"content": {"application/json": {}, "text/event-stream": {}}}}


def make_api_routes(
    assistant: Assistant,
    access: Access,
    workers: Workers,
    metrics: Metrics,
    queue: FeedbackQueue,
    keep: Keep,
) -> APIRouter:
    """The routes; ``keep`` is told of every complete answer."""

    def enter(request: Request, response: Response) -> None:
        response.headers.update(access.enter(request))

    router = APIRouter(dependencies=[Depends(enter)], responses=_REFUSALS)

    def answered(query: Query) -> Answer:
        answer = assistant.answer(query)
        metrics.answer(answer.outcome.value)
        keep(answer, query.audience)
        return answer

    def growing(query: Query) -> Iterator[Answer]:
        answer = None
        for answer in assistant.stream(query):
            yield answer
        if answer:
            metrics.answer(answer.outcome.value)
            keep(answer, query.audience)

    _add_chat(router, answered, growing, workers)
    _add_own(router, assistant, answered, workers, queue)
    return router


def _add_chat(router: APIRouter, answered: Answering, growing: Growing, workers: Workers) -> None:
    """OpenAI's routes."""

    @router.get("/v1/models", summary="有哪些模型")
    async def models() -> Json:
        return {"object": "list", "data": [_MODEL]}

    @router.get("/v1/models/{name}", summary="一个模型")
    async def model(name: str) -> Json:
        if name != MODEL:
            raise Problem(404, f"没有叫“{name[:60]}”的模型，请写 {MODEL}。")
        return _MODEL

    @router.post(
        "/v1/chat/completions",
        summary="OpenAI 的对话补全",
        responses=_STREAMED,
        response_model=None,
    )
    async def chat(asked: ChatAsked, request: Request) -> Json | StreamingResponse:
        query = query_of(asked)
        if not asked.stream:
            return completion(await workers.run(lambda: answered(query)))
        with_usage = bool(asked.stream_options and asked.stream_options.include_usage)

        def events() -> Iterator[str]:
            return chunks(growing(query), with_usage)

        pieces = await first_of(workers.stream(events))
        return StreamingResponse(pieces, media_type="text/event-stream")


def _add_own(
    router: APIRouter,
    assistant: Assistant,
    answered: Answering,
    workers: Workers,
    queue: FeedbackQueue,
) -> None:
    """The plain routes."""

    @router.post("/v1/ask", summary="问一句，回答同 ecopolicy ask --json")
    async def ask(asked: Asked) -> Json:
        return (await workers.run(lambda: answered(_query(asked)))).to_json()

    @router.post("/v1/search", summary="只检索")
    async def search(asked: Searched) -> Json:
        query = Query(asked.question, asked.as_of or date.today())
        found = await workers.run(lambda: assistant.search(query, asked.k))
        return {"question": asked.question, "hits": list(map(hit_json, found))}

    @router.get("/v1/passages/{key:path}", summary="一条（段）的原文和它当天的效力")
    async def passage(
        key: Annotated[str, Path(examples=["中华人民共和国水法#3"])], as_of: Day | None = None
    ) -> Json:
        day = as_of or date.today()
        found = await workers.run(lambda: passage_json(assistant.corpus, key, day))
        if found is None:
            raise Problem(404, NO_PASSAGE.format(key=key[:80]))
        return found

    @router.post("/v1/check", summary="核验稿件；什么都不保存")
    async def check(given: Given) -> Json:
        day = given.as_of or date.today()
        report = await workers.run(lambda: check_text(given.text, assistant.corpus, day))
        return report.to_json()

    @router.post("/v1/check/file", summary="核验一个文件（docx、pdf、html、md、txt）；什么都不保存")
    async def check_file(
        file: Annotated[UploadFile, File()], as_of: Annotated[Day | None, Form()] = None
    ) -> Json:
        name, day = file.filename or "", as_of or date.today()
        body = await file.read()

        def checked() -> Json:
            return check_text(read_plain(name, body), assistant.corpus, day).to_json()

        return await workers.run(checked)

    @router.post("/v1/feedback", summary="读者觉得一个回答有用没用", status_code=201)
    async def feedback(judged: Judged) -> Json:
        # What is kept is this program's own answer, not one that was sent.
        plain = assistant.with_writer(None)
        answer = await workers.run(lambda: plain.answer(_query(judged)))
        await workers.run(lambda: queue.add(answer, judged.verdict, judged.word))
        return {"kept": True}


def make_open_routes(assistant: Assistant, metrics: Metrics, api: APIRouter) -> APIRouter:
    """Routes that need no key: whether it runs, whether it can answer, figures, the document."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @router.get("/readyz")
    async def readyz() -> PlainTextResponse:
        return PlainTextResponse(f"ready: {len(assistant.corpus.documents)} documents\n")

    @router.get("/metrics")
    async def figures() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    @router.get("/v1/openapi.json")
    async def document() -> JSONResponse:
        described = get_openapi(title=_TITLE, version="1", routes=api.routes)
        described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"key": []}, {}]
        return JSONResponse(described)

    @router.api_route("/v1/{rest:path}", methods=_METHODS, include_in_schema=False)
    async def nothing(request: Request, rest: str) -> Response:
        routes = (r for r in (*api.routes, *router.routes) if isinstance(r, APIRoute))
        allowed = [
            method
            for route in routes
            if route.endpoint is not nothing and route.matches(request.scope)[0] is Match.PARTIAL
            for method in route.methods or ()
        ]
        if allowed:
            raise Problem(405, WRONG_METHOD, {"Allow": ", ".join(allowed)})
        raise Problem(404, NO_SUCH)

    return router


_MODEL: Json = {"id": MODEL, "object": "model", "created": 0, "owned_by": "ecopolicy"}


def _query(asked: Asked) -> Query:
    day = asked.as_of or date.today()
    return Query(asked.question, day, asked.audience, tuple(asked.turns))
