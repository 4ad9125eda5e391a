"""Questions about a statute itself, answered from its own headings and from what replaced what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.question import Understanding
from assistant.types import Draft, DraftSentence, Evidence
from corpus.catalog import Corpus
from corpus.key import short_title
from corpus.language import Cue, load_cues, pairs, to_chinese
from corpus.splitting import sentences
from corpus.types import Article, Document, Status

#: A heading is the one that is asked for where it shares so much with the question's words.
_ALIKE = 0.5
#: Old law went where at least so much of it went.
_SHARE = 0.08
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with the articles below it."""

    path: tuple[str, ...]
    articles: tuple[Article, ...]

    @property
    def told(self) -> str:
        """``第二编 污染防治（第一百四十八条至第六百七十三条）``."""
        first, last = self.articles[0].label, self.articles[-1].label
        span = first if first == last else f"{first}至{last}"
        return f"{self.path[-1].replace(' ', '“', 1)}”（{span}）"


def tell_structure(understanding: Understanding, corpus: Corpus, day: date) -> Draft | None:
    """The answer to a question about a statute itself; None for any other question."""
    text = understanding.text
    if understanding.looked_up or not any(_cue(n).found_in(text) for n in _NAMES):
        return None
    named = next((r.title for r in understanding.references if r.title), None)
    document = corpus.version_on(named or corpus.default_statute, day)
    if document is None or not any(article.path for article in document.articles):
        return None
    if named and corpus.status(document, day) is Status.REPEALED:
        return _moved(document, corpus, day) if _cue("moved").found_in(text) else None
    speaks_of_it = named or _names_part(text, document)
    if not speaks_of_it:
        return None
    return _told(text, document)


_NAMES = ("size", "parts", "says", "where", "moved")


def _told(text: str, document: Document) -> Draft | None:
    parts = _parts(document)
    name = f"《{short_title(document.title)}》"
    top = [part for part in parts if len(part.path) == 1]
    meant = _meant(text, parts)
    if meant and _cue("where").found_in(text):
        above = "".join(f"{h.replace(' ', '“', 1)}”" for h in meant.path[:-1])
        return _draft(f"在{name}{above}{meant.told}。", document, meant.articles[0])
    if meant and (_cue("says").found_in(text) or _cue("parts").found_in(text)):
        below = [p for p in parts if p.path[:-1] == meant.path]
        what = "、".join(p.told for p in below) or "没有再分章"
        return _draft(f"{name}{meant.told}，下面是：{what}。", document, meant.articles[0])
    count = to_chinese(len(document.articles))
    if _cue("size").found_in(text) or _cue("parts").found_in(text):
        told = f"{name}共{count}条，分{to_chinese(len(top))}{_unit(top)}："
        return _draft(told + "、".join(p.told for p in top) + "。", document, document.articles[0])
    return None


def _moved(document: Document, corpus: Corpus, day: date) -> Draft | None:
    """Where what a repealed statute said stands today."""
    places: Counter[tuple[str, ...]] = Counter()
    held: dict[tuple[str, ...], list[Article]] = {}
    owner = ""
    for article in document.articles:
        for key in corpus.governing(article.key, day)[:1]:
            found = corpus.article(key, day)
            if found:
                path = found[1].path[:2]
                places[path] += 1
                held.setdefault(path, []).append(found[1])
                owner = found[0].title
    repeal = corpus.repeal(document.title)
    if not places or repeal is None:
        return None
    most = [p for p, n in places.most_common(_MOST) if n >= _SHARE * places.total()]
    new = corpus.version_on(owner, day)
    clause = corpus.article(repeal.by, day)
    if new is None or clause is None:
        return None
    parts = {part.path: part for part in _parts(new)}
    told = "；".join(
        f"{p[0].replace(' ', '“', 1)}”" + (parts[p].told if len(p) > 1 else "") for p in most
    )
    text = (
        f"《{short_title(document.title)}》已经废止，"
        f"它规定的事项现在主要在《{short_title(owner)}》的{told}。"
    )
    draft = _draft(text, new, parts[most[0]].articles[0])
    evidence = Evidence(clause[0].id, clause[1].key, 0, len(clause[1].text))
    quoted = f"废止的依据是《{short_title(clause[0].title)}》{clause[1].label}。"
    return Draft((*draft.sentences, DraftSentence(quoted, (evidence,), is_ours=True)))


def _draft(text: str, document: Document, article: Article) -> Draft:
    """The sentence, and the article with which the part begins."""
    start, end = (sentences(article.text, 0, len(article.text)) or [(0, len(article.text))])[0]
    quoted = article.text[start:end]
    evidence = Evidence(document.id, article.key, start, end)
    return Draft(
        (
            DraftSentence(text, is_ours=True),
            DraftSentence(f"{article.label}写的是：「{quoted}」", (evidence,)),
        )
    )


def _parts(document: Document) -> list[_Part]:
    """Every heading in the order of the text."""
    held: dict[tuple[str, ...], list[Article]] = {}
    for article in document.articles:
        for depth in range(1, len(article.path) + 1):
            held.setdefault(article.path[:depth], []).append(article)
    return [_Part(path, tuple(articles)) for path, articles in held.items()]


def _meant(text: str, parts: Sequence[_Part]) -> _Part | None:
    """The part that is named by its numbers, else the one that shares most words."""
    numbered = [p for p in parts if all(h.split(" ")[0] in text for h in p.path)]
    if numbered:
        return max(numbered, key=lambda part: len(part.path))
    asked = pairs(text.replace("罚则", "法律责任"))

    def shared(part: _Part) -> tuple[int, int, float]:
        own = pairs(part.path[-1].partition(" ")[2])
        common = len(own & asked)
        return common, -len(part.path), common / (len(own) or 1)

    best = max(parts, key=shared, default=None)
    return best if best and shared(best)[2] >= _ALIKE else None


def _names_part(text: str, document: Document) -> bool:
    """Whether a part of it is named, although the statute is not."""
    return "编" in text and _meant(text, _parts(document)) is not None


def _unit(parts: Sequence[_Part]) -> str:
    return "编" if parts and parts[0].path[0].split(" ")[0].endswith("编") else "章"


def _cue(name: str) -> Cue:
    return load_cues("assistant.answering", "structure.toml")[name]
