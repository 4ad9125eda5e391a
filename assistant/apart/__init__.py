"""Changing what is in use in a process of its own, so that those who ask are not held up.

The child is told of a job in a line of JSON on its standard input, which then stays open as long as
whoever asked is alive; on its standard output come lines of JSON: ``progress``, and at the end
``done`` or ``refused``. The running service notices the new index by itself.
"""

from assistant.apart.job import do_one
from assistant.apart.running import Child
from assistant.apart.switching import Switcher
from assistant.apart.where import Where

__all__ = ["Child", "Switcher", "Where", "do_one"]
