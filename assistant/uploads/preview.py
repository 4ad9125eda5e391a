"""What was read of a file, as staff see it before it is published."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.checking import Finding, Verdict, check_text
from assistant.uploads.concerns import Concern, find_concerns
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import collection_of_added
from corpus.key import Key, short_title
from corpus.language import chinese_date, title_form
from corpus.loading import load_whole
from corpus.readers import Reading
from corpus.splitting import is_fact
from corpus.statutes import in_marks
from corpus.types import Article, Document

#: Citations that are told of a statute, and headings of an outline.
_MOST_PLACES = 20
_MOST_HEADINGS = 500
#: Citations are looked at so far into a file: a second's work at most, as readers ask meanwhile.
#: All of a file is judged by the check of texts.
_MOST_LOOKED_AT = 60_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A 编, 章 or 节; ``depth`` is 0 for an outermost one, ``articles`` how many stand below."""

    depth: int
    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A repealed statute that is cited ``count`` times: ``says`` is the judgement of the first,
    ``places`` are the citations in the file's words."""

    title: str
    count: int
    says: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A document that was read.

    ``articles`` are its 条, ``paragraphs`` what else has a key, ``tables`` those of both with rows
    of a table. ``notes`` are the reader's own, a sentence each; ``concerns`` what looks wrong;
    ``repealed`` the repealed statutes that are cited; ``older`` a sentence for each cited statute
    that is younger than the document (「比所依据的法律旧」). ``takes_place`` says which document it
    will be a new version of, empty where of none. ``collection`` is the one that staff put it into,
    ``place`` the place for which it will hold, empty for the whole country.
    """

    title: str
    kind: Kind
    issuer: str
    adopted: date | None
    effective: date | None
    url: str
    articles: int
    paragraphs: int
    tables: int
    outline: tuple[Heading, ...]
    first: Article
    last: Article
    notes: tuple[str, ...]
    concerns: tuple[Concern, ...]
    repealed: tuple[Cited, ...]
    older: tuple[str, ...]
    takes_place: str
    collection: str
    place: str


def look_at(reading: Reading, corpus: Corpus, day: date) -> Preview:
    """Look through what was read, beside what ``corpus`` holds on ``day``."""
    document = reading.document
    text = "\n".join(f"{article.label} {article.text}" for article in document.articles)
    findings = check_text(text[:_MOST_LOOKED_AT], corpus, day).findings
    concerns = list(find_concerns(document, corpus))
    if len(text) > _MOST_LOOKED_AT:
        concerns.append(Concern(f"文件很长，只核对了前 {_MOST_LOOKED_AT} 字里的引用"))
    counted = sum(Key.parse(article.key).is_article for article in document.articles)
    return Preview(
        title=document.title,
        kind=document.kind,
        issuer=document.issuer,
        adopted=document.adopted,
        effective=document.effective,
        url=document.url,
        articles=counted,
        paragraphs=len(document.articles) - counted,
        tables=sum(any(map(is_fact, a.text.split("\n"))) for a in document.articles),
        outline=tuple(_outline(document))[:_MOST_HEADINGS],
        first=document.articles[0],
        last=document.articles[-1],
        notes=reading.notes,
        concerns=tuple(concerns),
        repealed=tuple(_repealed(findings)),
        older=tuple(_older(document, findings, corpus, day)),
        takes_place=_takes_place(document, corpus),
        collection=document.part_of,
        place=_place(document, corpus),
    )


def _outline(document: Document) -> Iterator[Heading]:
    """Every heading once, in reading order."""
    paths = [article.path for article in document.articles]
    below = Counter(path[:depth] for path in paths for depth in range(1, len(path) + 1))
    before: tuple[str, ...] = ()
    for path, _ in groupby(paths):
        same = next(
            (i for i, (a, b) in enumerate(zip(before, path, strict=False)) if a != b),
            min(len(before), len(path)),
        )
        for depth in range(same, len(path)):
            yield Heading(depth, path[depth], below[path[: depth + 1]])
        before = path


def _repealed(findings: tuple[Finding, ...]) -> Iterator[Cited]:
    by_title: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.verdict is Verdict.REPEALED:
            by_title.setdefault(finding.title, []).append(finding)
    for title, found in by_title.items():
        places = tuple(finding.text for finding in found[:_MOST_PLACES])
        yield Cited(title, len(found), found[0].says, places)


def _older(
    document: Document, findings: tuple[Finding, ...], corpus: Corpus, day: date
) -> Iterator[str]:
    """What was repealed, or took effect as it is today, after the document was made."""
    own = document.effective or document.adopted
    titles = dict.fromkeys(finding.title for finding in findings if finding.title)
    if own is None or not titles:
        return
    whole = load_whole(corpus, titles)
    for title in titles:
        name, repeal = in_marks(short_title(title)), corpus.repeal(title) or whole.repeal(title)
        version = whole.version_on(title, day)
        if repeal and own < repeal.day <= day:
            by = in_marks(short_title(Key.parse(repeal.by).owner))
            yield f"{name}自{chinese_date(repeal.day)}起废止，由{by}取代，都在本文件之后。"
        elif not repeal and version and version.in_force_from:
            start = version.in_force_from
            if own < start <= day:
                begun = "修正" if version.is_start_assumed else "起施行"
                since = "" if version.is_start_assumed else "自"
                yield f"{name}现行版本{since}{chinese_date(start)}{begun}，在本文件之后。"


def _place(document: Document, corpus: Corpus) -> str:
    found = collection_of_added(
        document.title, document.kind, document.issuer, document.part_of, corpus.collections
    )
    return found.place_name


def _takes_place(document: Document, corpus: Corpus) -> str:
    form = title_form(document.title)
    title = next((title for title in corpus.added if title_form(title) == form), "")
    held = corpus.versions(title)
    if not held:
        return ""
    old = held[-1]
    since = old.effective or old.adopted
    when = f"，{chinese_date(since)}" if since else ""
    return f"会换掉现有的《{old.title}》（{len(old.articles)} 条（段）{when}）。"
