"""What a model sees: whole articles of what was found, each 款 and 项 under a number of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from assistant.extracting import item_with_lead
from assistant.pipeline import Prepared
from assistant.types import Evidence
from assistant.writing.orders import has_orders
from assistant.writing.prompts import as_data, count_tokens, name_of
from corpus.catalog import Corpus
from corpus.splitting import spans
from corpus.types import Article, Document
from index.types import ScoredPassage

#: Of the hits of an ask so many may be shown; more where the budget is for more articles.
_HITS = 6
_TOKENS_OF_HIT = 330
#: An article that does not fit whole is shown up to where it does, if that is so much of it.
_WORTH = 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """A 款 or 项 (a sentence of a text without them), with all that has to be read with it.

    ``evidence`` are the slices that carry what is said of it: of a 项 the sentence that leads into
    its list as well, and the clause that sets its amount.
    """

    evidence: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The lines of a prompt, and the units under their numbers (from 1).

    ``was_held_back`` tells that a text was left out because it speaks to a machine.
    """

    lines: tuple[str, ...]
    units: tuple[Unit, ...]
    was_held_back: bool = False


def keys_of(
    prepared: Prepared, budget: int, searched: Sequence[Sequence[ScoredPassage]] = ()
) -> tuple[str, ...]:
    """The keys of the articles that may answer, best first, the asks in turn.

    Of each ask what its extractive answer cites, what punishes or obliges beside it, then what was
    found; of each further search what was found.
    """
    links = prepared.corpus.liability_links
    most = max(_HITS, budget // _TOKENS_OF_HIT)
    ranked: list[list[str]] = []
    for part in prepared.drafted.parts:
        cited = [e.key for s in part.draft.sentences for e in s.evidence]
        found = [hit.passage.key for hit in part.hits[:most]]
        own = list(dict.fromkeys((*cited, *found)))
        beside = [link.liability for link in links.punishing(own[0])[:1]] if own else []
        ranked.append([*own[:2], *beside, *own[2:]])
    ranked += [[hit.passage.key for hit in hits[:most]] for hits in searched]
    turns = chain.from_iterable(zip_longest(*ranked))
    return tuple(dict.fromkeys(key for key in turns if key))


def pack_articles(keys: Iterable[str], corpus: Corpus, day: date, budget: int) -> Pack:
    """The articles, as they are on ``day``, that fit into ``budget`` tokens; at least one.

    What leads into a list stays with its items; an article that is too long is cut behind a unit.
    """
    lines: list[str] = []
    units: list[Unit] = []
    was_held_back = False
    for key in keys:
        found = corpus.article(key, day)
        if found is None:
            continue
        document, article = found
        if has_orders(article.text):
            was_held_back = True
            continue
        heads = "·".join(head.partition(" ")[2] or head for head in article.path[-2:])
        head = name_of(document, article) + (f"（{as_data(heads)}）" if heads else "") + "："
        shown: list[str] = []
        made: list[Unit] = []
        left = budget - count_tokens(head)
        for unit in _units(document, article):
            line = f"[{len(units) + len(made) + 1}] {as_data(unit.text)}"
            left -= count_tokens(line)
            if left < 0 and (units or made):
                break
            shown.append(line)
            made.append(unit)
        told = sum(len(unit.text) for unit in made)
        if units and told < _WORTH * len(article.text):
            continue
        lines += [head, *shown]
        units += made
        budget = left
        if budget <= 0:
            break
    return Pack(tuple(lines), tuple(units), was_held_back)


def _units(document: Document, article: Article) -> Iterator[Unit]:
    for span in spans(article, document.collection):
        own = Evidence(document.id, article.key, span.start, span.end)
        pieces: tuple[Evidence, ...] = (own,)
        if span.is_item:
            pieces = item_with_lead(document, article, span.paragraph, span.item) or pieces
        yield Unit(pieces, article.text[span.start : span.end])
