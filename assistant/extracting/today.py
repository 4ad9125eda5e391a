"""What governs today what an article of a repealed law governed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from assistant.extracting.quoting import quote
from assistant.extracting.unit_scores import Weigh
from assistant.extracting.units import whole
from assistant.gate import carries
from assistant.question import Understanding, wording
from assistant.types import DraftSentence, Evidence, Query
from corpus.catalog import Corpus
from corpus.key import short_title
from corpus.succession import meant_successor
from corpus.types import Article, Document, Passage

#: Of a repealed article no more than this is quoted: what governs today matters more.
WHOLE_REPEALED = 160
#: Where an old article was divided up, so many of the articles are told.
_MOST_TOLD = 4
_MEANT = "同一事项现在由"
_DIVIDED = "同一事项现在分别由{names}规定，请按具体情形看。"
_OTHERWISE = "其他情形现在由{names}规定。"
_SUMMED_UP = "《{title}》{label}的大意：{gist}。"
_EARLIER = "对此前的行为，"


class Select(Protocol):
    """Picks the units of an article that answer a question, or ``also`` words beside it."""

    def __call__(
        self,
        understanding: Understanding,
        document: Document,
        article: Article,
        found: Passage | None = None,
        also: str = "",
    ) -> tuple[Evidence, ...]:
        """The units, as evidence."""


@dataclass(frozen=True, slots=True)
class Today:
    """Tells it for one question; ``weigh`` tells how rare a token is."""

    query: Query
    corpus: Corpus
    weigh: Weigh
    select: Select

    def tell(self, understanding: Understanding, old: Article, named: str) -> list[DraftSentence]:
        """What governs today what was ``named`` of the old article, and which law applies to an
        earlier act. Where it was divided up and nothing tells which part is meant, all are named
        and none speaks for the others."""
        keys = self.corpus.governing(old.key, self.query.as_of)
        wordings = [named] if len(named) < len(old.text) else []
        wordings.append(understanding.content)
        meant = meant_successor(keys, wordings, self.corpus, self.query.as_of, self.weigh)
        drafted: list[DraftSentence] = []
        if meant:
            drafted += self._quoted(meant, understanding, old, _MEANT)
            drafted += self._named([key for key in keys if key != meant], _OTHERWISE)
        else:
            drafted += self._named(keys, _DIVIDED)
            for key in keys[:_MOST_TOLD]:
                drafted += self._summed_up(key) or self._quoted(key, understanding, old)
        return drafted + self._earlier(understanding)

    def _earlier(self, understanding: Understanding) -> list[DraftSentence]:
        found = self._found(self.corpus.earlier_acts)
        if found is None or not wording("earlier").found_in(understanding.text):
            return []
        return quote(self.query, self.corpus, *found, (whole(*found),), before=_EARLIER)

    def _found(self, key: str) -> tuple[Document, Article] | None:
        return self.corpus.article(key, self.query.as_of)

    def _quoted(
        self, key: str, understanding: Understanding, old: Article, before: str = ""
    ) -> list[DraftSentence]:
        """What an article says of what the old one said."""
        found = self._found(key)
        if found is None:
            return []
        evidence = (
            (whole(*found),)
            if len(found[1].text) <= WHOLE_REPEALED
            else self.select(understanding, *found, also=f" {old.text[:120]}")
        )
        return quote(self.query, self.corpus, *found, evidence, name_article=True, before=before)

    def _summed_up(self, key: str) -> list[DraftSentence]:
        """Our gist of an article where there is one that the article carries."""
        found, gist = self._found(key), self.corpus.gist(key).rstrip("。")
        if found is None or not gist:
            return []
        document, article = found
        text = _SUMMED_UP.format(title=short_title(document.title), label=article.label, gist=gist)
        evidence = (whole(document, article),)
        is_carried = carries(text, evidence, self.corpus, self.query.as_of, is_ours=True)
        return [DraftSentence(text, evidence, is_ours=True)] if is_carried else []

    def _named(self, keys: Iterable[str], told: str) -> list[DraftSentence]:
        """A sentence that names articles, each of which can be opened."""
        found = [found for key in keys if (found := self._found(key))]
        if not found:
            return []
        names, last = [], ""
        for document, article in found:
            title = "" if document.title == last else f"《{short_title(document.title)}》"
            names.append(f"{title}{article.label}")
            last = document.title
        evidence = tuple(whole(document, article) for document, article in found)
        return [DraftSentence(told.format(names="、".join(names)), evidence, is_ours=True)]
