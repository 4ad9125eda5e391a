"""A scripted model behind OpenAI's protocol: a real server on loopback that can misbehave.

    python -m assistant.llm.scripted [--port PORT]

The name of the model says how it behaves (``Behaviour``). With it the door to language models is
tested without one; the settings are those of any other endpoint.
"""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.llm.scripted_replies import Behaviour, Request, reply_to
from corpus.errors import EngineError

_PIECE = 6
_SMALL = 420
_STATUS = {
    Behaviour.BUSY: (429, "rate_limit_exceeded", "Too many requests"),
    Behaviour.NO_QUOTA: (429, "insufficient_quota", "You exceeded your current quota"),
    Behaviour.FAULTY: (503, "server_error", "The server is overloaded"),
    Behaviour.OVERFLOWS: (
        400,
        "context_length_exceeded",
        "This model's maximum context length is 64 tokens",
    ),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a reply comes: seconds to its first piece, then characters a second."""

    first_s: float = 0.0
    characters_per_s: float = 0.0


class ScriptedServer:
    """The server, running in a thread.

    ``seen`` and ``headers`` are of the requests so far, ``said`` are the replies. ``reply`` says
    something of its own to a request, EngineError where it has nothing to say.
    """

    def __init__(
        self,
        port: int = 0,
        key: str = "",
        reply: Callable[[Request], str] | None = None,
        pace: Pace = Pace(),
    ) -> None:
        self.key = key or secrets.token_urlsafe(16)
        self.reply, self.pace = reply, pace
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.said: list[str] = []
        self.calls: Counter[str] = Counter()
        self.stopped = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        self._http.daemon_threads = True
        self._http.scripted = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def base_url(self) -> str:
        """The address for the settings."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def start(self) -> None:
        """Serve in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End every reply and stop."""
        self.stopped.set()
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def scripted_server(
    reply: Callable[[Request], str] | None = None,
    pace: Pace = Pace(),
) -> Iterator[ScriptedServer]:
    """A running server at a free port, stopped at the end."""
    server = ScriptedServer(reply=reply, pace=pace)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: what is asked is nobody's business."""

    @property
    def _scripted(self) -> ScriptedServer:
        server: ScriptedServer = self.server.scripted  # type: ignore[attr-defined]
        return server

    def do_POST(self) -> None:
        """A chat completion."""
        scripted = self._scripted
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        scripted.seen.append(body)
        scripted.headers.append({k.lower(): v for k, v in self.headers.items()})
        behaviour = Behaviour(body.get("model", Behaviour.FAITHFUL))
        scripted.calls[behaviour] += 1
        given = self.headers.get("Authorization", "")
        if given != f"Bearer {scripted.key}" or behaviour is Behaviour.WRONG_KEY:
            # Some servers repeat the key that they refuse.
            self._fail(401, "invalid_api_key", f"Incorrect API key provided: {given[7:]}")
            return
        if self._fails(behaviour, body):
            return
        system, user = (str(m["content"]) for m in body["messages"][:2])
        request = Request(system, user, "response_format" in body)
        try:
            reply = scripted.reply(request) if scripted.reply else reply_to(behaviour, request)
        except EngineError:
            self._fail(*_STATUS[Behaviour.FAULTY])
            return
        scripted.said.append(reply)
        try:
            self._stream(behaviour, reply, system + user)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _fails(self, behaviour: Behaviour, body: dict[str, Any]) -> bool:
        """Whether the request was answered with an error."""
        scripted = self._scripted
        if behaviour in _STATUS:
            self._fail(*_STATUS[behaviour])
        elif behaviour is Behaviour.BUSY_ONCE and scripted.calls[behaviour] == 1:
            self._fail(*_STATUS[Behaviour.BUSY])
        elif behaviour is Behaviour.PLAIN and "response_format" in body:
            self._fail(400, "invalid_request_error", "This response_format type is unavailable")
        elif behaviour is Behaviour.SMALL and len(body["messages"][1]["content"]) > _SMALL:
            self._fail(*_STATUS[Behaviour.OVERFLOWS])
        elif behaviour is Behaviour.REDIRECTS:
            self._head(307, "text/plain", 0, {"Location": "http://127.0.0.1:9/elsewhere"})
        else:
            return False
        return True

    def _fail(self, status: int, code: str, message: str) -> None:
        said = json.dumps({"error": {"message": message, "type": code, "code": code}}).encode()
        headers = {"Retry-After": "0"} if status == 429 else {}
        self._head(status, "application/json", len(said), headers)
        self.wfile.write(said)

    def _head(self, status: int, kind: str, length: int | None, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _stream(self, behaviour: Behaviour, reply: str, asked: str) -> None:
        self._head(200, "text/event-stream", None, {})
        self.wfile.flush()
        if behaviour is Behaviour.SILENT:
            self._scripted.stopped.wait()
            return
        pieces = [reply[i : i + _PIECE] for i in range(0, len(reply), _PIECE)]
        if behaviour is Behaviour.GARBLED:
            self.wfile.write(b'data: {"choices": [{"delta": \n\ndata: <html>502</html>\n\n')
            return
        pace = self._scripted.pace
        time.sleep(pace.first_s)
        keep = {Behaviour.BREAKS: 1, Behaviour.BREAKS_LATE: (2 * len(pieces)) // 3}
        for piece in pieces[: keep.get(behaviour, len(pieces))]:
            self._send({"content": piece})
            if pace.characters_per_s:
                time.sleep(len(piece) / pace.characters_per_s)
            if behaviour is Behaviour.DRIPS and self._scripted.stopped.wait(0.3):
                return
        while behaviour is Behaviour.ENDLESS and not self._scripted.stopped.is_set():
            self._send({"content": "还有"})
            time.sleep(0.001)
        if behaviour in keep:
            # An event that is not finished, then nothing.
            self.wfile.write(b'data: {"id": ')
            return
        self._send({}, "stop", {"prompt_tokens": len(asked), "completion_tokens": len(reply)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(
        self, delta: dict[str, str], finish: str | None = None, usage: dict[str, int] | None = None
    ) -> None:
        chunk: dict[str, Any] = {
            "id": "scripted",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        if usage:
            chunk["usage"] = {**usage, "total_tokens": sum(usage.values())}
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()


def main() -> None:
    """Serve until interrupted."""
    import argparse
    import sys

    parser = argparse.ArgumentParser(description="按剧本作答的模型，OpenAI 兼容接口，只监听本机。")
    parser.add_argument("--port", type=int, default=8765)
    server = ScriptedServer(parser.parse_args().port)
    server.start()
    sys.stdout.write(
        f"ECOPOLICY_LLM_BASE_URL={server.base_url}\nECOPOLICY_LLM_API_KEY={server.key}\n"
        f"ECOPOLICY_LLM_MODEL 可以是：{'、'.join(Behaviour)}\n"
    )
    sys.stdout.flush()
    try:
        server.stopped.wait()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
