"""An index made for what staff wrote, by a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.apart.running import Child
from assistant.apart.where import Where
from assistant.wiring import Workspace, switch_documents
from index.types import Progress

_CHILD = "assistant.apart.switch"


class Switcher:
    """Does as ``assistant.wiring.switch_documents``, in a child; ``stop`` ends the one that runs.

    The caller holds the workspace's lock, the child asks for none.
    """

    def __init__(self) -> None:
        self._child = Child(_CHILD)

    def __call__(self, workspace: Workspace, names: Sequence[str], progress: Progress) -> None:
        """Put exactly these added documents into use, with an index made for them; OptionError
        with a sentence where it is refused, EcoPolicyError where the child came to grief."""
        request = {"where": asdict(Where.of(workspace)), "documents": list(names)}
        self._child.run(request, progress)

    def stop(self) -> None:
        """End the job that runs, and begin none any more."""
        self._child.stop()


def do_switch(
    request: Mapping[str, Any], opened: Callable[[], Workspace], progress: Progress
) -> Mapping[str, str]:
    """The child's job; says which index is in use."""
    workspace = opened()
    switch_documents(workspace, request["documents"], progress)
    return {"index": workspace.folder.state().index}
