"""What can go wrong with a language model, and how it is told.

The server's own words are never passed on: they may repeat the key or the prompt.
"""

import logging

from corpus.errors import EngineError, EngineFormatError, EngineOverflowError

_log = logging.getLogger(__name__)

TOO_SLOW = "人工智能没有在限定的时间内答完"
NO_REPLY = "人工智能没有写出内容"
BUSY = "人工智能的接口太忙（请求过多）"
WRONG_KEY = "人工智能的接口不认密钥，请检查设置 ECOPOLICY_LLM_API_KEY"
NOT_THERE = "人工智能的接口没有这个模型，请检查设置 ECOPOLICY_LLM_MODEL 和 ECOPOLICY_LLM_BASE_URL"
DOWN = "连不上人工智能的接口"
FAULTY = "人工智能的接口出错"
BROKEN = "人工智能的回答中途断了"
TOO_LONG = "交给人工智能的内容超过了它的上限"
BAD_FORM = "人工智能的接口不接受请求的格式"

_OVERFLOW = (
    "context_length",
    "context length",
    "context size",
    "exceed_context",
    "context window",
    "maximum context",
    "prompt is too long",
    "too many tokens",
)


def translate(error: Exception) -> EngineError:
    """The error of ours for one of the client's; only its kind is kept."""
    told = _classify(error)
    status = getattr(error, "status_code", "")
    # The kind and the status, nothing that the server said.
    _log.warning("language model: %s %s", type(error).__name__, status)
    return told


def _classify(error: Exception) -> EngineError:
    import openai

    if isinstance(error, EngineError):
        return error
    if isinstance(error, openai.APITimeoutError):
        return EngineError(TOO_SLOW)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, str(error), _wait(error))
    if isinstance(error, openai.APIConnectionError):
        return EngineError(DOWN, may_pass=True)
    if "timeout" in type(error).__name__.lower():
        return EngineError(TOO_SLOW)
    # A stream that ends in the middle, or one that cannot be read.
    return EngineError(BROKEN, may_pass=True)


def _of_status(status: int, said: str, after_s: float) -> EngineError:
    said = said.lower()
    if status == 413 or (status in (400, 422) and any(words in said for words in _OVERFLOW)):
        return EngineOverflowError(TOO_LONG)
    if status in (400, 415, 422):
        return EngineFormatError(BAD_FORM)
    if status in (401, 403):
        return EngineError(WRONG_KEY)
    if status == 404:
        return EngineError(NOT_THERE)
    if status in (408, 409, 425, 429):
        # An account that is used up does not recover by waiting.
        return EngineError(BUSY, may_pass="insufficient_quota" not in said, after_s=after_s)
    return EngineError(FAULTY, may_pass=status >= 500, after_s=after_s)


def _wait(error: Exception) -> float:
    """The seconds of a Retry-After header, 0 where there is none."""
    response = getattr(error, "response", None)
    try:
        return max(0.0, float(response.headers["retry-after"]))  # type: ignore[union-attr]
    except (KeyError, ValueError, TypeError, AttributeError):
        return 0.0
