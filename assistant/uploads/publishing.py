"""The process that changes what is in use, apart from the one that answers.

Started as ``python -m assistant.uploads.publishing``. A line of JSON on the standard input is the
job; the input then stays open as long as whoever asked is alive. On the standard output come lines
of JSON: ``progress``, and at the end ``done`` or ``refused``. The running service notices the new
index by itself. A job that is done again changes nothing more.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.documents import put_into_use, read_file, remove_document
from assistant.uploads.files import UploadFiles, read_document
from assistant.uploads.table import decode_details
from assistant.uploads.types import Job
from assistant.uploads.where import Where
from assistant.wiring import Workspace
from corpus.errors import EcoPolicyError, OptionError
from corpus.language import title_form
from corpus.lifeline import hold_on, read_request
from corpus.types import Original
from index.types import Progress

_NICENESS = 10


def main() -> None:
    """Do one job."""
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
        tell(done=do_job(request, where.open, lambda done, total: tell(progress=[done, total])))
    except EcoPolicyError as error:
        tell(refused=str(error))


def do_job(
    request: Mapping[str, Any], opened: Callable[[], Workspace], progress: Progress
) -> dict[str, str]:
    """Do the job; what it says: the document's id and title, and a sentence."""
    files, upload = UploadFiles(Path(request["folder"])), request["upload"]
    if request["job"] == Job.REMOVE:
        return _remove(opened(), request["wanted"], files, upload, progress)
    if request["job"] == Job.RESTORE:
        document = read_document(files.document(upload))
        workspace = opened()
        _check_free(workspace, document.title)
    else:
        details = decode_details(request["details"])
        document = read_file(files.original(upload), details, request["name"]).document
        workspace = opened()
    files.keep_document(upload, document)
    path = files.original(upload)
    said = put_into_use(
        workspace,
        [document],
        progress,
        is_back=request["job"] == Job.RESTORE,
        originals=[Original(request["name"], path.read_bytes())] if path.is_file() else (),
    )
    name = workspace.library.save(document)
    return {"document": name, "title": document.title, "said": said[0]}


def _remove(
    workspace: Workspace, wanted: str, files: UploadFiles, upload: str, progress: Progress
) -> dict[str, str]:
    """Take a document out of use, keeping it; nothing is left to do where it is out already."""
    if wanted not in workspace.folder.state().documents:
        return {"document": wanted, "title": "", "said": "已经移除。"}
    (document,) = workspace.library.load([wanted])
    files.keep_document(upload, document)
    original = workspace.library.original(wanted)
    if original and not files.original(upload).is_file():
        files.keep_original(upload, original.read_bytes())
    remove_document(workspace, wanted, progress)
    return {"document": wanted, "title": document.title, "said": f"已移除《{document.title}》。"}


def _check_free(workspace: Workspace, title: str) -> None:
    """What was removed doesn't come back over what was added since."""
    for name in workspace.folder.state().documents:
        (document,) = workspace.library.load([name])
        if title_form(document.title) == title_form(title):
            raise OptionError(f"现在已有另一份《{title}》，请先移除它，再恢复这一份。")


if __name__ == "__main__":
    main()
