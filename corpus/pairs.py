"""Which characters stand side by side in the texts: it tells misspelt words, and words of a place.

With every document that users add a corpus is put together anew; what is bundled is counted once.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from corpus.collection import Kind
from corpus.collections import LayWording
from corpus.key import Key
from corpus.language import Speller, count_pairs, fold, load_thesaurus
from corpus.types import Document

_FIGURE = re.compile(r"[0-9]{2,}[\u4e00-\u9fff]")
#: Corpora that differ in what is bundled are rare.
_REMEMBERED = 2


def make_speller(
    documents: Sequence[Document],
    wording: Sequence[LayWording],
    added: Collection[str],
    names: Iterable[str],
) -> Speller:
    """Puts homophones of ``names``, headings and the thesaurus's words right; ``added`` are the
    titles that users added."""
    articles = [article for document in documents for article in document.articles]
    headings = {name.split(" ")[-1] for article in articles for name in article.path}
    own = {a.key for document in documents if document.title in added for a in document.articles}
    told = [(a.key, a.text) for a in articles]
    told += [(w.key, text) for w in wording for text in w.texts]
    bundled = _counted(tuple(text for key, text in told if key not in own))
    found = Counter(bundled)
    found.update(count_pairs(text for key, text in told if key in own))
    return Speller({*names, *headings, *load_thesaurus().words}, found)


def find_local_words(
    documents: Sequence[Document], wording: Sequence[LayWording], added: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """What only the policy texts have, no statute: pairs of characters, and figures (126项)."""
    ours = [fold(a.text) for d in documents if d.kind is Kind.POLICY for a in d.articles]
    others = [d for d in documents if d.kind is not Kind.POLICY]
    bundled = [a.text for d in others if d.title not in added for a in d.articles]
    bundled += [t for w in wording if Key.parse(w.key).is_article for t in w.texts]
    more = count_pairs(fold(a.text) for d in others if d.title in added for a in d.articles)
    pairs = frozenset(count_pairs(ours)) - _folded(tuple(bundled)) - more.keys()
    return pairs, frozenset(f for text in ours for f in _FIGURE.findall(text))


@lru_cache(maxsize=_REMEMBERED)
def _counted(texts: tuple[str, ...]) -> Counter[str]:
    return count_pairs(texts)


@lru_cache(maxsize=_REMEMBERED)
def _folded(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(count_pairs(map(fold, texts)))
