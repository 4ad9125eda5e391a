"""The child's side: one job is read, done and answered."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from assistant.apart.where import Where
from assistant.wiring import Workspace
from corpus.errors import EcoPolicyError
from corpus.lifeline import hold_on, read_request
from index.types import Progress

_NICENESS = 10

#: What is done: the request, what opens the workspace that it names, progress; what it says.
Do = Callable[[Mapping[str, Any], Callable[[], Workspace], Progress], Mapping[str, str]]


def do_one(do: Do) -> None:
    """Do one job, behind all who ask; a job that is done again has to change nothing more."""
    line = read_request()
    if not line:
        sys.exit(1)
    hold_on()
    os.nice(_NICENESS)
    answer = os.dup(1)
    os.dup2(2, 1)  # what libraries print is for the log

    def tell(**fields: Any) -> None:
        os.write(answer, json.dumps(fields, ensure_ascii=False).encode() + b"\n")

    request = json.loads(line)
    try:
        where = Where(**request["where"])
        tell(done=do(request, where.open, lambda done, total: tell(progress=[done, total])))
    except EcoPolicyError as error:
        tell(refused=str(error))
