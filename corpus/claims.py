"""What an added text says of other texts, and how far that is believed.

Whoever adds a text can write into it that the law is repealed. So a clause of an added text ends
no text that stands above it in rank, and none of another issuer; nor can it take the place of such
a one. What it claims beyond that changes nothing and is told to staff.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.language import title_form, title_forms
from corpus.statutes import (
    KnownDocument,
    Rank,
    in_marks,
    is_of_same_issuer,
    issuers_of,
    place_of,
    rank_of,
    rank_of_title,
)
from corpus.types import Document
from corpus.validity import Repeal, find_repeals

#: Whoever adds a text can name any issuer in it: what is bundled ends by a bundled text alone.
_BUNDLED = "自带的文本不因添加的文件废止"


@dataclass(frozen=True, slots=True)
class Claim:
    """By ``key`` an added text says that the text ``title`` ends; ``why_not`` is a sentence that
    tells why that is not believed, empty where it is."""

    key: str
    title: str
    why_not: str = ""

    @property
    def says(self) -> str:
        """What staff are told; empty where there is nothing to tell."""
        if not self.why_not:
            return ""
        name = in_marks(self.title)
        return f"写着{name}废止或者被替代，{self.why_not}，没有采信，{name}的效力不变"


class Claims:
    """Judges what added texts say, beside what is held."""

    def __init__(
        self,
        documents: Iterable[Document],
        added: Collection[str] = (),
        known: Iterable[KnownDocument] = (),
    ) -> None:
        """``added`` are the titles that users added, ``known`` what is known by name alone."""
        self._documents = tuple(documents)
        self._added = frozenset(added)
        self._bundled: dict[str, Document] = {}
        self._users: dict[str, Document] = {}
        for document in self._documents:
            held = self._users if self._is_added(document) else self._bundled
            held[title_form(document.title)] = document
        self._known = {title_form(name): k for k in known for name in (k.title, *k.names)}

    def repeals(self) -> dict[str, Repeal]:
        """Every repeal that counts, by title: all of bundled texts, and of added ones where they
        are believed; what a bundled text says goes before."""
        found = find_repeals(d for d in self._documents if not self._is_added(d))
        for document in filter(self._is_added, self._documents):
            for title, repeal in _repeals(document).items():
                if not self._why_not(document, title):
                    own = self._target(title)
                    name = own.title if own else title
                    found.setdefault(name, Repeal(name, repeal.day, repeal.by))
        return found

    def may_replace(self, document: Document) -> bool:
        """Whether ``document`` can take the place of the text that it says it does."""
        return not self._why_not(document, document.replaces)

    def of(self, document: Document) -> tuple[Claim, ...]:
        """What an added text claims and is not believed."""
        claims = [
            self._claim(document, repeal.by, title) for title, repeal in _repeals(document).items()
        ]
        if document.replaces:
            claims.append(self._claim(document, document.title, document.replaces))
        return tuple(claim for claim in claims if claim.says)

    def all(self) -> Sequence[Claim]:
        """Those of every added text."""
        return [claim for d in self._documents if self._is_added(d) for claim in self.of(d)]

    def _claim(self, document: Document, key: str, title: str) -> Claim:
        own = self._target(title)
        return Claim(key, own.title if own else title, self._why_not(document, title))

    def _is_added(self, document: Document) -> bool:
        return document.title in self._added

    def _target(self, title: str) -> Document | None:
        """The text that is held under a title, however it is written; a bundled one before one
        that was added, and that one not by the title of another version: 某办法（试行） is none of
        某办法."""
        forms = sorted(title_forms(title), key=len, reverse=True)
        bundled = next((self._bundled[form] for form in forms if form in self._bundled), None)
        return bundled or self._users.get(title_form(title))

    def _why_not(self, document: Document, title: str) -> str:
        rank = rank_of(document.title, document.issuer)
        target = self._target(title)
        if target is not None:
            is_bundled = not self._is_added(target)
            higher = rank_of(target.title, target.issuer)
            why = _why_not(document, rank, target.issuer, higher, not is_bundled)
            return why or (_BUNDLED if is_bundled else "")
        known = next((self._known[f] for f in title_forms(title) if f in self._known), None)
        if known is not None:
            higher = max(
                (rank_of(known.title, known.issuer), rank_of_title(known.title)),
                key=lambda each: each.height,
            )
            return _why_not(document, rank, known.issuer, higher, False)
        return _why_not_unknown(document, rank, title)


def _repeals(document: Document) -> dict[str, Repeal]:
    """What it says that it repeals, other than an earlier version of itself."""
    own = title_form(document.title)
    return {t: repeal for t, repeal in find_repeals([document]).items() if title_form(t) != own}


def _why_not(document: Document, rank: Rank, issuer: str, other: Rank, may_be_unsaid: bool) -> str:
    """Why a text cannot end one of ``issuer`` and of the rank ``other``."""
    if rank.height < other.height:
        return f"本文件（{rank.name}）的效力低于它（{other.name}）"
    is_unsaid = not issuers_of(issuer) and not may_be_unsaid
    if is_unsaid or not is_of_same_issuer(document.issuer, issuer):
        return "两份文件的发布机关不同"
    return ""


def _why_not_unknown(document: Document, rank: Rank, title: str) -> str:
    """Of a text that is not held there is only its title: it has to be of the same place."""
    other = rank_of_title(title)
    if not issuers_of(document.issuer):
        return "本文件没有写明发布机关"
    if rank.height < other.height:
        return f"本文件（{rank.name}）的效力可能低于它（{other.name}）"
    places = {place_of(issuer) for issuer in issuers_of(document.issuer)}
    return "" if place_of(title) in places else "看不出它是同一机关发布的"
