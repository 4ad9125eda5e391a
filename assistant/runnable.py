"""The assistant as LangChain has things: a Runnable, a tool for agents, a retriever."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import StructuredTool
from pydantic import BaseModel, Field

from assistant.pipeline import Assistant, Finder, Prepared, Writer
from assistant.types import Answer, Audience, Query
from index.langchain import PassageRetriever

#: A question, or the fields of a Query (``as_of`` may be left out: today).
Asked = str | Query | Mapping[str, Any]
_Given = TypeVar("_Given")


class _Growing(Runnable[_Given, Answer]):
    """Gives an Answer as it grows, under LangChain's callbacks; ``invoke`` gives the last one.
    Asynchronous calls and batches run in threads, as LangChain does it."""

    def invoke(
        self,
        input: _Given,  # noqa: A002 - LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Answer:
        """The whole answer."""
        return self._call_with_config(self._last, input, config)

    def stream(
        self,
        input: _Given,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete."""
        yield from self._transform_stream_with_config(iter([input]), self._each, config)

    def _last(self, input: _Given) -> Answer:  # noqa: A002
        *_, last = self._grown(input)
        return last

    def _each(self, inputs: Iterator[_Given]) -> Iterator[Answer]:
        for each in inputs:
            yield from self._grown(each)

    def _grown(self, input: _Given) -> Iterator[Answer]:  # noqa: A002
        raise NotImplementedError


class AssistantRunnable(_Growing[Asked]):
    """A question → its Answer. QuestionError where a question cannot be taken."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def _grown(self, input: Asked) -> Iterator[Answer]:  # noqa: A002
        return self._assistant.stream(_query(input))


class ComposerRunnable(_Growing[Prepared]):
    """A question with its extractive answer (``Assistant.prepare``) → the Answer that a language
    model makes of it."""

    def __init__(self, writer: Writer, finder: Finder) -> None:
        """``finder`` (an Assistant) is asked for what else the model wants to read."""
        self._writer, self._finder = writer, finder

    def _grown(self, input: Prepared) -> Iterator[Answer]:  # noqa: A002
        return self._writer.write(input, self._finder)


class _ToolInput(BaseModel):
    question: str = Field(description="一个问题，用中文")
    as_of: date | None = Field(None, description="以哪一天为准，默认今天")


def as_tool(assistant: Assistant) -> StructuredTool:
    """A tool that answers with its sources; the artifact is the Answer."""

    def ask(question: str, as_of: date | None = None) -> tuple[str, Answer]:
        answer = assistant.answer(Query(question, as_of or date.today()))
        quotes = [
            f"[{c.n}] {c.title} {c.locator}（{c.status}）：{c.quote}" for c in answer.citations
        ]
        return "\n".join([answer.text, *quotes]), answer

    return StructuredTool.from_function(
        ask,
        name="ask_ecopolicy",
        description="生态环境政策与法律问答：回答的每句话都有逐字的出处和当天的效力",
        args_schema=_ToolInput,
        response_format="content_and_artifact",
    )


def as_retriever(assistant: Assistant, k: int = 10, as_of: date | None = None) -> PassageRetriever:
    """A LangChain retriever over the assistant's corpus: ``k`` passages, best first, judged as of
    a day (today)."""
    return PassageRetriever(retriever=assistant.retriever, k=k, as_of=as_of)


def _query(asked: Asked) -> Query:
    if isinstance(asked, Query):
        return asked
    given: dict[str, Any] = {"question": asked} if isinstance(asked, str) else dict(asked)
    return Query(
        given["question"],
        given.get("as_of") or date.today(),
        Audience(given.get("audience", Audience.PUBLIC)),
        tuple(given.get("history", ())),
        given.get("id", ""),
    )
