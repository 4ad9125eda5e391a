"""Looking up what carries a statement: articles, their 款 and 项, by words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.key import short_title
from corpus.language import shorten
from corpus.splitting import spans

_MOST = 6
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can carry a statement: ``target`` as in ``Statement.by``."""

    target: str
    label: str
    text: str
    is_chosen: bool = False


def chosen(targets: Iterable[str], corpus: Corpus, day: date) -> list[Choice]:
    """What was chosen already; what is not there any more says so."""
    return [_choice(target, corpus, day, True) for target in targets]


def find(words: str, assistant: Assistant, day: date, but: Iterable[str]) -> list[Choice]:
    """The articles that are found for words, whole and by their parts."""
    left_out = set(but)
    corpus = assistant.corpus
    found = []
    for hit in assistant.search(Query(words, day), _MOST):
        for target in _targets(hit.passage.key, corpus, day):
            if target not in left_out:
                found.append(_choice(target, corpus, day, False))
    return found


def _targets(key: str, corpus: Corpus, day: date) -> Iterator[str]:
    yield key
    found = corpus.article(key, day)
    if found is None:
        return
    parts = list(spans(found[1], found[0].collection))
    if len(parts) > 1:
        yield from dict.fromkeys(f"{key}|{part.part}" for part in parts)


def _choice(target: str, corpus: Corpus, day: date, is_chosen: bool) -> Choice:
    found = corpus.part_of(target, day)
    if found is None:
        return Choice(target, target, "没有收录这一处", is_chosen)
    document, article, (start, end) = found
    part = target.partition("|")[2]
    paragraph, _, item = part.partition(".")
    label = f"《{short_title(document.title)}》{article.label}"
    label += f"第{paragraph}款" if paragraph else ""
    label += f"第（{item}）项" if item else ""
    text = article.text[start:end]
    return Choice(target, label, shorten(text, _SHOWN), is_chosen)
