"""LangChain's ways of asking: Runnable, tool, agent, retriever."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda

from assistant.llm import Behaviour, Engine
from assistant.pipeline import Assistant
from assistant.runnable import AssistantRunnable, ComposerRunnable, as_tool
from assistant.types import Query
from assistant.writing import AnswerWriter
from corpus.errors import QuestionError
from index.langchain import PassageRetriever
from index.search.retriever import HybridRetriever
from tests.conftest import TODAY
from tests.support import run_apart

QUESTION = "排污许可证有效期多久？"


def test_runnable(assistant: Assistant) -> None:
    chain = AssistantRunnable(assistant)
    whole = chain.invoke({"question": QUESTION, "as_of": TODAY})
    assert whole.citations
    assert list(chain.stream(Query(QUESTION, TODAY)))[-1].text == whole.text
    one, other = chain.batch([QUESTION, {"question": QUESTION, "audience": "staff"}])
    assert one.citations == other.citations == whole.citations
    assert run_apart(chain.ainvoke(QUESTION)).citations == whole.citations

    async def grown() -> list[str]:
        return [answer.text async for answer in chain.astream(Query(QUESTION, TODAY))]

    assert run_apart(grown())[-1] == whole.text
    assert (chain | (lambda answer: answer.outcome.value)).invoke(QUESTION) == "answered"
    with pytest.raises(QuestionError):
        chain.invoke(" ")


class _Watch(BaseCallbackHandler):
    """Counts what LangChain tells of the calls."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended = 0
        self.inside: set[object] = set()

    def on_chat_model_start(self, serialized: object, messages: Any, **kwargs: Any) -> None:
        self.begun.append(str(messages[0][-1].content))
        self.inside.add(kwargs["parent_run_id"])

    def on_llm_end(self, response: object, **kwargs: object) -> None:
        self.ended += 1


@pytest.mark.parametrize("is_streamed", [False, True])
def test_callbacks_see_every_call_of_the_model(
    engine: Callable[..., Engine], retriever: HybridRetriever, is_streamed: bool
) -> None:
    writer = AnswerWriter(engine(Behaviour.FAITHFUL, timeout_s=20))
    chain = AssistantRunnable(Assistant(lambda: retriever, writer))
    watch = _Watch()
    config = RunnableConfig(callbacks=[watch])
    if is_streamed:
        *_, answer = chain.stream(Query(QUESTION, TODAY), config)
    else:
        answer = chain.invoke(Query(QUESTION, TODAY), config)
    assert answer.engine == "llm:scripted-faithful"
    assert len(watch.begun) == watch.ended == answer.usage["calls"]
    assert "要回答的事：" in watch.begun[0]
    assert all(told.startswith("第1句：") for told in watch.begun[1:])
    assert len(watch.begun) > 1
    assert None not in watch.inside


def test_the_composer_is_a_runnable(assistant: Assistant, engine: Callable[..., Engine]) -> None:
    writer = AnswerWriter(engine(Behaviour.FAITHFUL, timeout_s=20))
    prepare = RunnableLambda(lambda question: assistant.prepare(Query(question, TODAY)))
    answer = (prepare | ComposerRunnable(writer, assistant)).invoke(QUESTION)
    assert answer.engine == "llm:scripted-faithful"
    assert answer.citations


def test_tool(assistant: Assistant) -> None:
    call = {"name": "ask_ecopolicy", "args": {"question": QUESTION}, "id": "1", "type": "tool_call"}
    message = as_tool(assistant).invoke(call)
    assert message.artifact.citations[0].quote in message.content


class _Scripted(GenericFakeChatModel):
    def bind_tools(self, tools: object, **kwargs: object) -> "_Scripted":
        return self


def test_an_agent_asks_with_the_tool(assistant: Assistant) -> None:
    call = {"name": "ask_ecopolicy", "args": {"question": QUESTION}, "id": "1"}
    says = [AIMessage("", tool_calls=[call]), AIMessage("五年。")]
    agent = create_agent(_Scripted(messages=iter(says)), [as_tool(assistant)])
    messages = agent.invoke({"messages": [("user", QUESTION)]})["messages"]
    (told,) = [m for m in messages if isinstance(m, ToolMessage)]
    assert "五年" in str(told.content)
    assert messages[-1].content == "五年。"


def test_retriever(retriever: HybridRetriever) -> None:
    made = PassageRetriever(retriever=lambda: retriever, k=3, as_of=TODAY)
    found = made.invoke(QUESTION)
    assert len(found) == 3
    assert found[0].metadata["status"] == "现行有效"
    assert date.fromisoformat(found[0].metadata["effective_date"]) <= TODAY
    keys = {"key", "path", "title", "locator", "status", "effective_date", "url", "score"}
    assert found[0].metadata.keys() == keys
    assert len(made.invoke(QUESTION, k=1)) == 1
    assert run_apart(made.ainvoke(QUESTION)) == found
