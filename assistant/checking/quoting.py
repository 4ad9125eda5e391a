"""Whether what stands in quotation marks is what the cited article says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.checking.comparing import changes
from assistant.checking.reading import Cited, Draft, Quoted
from assistant.checking.types import Finding, Verdict
from corpus.key import short_title
from corpus.language import count_words, fold, load_cues, says_something
from corpus.splitting import sentences
from corpus.statutes import in_marks
from corpus.types import Article, Document

#: Shorter words in quotation marks are a name or a term.
_SHORTEST = 6
#: Nobody quotes so much in one pair of marks.
_LONGEST = 2000
#: One so long that is like the article is one of it, whatever is said before.
_LONG = 10
#: So much of a quotation stands in the article where it is one of its wordings.
_REWORDED = 0.6
#: So near behind its citation a quotation is one of it; else a word just before has to tell so.
_NEXT, _JUST_BEFORE = 3, 14
#: Pieces of fewer characters say nothing of where a quotation stands.
_PIECE = 2
_LEFT_OUT = re.compile(r"…+|\.{3,}|⋯+|·{3,}")
_LEAST_PIECE = 2


def judge_quotations(draft: Draft) -> Iterator[Finding]:
    """One finding for every quotation that is said to be of something cited."""
    for quoted in draft.quotations:
        if not _SHORTEST <= count_words(quoted.text) <= _LONGEST:
            continue
        finding = _judge(draft, quoted)
        if finding:
            yield finding


def _judge(draft: Draft, quoted: Quoted) -> Finding | None:
    meant = draft.meant_by(quoted)
    for cited in meant:
        for document, article in _sources(draft, cited):
            if _stands_in(quoted.text, article.text):
                return _stands(quoted, document, article)
    nearest = _nearest(quoted, [pair for cited in meant[:1] for pair in draft.articles_of(cited)])
    if nearest is None:
        return None
    is_said = _is_said_to_be_quoted(draft, quoted, meant[0])
    is_long = count_words(quoted.text) >= _LONG
    # Liability articles are alike: what another one says to the letter is no wording of this one.
    if is_long and _elsewhere(quoted, nearest.document):
        return _no_quote(quoted, nearest)
    if nearest.share >= _REWORDED and (is_said or is_long):
        return _reworded(quoted, nearest)
    return _no_quote(quoted, nearest) if is_said else None


def _sources(draft: Draft, cited: Cited) -> Iterator[tuple[Document, Article]]:
    """The articles that are cited; of a title without an article all that it has."""
    if cited.citation.places or cited.document is None:
        yield from draft.articles_of(cited)
    else:
        yield from ((cited.document, article) for article in cited.document.articles)


def _is_said_to_be_quoted(draft: Draft, quoted: Quoted, cited: Cited) -> bool:
    """Whether the words before tell that the article is quoted (规定、明确、：), or none stand
    between."""
    if cited.start > quoted.start:
        return True
    between = draft.text[cited.end : quoted.start - 1]
    cue = load_cues("assistant.checking", "words.toml")["quotes"]
    return len(between) <= _NEXT or cue.found_in(between[-_JUST_BEFORE:])


@lru_cache(maxsize=4096)
def _bare(text: str) -> tuple[str, list[int]]:
    """The characters that say something, folded, and where each stands."""
    places = [i for i, c in enumerate(text) if says_something(fold(c)[:1] or " ")]
    return "".join(fold(text[i])[:1] for i in places), places


def _stands_in(quotation: str, source: str) -> bool:
    """Whether a quotation stands in the source, but for its punctuation and what …… leaves out."""
    bare, _ = _bare(source)
    at = 0
    for piece in _LEFT_OUT.split(quotation):
        wanted, _ = _bare(piece)
        if len(wanted) < _LEAST_PIECE:
            continue
        found = bare.find(wanted, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return True


@dataclass(frozen=True, slots=True)
class _Near:
    """The words of an article that come nearest to a quotation, and how much of it they share."""

    document: Document
    article: Article
    text: str
    share: float


def _nearest(quoted: Quoted, articles: Sequence[tuple[Document, Article]]) -> _Near | None:
    found = [_near_in(quoted.text, document, article) for document, article in articles]
    return max(found, key=lambda near: near.share, default=None)


def _near_in(quotation: str, document: Document, article: Article) -> _Near:
    wanted, _ = _bare(_LEFT_OUT.sub("", quotation))
    source, places = _bare(article.text)
    blocks = SequenceMatcher(None, wanted, source, autojunk=False).get_matching_blocks()
    kept = [b for b in blocks if b.size >= _PIECE]
    if not kept or not wanted:
        return _Near(document, article, _first_sentence(article), 0.0)
    # What lies far from the longest piece is another sentence's.
    longest = max(kept, key=lambda b: b.size)
    near = [b for b in kept if abs((b.b - b.a) - (longest.b - longest.a)) <= len(wanted)]
    start = max(0, near[0].b - near[0].a)
    last = near[-1]
    end = min(len(source), last.b + last.size + (len(wanted) - last.a - last.size))
    share = sum(b.size for b in near) / max(len(wanted), 1)
    stop = places[end - 1] + 1
    if not says_something(quotation[-1]) and not says_something(
        article.text[stop : stop + 1] or "字"
    ):
        stop += 1  # both end in a mark
    text = article.text[places[start] : stop]
    return _Near(document, article, text, share)


def _first_sentence(article: Article) -> str:
    found = sentences(article.text, 0, len(article.text))
    return article.text[slice(*found[0])] if found else ""


def _stands(quoted: Quoted, document: Document, article: Article) -> Finding:
    says = f"与{in_marks(short_title(document.title))}{article.label}的原文一致。"
    return Finding(
        Verdict.STANDS,
        quoted.start,
        quoted.end,
        quoted.text,
        says,
        document.title,
        (article.key,),
        article.label,
    )


def _reworded(quoted: Quoted, near: _Near) -> Finding:
    says = f"与{in_marks(short_title(near.document.title))}{near.article.label}的原文有出入。"
    return Finding(
        Verdict.REWORDED,
        quoted.start,
        quoted.end,
        quoted.text,
        says,
        near.document.title,
        (near.article.key,),
        near.article.label,
        near.text,
        changes=changes(near.text, quoted.text),
        instead=near.text,
    )


def _no_quote(quoted: Quoted, near: _Near) -> Finding:
    title = in_marks(short_title(near.document.title))
    elsewhere = _elsewhere(quoted, near.document)
    where = f"这句话在{elsewhere.label}。" if elsewhere else ""
    says = f"{title}{near.article.label}没有这句话。{where}"
    keys = (near.article.key, *((elsewhere.key,) if elsewhere else ()))
    return Finding(
        Verdict.NO_QUOTE,
        quoted.start,
        quoted.end,
        quoted.text,
        says,
        near.document.title,
        keys,
        near.article.label,
        near.text if near.share else near.article.text,
    )


def _elsewhere(quoted: Quoted, document: Document) -> Article | None:
    """Another article of the same text that has these words."""
    return next((a for a in document.articles if _stands_in(quoted.text, a.text)), None)
