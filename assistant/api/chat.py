"""OpenAI's chat-completions form over the assistant's answers."""

import json
import time
import uuid
from collections.abc import Iterator
from datetime import date

from assistant.api.forms import MODEL, ChatAsked, Json
from assistant.api.problems import UNKNOWN_MODEL, UNREADABLE, Problem
from assistant.types import Answer, Query

_SOURCES = "出处"
_NO_QUESTION = "最后一条要是 user 的提问"


def query_of(asked: ChatAsked) -> Query:
    """The last message as a question, the reader's earlier ones as the conversation before it;
    Problem where the model is not ours or nothing is asked last."""
    if asked.model != MODEL:
        says = UNKNOWN_MODEL.format(name=asked.model[:60], ours=MODEL)
        raise Problem(404, says, code="model_not_found")
    *_, last = asked.messages
    if last.role != "user":
        raise Problem(422, UNREADABLE.format(where=_NO_QUESTION))
    before = (m.text for m in asked.messages[:-1] if m.role == "user" and m.text.strip())
    day = asked.as_of or date.today()
    return Query(last.text, day, asked.audience, tuple(before))


def completion(answer: Answer) -> Json:
    """The whole answer."""
    message = {
        "role": "assistant",
        "content": answer.text + sources(answer),
        "refusal": None,
        "citations": answer.to_json()["citations"],
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_head(_name(), "chat.completion"),
        "choices": [choice],
        "usage": _usage(answer),
        "citations": message["citations"],
        "outcome": answer.outcome.value,
    }


def chunks(answers: Iterator[Answer], with_usage: bool) -> Iterator[str]:
    """The answer as it grows, as server-sent events; the last chunk has the citations."""
    head = _head(_name(), "chat.completion.chunk")
    answer = next(answers)  # a question that cannot be taken is refused before anything is sent
    yield _event({**head, "choices": [_delta({"role": "assistant", "content": answer.text})]})
    told = answer.text
    for answer in answers:
        # A sentence that was shown can be taken back by the second reading: then all is told again.
        if answer.text.startswith(told) and len(answer.text) > len(told):
            yield _event({**head, "choices": [_delta({"content": answer.text[len(told) :]})]})
            told = answer.text
    rest = "" if answer.text.startswith(told) else f"\n\n（以此为准）{answer.text}"
    yield _event({**head, "choices": [_delta({"content": rest + sources(answer)})]})
    last = {**head, "citations": answer.to_json()["citations"], "outcome": answer.outcome.value}
    yield _event({**last, "choices": [{**_delta({}), "finish_reason": "stop"}]})
    if with_usage:
        yield _event({**head, "choices": [], "usage": _usage(answer)})
    yield "data: [DONE]\n\n"


def sources(answer: Answer) -> str:
    """What stands behind the text for readers of a client that shows nothing else: every quote, and
    the line that goes wherever the answer goes."""
    lines = [
        f"[{c.n}] {c.title} {c.locator}（{c.standing}）：{' '.join(c.quote.split())}"
        for c in answer.citations
    ]
    listed = f"\n\n{_SOURCES}：\n" + "\n".join(lines) if lines else ""
    note = f"\n{answer.note}" if answer.note else ""
    return f"{listed}\n\n{answer.disclosure}{note}"


def _name() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"


def _head(name: str, kind: str) -> Json:
    return {"id": name, "object": kind, "created": int(time.time()), "model": MODEL}


def _delta(delta: Json) -> Json:
    return {"index": 0, "delta": delta, "finish_reason": None, "logprobs": None}


def _usage(answer: Answer) -> Json:
    """What a language model took, if one wrote; the assistant itself counts no tokens."""
    given, taken = answer.usage.get("tokens_in", 0), answer.usage.get("tokens_out", 0)
    return {"prompt_tokens": given, "completion_tokens": taken, "total_tokens": given + taken}


def _event(data: Json) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
