"""LangChain's ways of asking: Runnable, tool, agent, retriever."""

from datetime import date

import pytest
from langchain.agents import create_agent
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage

from assistant.pipeline import Assistant
from assistant.runnable import AssistantRunnable, as_tool
from assistant.types import Query
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
