"""Reading a collection: its ``collection.toml``, checked, and its texts.

<name>/collection.toml     what ``corpus.collection.Collection`` holds
<name>/<text files>        named in it
<name>/lay_wording/*.jsonl how people ask for its parts (optional)
<name>/matters/*.toml      common situations with what answers them (optional)
"""

import re
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.collection import Collection, Kind
from corpus.collections.cut import cut
from corpus.collections.field_names import field_name
from corpus.errors import CollectionError
from corpus.readers import read_document_here
from corpus.types import Document

FILE = "collection.toml"
_READ = TypeAdapter(Collection)
_PATTERNS = ("part", "section", "byline", "dateline")
_WHY = {
    "missing": "缺少",
    "extra_forbidden": "有不认识的",
    "unexpected_keyword_argument": "有不认识的",
}


def find_collection(name: str, folder: Path | None = None) -> Traversable:
    """The folder of a collection: in ``folder`` if it is there, else among the bundled ones."""
    for parent in (folder, resources.files("corpus.collections")):
        if parent is not None and (parent / name / FILE).is_file():
            found: Traversable = parent / name
            return found
    where = f"{folder} 和自带的集合里" if folder else "自带的集合里"
    raise CollectionError(f"{where}没有“{name}”（要有 {name}/{FILE}），请核对设置 collections。")


def read_collection(folder: Traversable) -> Collection:
    """The collection in a folder; CollectionError names the file and the field that is wrong."""
    file = f"{folder.name}/{FILE}"
    try:
        data = tomllib.loads((folder / FILE).read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise CollectionError(f"集合文件 {file} 读不懂（{error}），请改正。") from error
    try:
        collection = _READ.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        name = field_name(first["loc"])
        why = _WHY.get(first["type"])
        raise CollectionError(
            f"集合文件 {file} {why} {name} 这一项，请改正。"
            if why
            else f"集合文件 {file} 的 {name} 写得不对，请改正。"
        ) from error
    _check(collection, file)
    return collection


def _check(collection: Collection, file: str) -> None:
    for name in _PATTERNS:
        try:
            re.compile(getattr(collection.cut, name))
        except (re.error, RecursionError, OverflowError) as error:
            raise CollectionError(
                f"集合文件 {file} 的 cut.{name} 不是正则表达式，请改正。"
            ) from error
    if collection.kind is not Kind.POLICY:
        return
    for field, value in (
        ("issuer", collection.issuer),
        ("attribution", collection.attribution),
        ("key_prefix", collection.key_prefix),
        ("text", collection.text),
        ("cut.part", collection.cut.part),
    ):
        if not value:
            raise CollectionError(f"集合文件 {file} 缺少 {field} 这一项，请改正。")


def load_texts(folder: Traversable, collection: Collection) -> list[Document]:
    """The texts that the collection's file names; CollectionError where one can't be read."""
    documents = []
    for text in collection.text:
        name = f"{folder.name}/{text.file}"
        if collection.kind is not Kind.POLICY:
            document = read_document_here(
                Path(str(folder / text.file)),
                title=text.title,
                kind=collection.kind,
                issuer=collection.issuer,
                adopted=text.adopted,
                url=text.url,
                collection=collection,
            )
            documents.append(document)
            continue
        try:
            received = (folder / text.file).read_text("utf-8")
        except (OSError, UnicodeError) as error:
            raise CollectionError(
                f"读不了 {name}，请核对 {folder.name}/{FILE} 的 text.file。"
            ) from error
        articles, byline = cut(received, text.title, collection, name)
        documents.append(
            Document(
                title=text.title,
                kind=collection.kind,
                issuer=collection.issuer,
                adopted=text.adopted,
                effective=None,
                url=text.url,
                articles=articles,
                byline=byline,
                received=text.received,
                collection=collection,
            )
        )
    return documents
