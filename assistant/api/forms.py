"""What is sent and what comes back, as the OpenAPI document shows it."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.checking import MOST_CHECKED
from assistant.intake import MAX_QUESTION, read_day
from assistant.records import Verdict
from assistant.types import Audience
from corpus.errors import OptionError

MODEL = "ecopolicy"
#: A conversation may have so many messages.
MOST_MESSAGES = 1000

Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION * 4, pattern=r"\S")]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written(day: object) -> object:
    """A day is written YYYY-MM-DD; a number is no day."""
    if day is None or isinstance(day, date):
        return day
    if not isinstance(day, str) or not _DAY.fullmatch(day):
        raise ValueError("YYYY-MM-DD")
    try:
        return read_day(day)
    except OptionError as error:
        raise ValueError(str(error)) from error


Day = Annotated[date, BeforeValidator(_written)]


class Asked(BaseModel):
    """A question; ``turns`` are the reader's earlier ones, oldest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "排污许可证有效期多久？", "turns": []}]}
    )

    question: Question
    turns: list[Question] = Field(default_factory=list, max_length=MOST_MESSAGES)
    audience: Audience = Audience.PUBLIC
    as_of: Day | None = None


class Searched(BaseModel):
    """Words to search for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "未批先建怎么罚", "k": 5}]}
    )

    question: Question
    k: int = Field(10, ge=1, le=100)
    as_of: Day | None = None


class Given(BaseModel):
    """A text to be checked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "依据《大气污染防治法》第九十九条处罚。"}]}
    )

    text: str = Field(max_length=MOST_CHECKED)
    as_of: Day | None = None


class Judged(Asked):
    """What a reader thinks of the answer to a question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "排污许可证有效期多久？", "verdict": "useful", "word": ""}]
        }
    )

    verdict: Verdict
    word: str = Field("", max_length=2000)


class TextPart(BaseModel):
    """A piece of a message's content; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """OpenAI's ``stream_options``."""

    include_usage: bool = False


class ChatAsked(BaseModel):
    """OpenAI's chat-completions request; what it says of sampling is not used."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "夜里施工归谁管？"}]}
            ]
        },
    )

    model: str
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    audience: Audience = Audience.PUBLIC
    as_of: Day | None = None


Json = dict[str, Any]
