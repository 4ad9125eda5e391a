"""The process that puts documents into use and takes them out (``assistant.apart``).

Started as ``python -m assistant.uploads.publishing``. A job that is done again changes nothing
more.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.apart import do_one
from assistant.documents import put_into_use, read_file, remove_document
from assistant.uploads.files import UploadFiles, read_document
from assistant.uploads.table import decode_details
from assistant.uploads.types import Job
from assistant.wiring import Workspace
from corpus.errors import OptionError
from corpus.language import title_form
from corpus.types import Original
from index.types import Progress


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
    do_one(do_job)
