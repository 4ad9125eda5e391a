"""A LangChain agent over ``langchain-mcp-adapters``, run by a Python that has them.

They need the SDK before 2, which the data package does not go with: they live in an environment of
their own, and speak with our server as any other program does.
"""

import asyncio
import sys

from langchain.agents import create_agent
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_mcp_adapters.client import MultiServerMCPClient


class Scripted(GenericFakeChatModel):
    """Calls the tool, then says what it is told to."""

    def bind_tools(self, tools: object, **kwargs: object) -> "Scripted":
        """Takes any tools."""
        return self


async def main(address: str, question: str) -> None:
    """Print the names of the tools and what the tool answered."""
    server = {"transport": "streamable_http", "url": address}
    tools = await MultiServerMCPClient({"ecopolicy": server}).get_tools()
    call = {"name": "ask", "args": {"question": question}, "id": "1"}
    says = [AIMessage("", tool_calls=[call]), AIMessage("完")]
    agent = create_agent(Scripted(messages=iter(says)), tools)
    found = await agent.ainvoke({"messages": [("user", question)]})
    (told,) = [m for m in found["messages"] if isinstance(m, ToolMessage)]
    sys.stdout.write(f"{','.join(sorted(tool.name for tool in tools))}\n{told.content}\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
