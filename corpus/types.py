"""The records that leave this layer. They are frozen: a change makes a new one."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.collection import Collection, Kind


class Status(StrEnum):
    """What a document is on a given day, in the words shown to the reader."""

    IN_FORCE = "现行有效"
    REPEALED = "已废止"
    #: Its last day of validity is over.
    EXPIRED = "已失效"
    SUPERSEDED = "已被新版本取代"
    NOT_YET = "尚未施行"
    NEWS = "新闻报道"
    POLICY = "政策文件"
    #: Its issuer has a later one.
    EARLIER = "已有新的部署"
    UNDATED = "未载施行日期"


@dataclass(frozen=True, slots=True)
class Article:
    """What is cited by a key: a 条 of a statute, or a paragraph of the policy text.

    ``path`` are the headings above it (编, 分编, 章, 节), outermost first. ``text`` has one 款 or
    项 a line; passages and quotes are slices of it. ``note`` is our remark on a fault of the
    source, shown wherever the article is shown (「条首缺失」). ``page`` is the page of the file on
    which it begins, from 1, where the file has pages.
    """

    key: str
    label: str
    path: tuple[str, ...]
    text: str
    note: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one text; a date is None where the source gives none.

    ``effective`` is the 施行日期 of the text, which an amendment leaves as it was; ``adopted`` is
    the day on which this version was adopted; ``received`` one on which a text without a date was
    there already (it is never shown). ``repairs`` tells by key what was put right in the source's
    text. Of a user's document, ``expires`` is the last day of its validity and ``replaces`` the
    title of another one whose place it takes, ``part_of`` the name of the collection that it was
    put into, empty where its head tells.
    """

    title: str
    kind: Kind
    issuer: str
    adopted: date | None
    effective: date | None
    url: str
    articles: tuple[Article, ...]
    byline: tuple[tuple[str, str], ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()
    received: date | None = None
    expires: date | None = None
    replaces: str = ""
    part_of: str = ""
    #: What the text is part of; where nothing else is known, a collection of its kind alone.
    collection: Collection = field(default=None, compare=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Fill in the collection."""
        if self.collection is None:
            object.__setattr__(self, "collection", Collection(self.kind))

    @property
    def id(self) -> str:
        """Title and, where there is one, the day on which this version was adopted."""
        return f"{self.title}@{self.adopted.isoformat()}" if self.adopted else self.title

    @property
    def in_force_from(self) -> date | None:
        """The first day of this version; of an amended one that of its adoption.

        The day that the amending decision sets is not among the data, and may be later: this is
        the one place where the adoption is taken for it (``is_start_assumed``).
        """
        days = [day for day in (self.adopted, self.effective) if day]
        return max(days) if self.effective else None

    @property
    def is_start_assumed(self) -> bool:
        """Whether the day from which this version holds isn't known: it was amended, and only the
        day on which that was adopted is."""
        return bool(self.adopted and self.effective and self.adopted > self.effective)


@dataclass(frozen=True, slots=True)
class Original:
    """A user's file as it was given: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """A 款, 项 or sentence of an article: ``text[start:end]``, and how it is cited.

    ``paragraph`` counts the 款 (sentences, where there are none), ``item`` the 项 below it; both
    from 1, ``item`` is 0 for the 款 itself.
    """

    start: int
    end: int
    locator: str
    paragraph: int
    item: int = 0

    @property
    def is_item(self) -> bool:
        """Whether it is a 项."""
        return self.item > 0

    @property
    def part(self) -> str:
        """How data names it within its article: ``"2"`` for a 款, ``"2.3"`` for a 项 of it."""
        return f"{self.paragraph}.{self.item}" if self.item else str(self.paragraph)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: an article or some of it. ``id`` is derived from the content.

    ``parts`` are the 款 and 项 that it holds, as in ``Span.part``.
    """

    id: str
    key: str
    document_id: str
    kind: Kind
    title: str
    path: tuple[str, ...]
    locator: str
    start: int
    text: str
    parts: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The offset in the article behind the passage's last character."""
        return self.start + len(self.text)
