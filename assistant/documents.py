"""Adding and removing users' documents: what the commands and the page do alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.checking import Verdict, check_text
from assistant.wiring import Workspace, switch_documents
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.errors import OptionError
from corpus.readers import read_document
from corpus.statutes import in_marks
from corpus.types import Document
from index.types import Progress


@dataclass(frozen=True, slots=True)
class Details:
    """What the user says of a document that its text may not say."""

    title: str | None = None
    kind: Kind | None = None
    issuer: str = ""
    adopted: date | None = None
    effective: date | None = None
    url: str = ""


def add_documents(
    workspace: Workspace, paths: Sequence[Path], details: Details, progress: Progress
) -> list[str]:
    """Read the files, put them into use together, and say of each what became of it.

    Raises UserError for the first file that cannot be taken; then nothing has changed.
    """
    if len(paths) > 1 and details.title:
        raise OptionError("--title 一次只能用于一个文件，请逐个添加。")
    documents = [_read(path, details) for path in paths]
    bundled = workspace.bundled()
    for document in documents:
        if bundled.versions(document.title):
            raise OptionError(f"自带语料里已有《{document.title}》，请用 --title 换个标题再添加。")
    with workspace.lock():
        in_use = list(workspace.folder.state().documents)
        titles = {
            name: document.title
            for name, document in zip(in_use, workspace.library.load(in_use), strict=True)
        }
        before = list(in_use)
        said = []
        for document in documents:
            name = workspace.library.save(document)
            said.append(_place(document, name, in_use, titles))
            said += _notice(document, bundled)
        if in_use != before:
            switch_documents(workspace, in_use, progress)
    return said


def remove_document(workspace: Workspace, wanted: str, progress: Progress) -> str:
    """Take the document with this id or title out of use; OptionError where there is none."""
    with workspace.lock():
        in_use = workspace.folder.state().documents
        for name in in_use:
            is_meant = name == wanted
            title = wanted if is_meant else workspace.library.load([name])[0].title
            if is_meant or title == wanted:
                kept = [other for other in in_use if other != name]
                switch_documents(workspace, kept, progress)
                return f"已移除《{title}》。" if not is_meant else f"已移除文件 {name}。"
    raise OptionError(f"没有添加过“{wanted}”，请用 ecopolicy corpus list 查看编号和标题。")


def _read(path: Path, details: Details) -> Document:
    return read_document(
        path,
        title=details.title,
        kind=details.kind,
        issuer=details.issuer,
        adopted=details.adopted,
        effective=details.effective,
        url=details.url,
    )


def _place(document: Document, name: str, in_use: list[str], titles: dict[str, str]) -> str:
    """Put a document into the list; a new version of a title takes the old one's place."""
    if name in in_use:
        return f"《{document.title}》已在语料里，没有变化。"
    older = next((n for n in in_use if titles[n] == document.title), None)
    titles[name] = document.title
    if older:
        in_use[in_use.index(older)] = name
        return f"《{document.title}》换成了新版本（编号 {name}，{len(document.articles)} 条）。"
    in_use.append(name)
    return f"已添加《{document.title}》（编号 {name}，{len(document.articles)} 条）。"


def _notice(document: Document, bundled: Corpus) -> list[str]:
    """Names the repealed statutes that a document cites."""
    text = "\n".join(f"{article.label} {article.text}" for article in document.articles)
    findings = check_text(text, bundled, date.today()).findings
    repealed = [f.title for f in findings if f.verdict is Verdict.REPEALED]
    if not repealed:
        return []
    names = "、".join(in_marks(title) for title in sorted(set(repealed)))
    return [
        f"提示：《{document.title}》有 {len(repealed)} 处引用了已废止的{names}，"
        "引用时请核对现行规定；逐处核对请用 ecopolicy check-text。"
    ]
