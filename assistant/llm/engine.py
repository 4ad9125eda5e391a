"""The one door to a language model: an endpoint that speaks OpenAI's protocol, or any chat model
that LangChain knows by ``provider:model``.

Nothing is sent to an address that the settings do not name, nothing but the prompt is sent, and
neither key nor prompt nor the server's own words reach a log, an error or the page.
"""

import ipaddress
import logging
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.llm.errors import BROKEN, NO_REPLY, TOO_SLOW, translate
from corpus.errors import EngineError, EngineFormatError, OptionError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_log = logging.getLogger(__name__)

#: The name of the model that comes with the extra ``local-llm``.
LOCAL = "local"
_RETRIES = 3
_FIRST_PAUSE_S = 0.5
#: Headers by which the client would tell of the machine, or of an account that was not set.
_TELLING = ("x-stainless-", "openai-organization", "openai-project")
_IDLE_S = 2.0
_PACKAGE = re.compile(r"langchain-[a-z0-9-]+")
#: By what the last piece of a reply is told.
_ENDS = ("finish_reason", "stop_reason", "done_reason")


class Deadline:
    """A moment by which something has to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, 0 when it has passed."""
        return max(0.0, self._end - time.monotonic())


@dataclass(slots=True)
class Meter:
    """Counts what one answer takes from the model."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    calls: int = 0

    @property
    def usage(self) -> dict[str, int]:
        """The counts, as they stand with an answer."""
        return {
            "tokens_in": self.tokens_in,
            "tokens_cached": self.tokens_cached,
            "tokens_out": self.tokens_out,
            "calls": self.calls,
        }

    def add(self, usage: Mapping[str, Any]) -> None:
        """Count the usage of one reply."""
        self.tokens_in += usage.get("input_tokens", 0)
        self.tokens_out += usage.get("output_tokens", 0)
        details = usage.get("input_token_details") or {}
        self.tokens_cached += details.get("cache_read", 0) or 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked of a model. ``system`` is the same for every question, for the prompt cache.

    ``schema`` is the JSON schema of the reply, None for plain text.
    """

    system: str
    user: str
    max_tokens: int
    schema: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Engine:
    """A language model with what it can take. ``timeout_s`` is the limit of a whole answer."""

    name: str
    model: "BaseChatModel"
    timeout_s: float = 60.0
    evidence_tokens: int = 2_000
    is_structured: bool = True
    #: Whether a second call judges what a first one wrote.
    is_judged: bool = True
    #: Whether it is an endpoint of OpenAI's protocol, which takes a schema and an end of time.
    speaks_openai: bool = True
    #: Whether LangChain's tracing may see the calls, where its own settings switch it on.
    is_traced: bool = False
    #: Whatever has to live as long as the engine (a local server).
    keep: object = field(default=None, repr=False)

    def stream(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        """The reply's text as it comes; EngineError where there is none by the deadline.

        What may pass (too many requests, a connection lost before the first word) is tried again
        after a growing pause while there is time. A server that does not take a schema is asked
        for plain text from then on.
        """
        pause = _FIRST_PAUSE_S
        for attempt in range(1, _RETRIES + 1):
            has_begun = False
            try:
                for text in self._attempt(prompt, deadline, meter):
                    has_begun = True
                    yield text
                if not has_begun:
                    raise EngineError(NO_REPLY)
                return
            except EngineFormatError:
                if not self.is_structured or has_begun:
                    raise
                _log.warning("the model's server takes no JSON schema; plain text from now on")
                self.is_structured = False
            except EngineError as error:
                wait = max(pause, error.after_s)
                if has_begun or not error.may_pass or attempt == _RETRIES or wait >= deadline.left:
                    raise
                time.sleep(wait)
                pause *= 2

    def complete(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> str:
        """The whole reply."""
        return "".join(self.stream(prompt, deadline, meter))

    def _attempt(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        """One request. It runs in a thread, so that a server that dawdles cannot hold us up."""
        pieces: queue.SimpleQueue[str | EngineError | None] = queue.SimpleQueue()
        stopped = threading.Event()
        meter.calls += 1
        thread = threading.Thread(
            target=self._request, args=(prompt, deadline, meter, pieces, stopped), daemon=True
        )
        thread.start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=deadline.left)
                except (queue.Empty, ValueError):
                    raise EngineError(TOO_SLOW) from None
                if piece is None:
                    return
                if isinstance(piece, EngineError):
                    raise piece
                yield piece
        finally:
            stopped.set()

    def _request(
        self,
        prompt: Prompt,
        deadline: Deadline,
        meter: Meter,
        pieces: "queue.SimpleQueue[str | EngineError | None]",
        stopped: threading.Event,
    ) -> None:
        from langsmith import tracing_context

        messages = [("system", prompt.system), ("human", prompt.user)]
        is_finished = not self.speaks_openai
        try:
            with nullcontext() if self.is_traced else tracing_context(enabled=False):
                for chunk in self.model.stream(messages, **self._options(prompt, deadline)):
                    if chunk.usage_metadata:
                        meter.add(dict(chunk.usage_metadata))
                    if text := chunk.text:
                        pieces.put(str(text))
                    is_finished = is_finished or any(e in chunk.response_metadata for e in _ENDS)
                    if stopped.is_set():
                        break
            # A connection that is cut between two events looks like the end of a reply.
            pieces.put(None if is_finished else EngineError(BROKEN, may_pass=True))
        except Exception as error:
            pieces.put(translate(error))

    def _options(self, prompt: Prompt, deadline: Deadline) -> dict[str, Any]:
        """What goes with the messages. In extra_body, since ChatOpenAI renames max_tokens to what
        few servers know, and parses a reply in a response_format itself, which fails on one that
        was cut off."""
        if not self.speaks_openai:
            return {"max_tokens": prompt.max_tokens}
        extra: dict[str, Any] = {"max_tokens": prompt.max_tokens}
        if prompt.schema and self.is_structured:
            form = {"name": "reply", "strict": True, "schema": prompt.schema}
            extra["response_format"] = {"type": "json_schema", "json_schema": form}
        return {"extra_body": extra, "timeout": deadline.left}


def is_local(name: str) -> bool:
    """Whether a model's name means one that runs in this process."""
    return name == LOCAL or name.lower().endswith(".gguf")


def check_base_url(url: str) -> str:
    """The address of an endpoint, without a slash at its end; OptionError where it is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OptionError(
            "设置 ECOPOLICY_LLM_BASE_URL 不是网址，"
            "请写成 https://主机/v1 这样的 OpenAI 兼容接口地址。"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise OptionError(
            "设置 ECOPOLICY_LLM_BASE_URL 里不能带用户名、密钥或参数，"
            "密钥请写在 ECOPOLICY_LLM_API_KEY。"
        )
    return url.rstrip("/")


def connect(name: str, base_url: str, api_key: str, **limits: Any) -> Engine:
    """An engine for the model ``name`` at an address. Nothing is sent yet."""
    import httpx2
    import openai
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    url = check_base_url(base_url)
    client = openai.DefaultHttpxClient(
        # A proxy of the environment must not see what goes to this very machine.
        trust_env=not _is_loopback(url),
        follow_redirects=False,
        event_hooks={"request": [_tell_nothing]},
        # A connection that idled is often closed by the server just when it is used again.
        limits=httpx2.Limits(keepalive_expiry=_IDLE_S),
    )
    model = ChatOpenAI(
        model=name,
        base_url=url,
        api_key=SecretStr(api_key or "none"),
        temperature=0,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        http_client=client,
        cache=False,
        verbose=False,
    )
    return Engine(name, model, **limits)


def connect_provider(name: str, api_key: str, **limits: Any) -> Engine:
    """An engine for ``provider:model`` (deepseek:deepseek-chat); OptionError where LangChain does
    not know the provider or its package is not installed. Nothing is sent yet."""
    from langchain.chat_models import init_chat_model

    keys: dict[str, Any] = {"api_key": api_key} if api_key else {}
    try:
        model = init_chat_model(name, temperature=0, max_retries=0, **keys)
    except ImportError as error:
        package = _PACKAGE.search(str(error))
        named = package[0] if package else "它的软件包"
        raise OptionError(f"模型 {name} 要用 {named}，请先安装：pip install {named}。") from error
    except ValueError as error:
        raise OptionError(
            f"设置 ECOPOLICY_LLM_MODEL 写成“提供方:模型”，LangChain 不认识 {name}；"
            "OpenAI 兼容接口请另写 ECOPOLICY_LLM_BASE_URL。"
        ) from error
    return Engine(name, model, speaks_openai=False, **limits)


def _tell_nothing(request: Any) -> None:
    for header in list(request.headers):
        if header.lower().startswith(_TELLING):
            del request.headers[header]


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
