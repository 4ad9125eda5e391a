"""The desk's door: signing in and out, and handlers that only staff reach."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from assistant.desk import texts
from assistant.desk.bench import Bench
from assistant.desk.pages import ROOT, go_to, page
from assistant.serving import address_of
from assistant.staff import BusyError, HeldUpError, Person, Role
from corpus.errors import EcoPolicyError

_COOKIE = "ecopolicy_desk"
#: Fields of a form that are kept while somebody signs in again, and so many characters of them.
_MOST_KEPT = 400_000
_log = logging.getLogger("ecopolicy.desk")

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who has signed in: ``fields`` of its form in their order."""

    person: Person
    csrf: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    fields: Fields = ()
    files: tuple[File, ...] = field(default=())

    def get(self, name: str, default: str = "") -> str:
        """The first field of this name."""
        return next((value for key, value in self.fields if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """All fields of this name."""
        return tuple(value for key, value in self.fields if key == name)

    def shown(self) -> dict[str, Any]:
        """What every page of the desk shows of it."""
        return {
            "person": self.person,
            "csrf": self.csrf,
            "is_admin": self.person.role is Role.ADMIN,
        }


Handler = Callable[[Visit], Response]


class Door:
    """Makes handlers of the desk's own ones; they run in threads."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def page(self, handle: Handler, role: Role | None = None) -> Callable[..., Awaitable[Response]]:
        """For a page to look at."""

        async def handler(request: Request) -> Response:
            visit = await run_in_threadpool(self._visit, request)
            if visit is None:
                return go_to("/sign-in", to=str(request.url.path))
            return await run_in_threadpool(_told, handle, visit, role)

        return handler

    def form(self, handle: Handler, role: Role | None = None) -> Callable[..., Awaitable[Response]]:
        """For a form that changes something: what was filled in outlives a session."""

        async def handler(request: Request) -> Response:
            async with request.form() as form:
                fields, files = _fields(form), await _files(form)
            visit = await run_in_threadpool(self._visit, request)
            if visit is None:
                return self._sign_in_page(texts.SIGNED_OUT, 401, request.url.path, fields)
            visit = replace(visit, fields=fields, files=files)
            found = await run_in_threadpool(self._bench.sessions.find, _token(request))
            if found is None or not found.allows(visit.get("csrf")):
                return page("message.html", 403, says=texts.STALE, **visit.shown())
            return await run_in_threadpool(_told, handle, visit, role)

        return handler

    async def show_sign_in(self, request: Request) -> Response:
        """The page to sign in on."""
        says = "" if await run_in_threadpool(self._bench.people.all) else texts.NOBODY
        return self._sign_in_page(says, 200, request.query_params.get("to", ROOT), ())

    async def sign_in(self, request: Request) -> Response:
        """Check a name and a password."""
        async with request.form() as form:
            given = dict(_fields(form))
        name, kept = given.get("name", ""), _kept(given.get("kept", ""))
        to = given.get("to", ROOT)
        client = address_of(request, self._bench.options.client_header)
        try:
            person = await run_in_threadpool(self._check, client, name, given.get("password", ""))
        except HeldUpError as error:
            return self._sign_in_page(texts.HELD_UP.format(seconds=error.seconds), 429, to, kept)
        except BusyError:
            return self._sign_in_page(texts.BUSY, 503, to, kept)
        except EcoPolicyError as error:
            return self._sign_in_page(str(error), 500, to, kept)
        if person is None:
            return self._sign_in_page(texts.WRONG, 401, to, kept)
        session = await run_in_threadpool(self._bench.sessions.open, person)
        await run_in_threadpool(self._bench.audit.add, person, texts.ACTIONS["in"], "")
        response = go_to(_own(to)) if not kept else _go_on(_own(to), kept, session.csrf, person)
        is_safe = request.url.scheme == "https"
        response.set_cookie(
            _COOKIE, session.token, path=ROOT, httponly=True, samesite="strict", secure=is_safe
        )
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        visit = await run_in_threadpool(self._visit, request)
        if visit:
            await run_in_threadpool(self._bench.sessions.close, _token(request))
            await run_in_threadpool(self._bench.audit.add, visit.person, texts.ACTIONS["out"], "")
        response = go_to("/sign-in")
        response.delete_cookie(_COOKIE, path=ROOT)
        return response

    def _check(self, client: str, name: str, password: str) -> Person | None:
        with self._bench.throttle.attempt(client, name) as attempt:
            person = self._bench.people.check(name, password)
            if person:
                attempt.passed()
        return person

    def _visit(self, request: Request) -> Visit | None:
        found = self._bench.sessions.find(_token(request)) if _token(request) else None
        if found is None:
            return None
        path = {name: str(value) for name, value in request.path_params.items()}
        return Visit(found.person, found.csrf, path, dict(request.query_params))

    def _sign_in_page(self, says: str, status: int, to: str, kept: Fields) -> Response:
        held = json.dumps(kept, ensure_ascii=False) if kept else ""
        if len(held) > _MOST_KEPT:
            held = ""
        return page("sign_in.html", status, says=says, to=_under(to), kept=held)


def _told(handle: Handler, visit: Visit, role: Role | None) -> Response:
    """What goes wrong is told in one sentence."""
    if role and visit.person.role is not role:
        return page("message.html", 403, says=texts.NOT_ALLOWED, **visit.shown())
    try:
        return handle(visit)
    except EcoPolicyError as error:
        return page("message.html", 422, says=str(error), **visit.shown())
    except Exception:
        _log.exception("a page of the desk failed")
        return page("message.html", 500, says=texts.UNEXPECTED, **visit.shown())


def _token(request: Request) -> str:
    return request.cookies.get(_COOKIE, "")


def _fields(form: FormData) -> Fields:
    return tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))


async def _files(form: FormData) -> tuple[File, ...]:
    sent = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    return tuple([File(file.filename or "", await file.read()) for file in sent if file.filename])


def _kept(text: str) -> Fields:
    """The fields that a form had when its session was over."""
    try:
        return tuple((str(name), str(value)) for name, value in json.loads(text or "[]"))
    except (ValueError, TypeError):
        return ()


def _under(path: str) -> str:
    """A path of the desk; its first page where it is none."""
    return path if path == ROOT or path.startswith(f"{ROOT}/") else ROOT


def _own(path: str) -> str:
    """A path of the desk without its root."""
    return _under(path).removeprefix(ROOT)


def _go_on(path: str, kept: Fields, csrf: str, person: Person) -> Response:
    """The form again as it was filled in, to be sent by who has signed in."""
    fields = [(name, value) for name, value in kept if name != "csrf"]
    return page(
        "go_on.html",
        to=f"{ROOT}{path}",
        fields=fields,
        csrf=csrf,
        person=person,
        is_admin=person.role is Role.ADMIN,
    )
