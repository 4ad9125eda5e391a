"""Adding and removing users' documents: what the commands and the page do alike."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from assistant.checking import Verdict, check_text
from assistant.wiring import Workspace, switch_documents
from corpus.catalog import Corpus
from corpus.claims import Claims
from corpus.collection import Kind
from corpus.errors import OptionError
from corpus.language import title_form
from corpus.readers import DEFAULT_LIMITS, Limits, Reading, read_apart, read_bytes
from corpus.statutes import in_marks
from corpus.taken import Taken
from corpus.types import Document, Original
from index.types import Progress


@dataclass(frozen=True, slots=True)
class Details:
    """What the user says of a document that its text may not say.

    ``expires`` is the last day of its validity, ``replaces`` the title of another added document
    whose place it takes, ``collection`` what the collection is called that it is put into (empty:
    told by title and issuer). ``is_whole`` tells that issuer, days and address are just what is
    given here, empty where nothing is, whatever the text says.
    """

    title: str | None = None
    kind: Kind | None = None
    issuer: str = ""
    adopted: date | None = None
    effective: date | None = None
    url: str = ""
    expires: date | None = None
    replaces: str = ""
    collection: str = ""
    is_whole: bool = False


def add_documents(
    workspace: Workspace, paths: Sequence[Path], details: Details, progress: Progress
) -> list[str]:
    """Read the files, put them into use together, and say of each what became of it.

    Raises UserError for the first file that cannot be taken; then nothing has changed.
    """
    if len(paths) > 1 and details.title:
        raise OptionError("--title 一次只能用于一个文件，请逐个添加。")
    read = [read_file(path, details) for path in paths]
    originals = [Original(path.name, read_bytes(path)) for path in paths]
    documents = [one.document for one in read]
    said = put_into_use(workspace, documents, progress, originals=originals)
    return [*said, *(f"提示：{note}" for one in read for note in one.notes)]


def read_file(
    path: Path,
    details: Details,
    name: str = "",
    limits: Limits = DEFAULT_LIMITS,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Reading:
    """Read a file, which is called ``name`` where its path does not say so, with what the user
    says of it; DocumentError where it cannot be read."""
    read = read_apart(
        path,
        name=name,
        title=details.title,
        kind=details.kind,
        issuer=details.issuer,
        adopted=details.adopted,
        effective=details.effective,
        url=details.url,
        limits=limits,
        is_stopped=is_stopped,
    )
    document = replace(
        read.document,
        expires=details.expires,
        replaces=without_marks(details.replaces),
        part_of=details.collection,
    )
    if details.is_whole:
        document = replace(
            document,
            issuer=details.issuer,
            adopted=details.adopted,
            effective=details.effective,
            url=details.url,
        )
    return replace(read, document=document)


def put_into_use(
    workspace: Workspace,
    documents: Sequence[Document],
    progress: Progress,
    is_back: bool = False,
    originals: Sequence[Original] = (),
) -> list[str]:
    """Put documents into use together, and say of each what became of it; OptionError, and nothing
    has changed, where one may not be added.

    ``is_back`` tells that they were in use before: what they replaced may be gone by now.
    ``originals`` are the files that they were read from, in their order, where they are kept.
    """
    bundled = workspace.bundled()
    taken = Taken(bundled.documents)
    for document in documents:
        if why := taken.why(document):
            raise OptionError(why)
    with workspace.lock():
        in_use = list(workspace.folder.state().documents)
        titles = {
            name: document.title
            for name, document in zip(in_use, workspace.library.load(in_use), strict=True)
        }
        if not is_back:
            _check_replaced(documents, {*titles.values(), *(d.title for d in documents)})
        before = list(in_use)
        claims = _claims(bundled, [*workspace.library.load(in_use), *documents])
        said = []
        for document, original in zip_longest(documents, originals):
            name = workspace.library.save(document, original)
            said.append(_place(document, name, in_use, titles))
            said += _notice(document, bundled)
            said += [f"提示：《{document.title}》{claim.says}。" for claim in claims.of(document)]
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
            if is_meant or title_form(title) == title_form(wanted):
                kept = [other for other in in_use if other != name]
                switch_documents(workspace, kept, progress)
                return f"已移除《{title}》。" if not is_meant else f"已移除文件 {name}。"
    raise OptionError(f"没有添加过“{wanted}”，请用 ecopolicy corpus list 查看编号和标题。")


def without_marks(title: str) -> str:
    """「《某办法》」 → 「某办法」."""
    return title.strip().removeprefix("《").removesuffix("》")


def _check_replaced(documents: Sequence[Document], titles: Collection[str]) -> None:
    """Only a document that was added too can be replaced, and none by itself."""
    held = set(map(title_form, titles))
    for document in documents:
        old = document.replaces
        if old and title_form(old) == title_form(document.title):
            raise OptionError(f"《{old}》不能替代它自己；同名的新版本直接添加就会换掉旧的。")
        if old and title_form(old) not in held:
            raise OptionError(
                f"没有添加过《{old}》，不能写成由《{document.title}》替代，请核对标题。"
            )


def _place(document: Document, name: str, in_use: list[str], titles: dict[str, str]) -> str:
    """Put a document into the list; a new version of a title takes the old one's place."""
    if name in in_use:
        return f"《{document.title}》已在语料里，没有变化。"
    form = title_form(document.title)
    older = next((n for n in in_use if title_form(titles[n]) == form), None)
    titles[name] = document.title
    if older:
        in_use[in_use.index(older)] = name
        return f"《{document.title}》换成了新版本（编号 {name}，{len(document.articles)} 条）。"
    in_use.append(name)
    return f"已添加《{document.title}》（编号 {name}，{len(document.articles)} 条）。"


def _claims(bundled: Corpus, added: Sequence[Document]) -> Claims:
    return Claims(
        (*bundled.documents, *added), {d.title for d in added}, bundled.not_loaded.values()
    )


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
