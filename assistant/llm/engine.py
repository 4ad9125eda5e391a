"""The one door to a language model: an endpoint that speaks OpenAI's protocol, or any chat model
that LangChain knows by ``provider:model``.

Nothing is sent to an address that the settings do not name, nothing but the prompt is sent, and
neither key nor prompt nor the server's own words reach a log, an error or the page.
"""

import contextvars
import ipaddress
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.llm.errors import TOO_SLOW, translate
from assistant.llm.opening import opening
from assistant.llm.request import Deadline, Meter, Prompt, Request
from corpus.errors import EngineError, OptionError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: The name of the model that comes with the extra ``local-llm``.
LOCAL = "local"
#: Headers by which the client would tell of the machine, or of an account that was not set.
_TELLING = ("x-stainless-", "openai-organization", "openai-project")
_IDLE_S = 2.0
_PACKAGE = re.compile(r"langchain-[a-z0-9-]+")
_Pieces = queue.SimpleQueue[str | EngineError | None]


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
    #: Asked instead, in this order, where this one gives no reply.
    others: "tuple[Engine, ...]" = ()
    #: Whatever has to live as long as the engine (a local server).
    keep: object = field(default=None, repr=False)

    def stream(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        """The reply's text as it comes; EngineError where there is none by the deadline.

        It runs in a thread, so that a server that dawdles cannot hold us up. What watches the calls
        (LangChain's callbacks) goes there with the context.
        """
        pieces: _Pieces = queue.SimpleQueue()
        stopped = threading.Event()
        request = Request(prompt, deadline, meter)
        context = contextvars.copy_context()
        target = (self._put, request, pieces, stopped)
        threading.Thread(target=context.run, args=target, daemon=True).start()
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

    def complete(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> str:
        """The whole reply."""
        return "".join(self.stream(prompt, deadline, meter))

    def _put(self, request: Request, pieces: _Pieces, stopped: threading.Event) -> None:
        from langsmith import tracing_context

        try:
            with nullcontext() if self.is_traced else tracing_context(enabled=False):
                for text in opening(self).invoke(request).pieces:
                    pieces.put(text)
                    if stopped.is_set():
                        break
            pieces.put(None)
        except Exception as error:
            pieces.put(translate(error))


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
