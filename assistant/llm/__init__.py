"""The door to language models: endpoints of OpenAI's protocol, real or scripted, and any chat
model of LangChain's."""

from assistant.llm.engine import Engine, connect, connect_provider, is_local
from assistant.llm.local import open_local
from assistant.llm.request import Deadline, Meter, Prompt
from assistant.llm.scripted import Pace, scripted_server
from assistant.llm.scripted_replies import INVENTING, Behaviour, Request

__all__ = [
    "INVENTING",
    "Behaviour",
    "Deadline",
    "Engine",
    "Meter",
    "Pace",
    "Prompt",
    "Request",
    "connect",
    "connect_provider",
    "is_local",
    "open_local",
    "scripted_server",
]
