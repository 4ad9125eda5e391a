"""工作台: the pages on which a bureau's staff see what is asked and missing, and mend it.

Plain pages and forms, made on the server; everything but signing in needs a session.
"""

from assistant.desk.app import add_desk
from assistant.desk.bench import Bench, make_bench
from assistant.desk.pages import HEADERS, ROOT

__all__ = ["HEADERS", "ROOT", "Bench", "add_desk", "make_bench"]
