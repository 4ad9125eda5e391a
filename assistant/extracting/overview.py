"""Lists over the whole policy text: its figures, and what each of its parts is about."""

from collections.abc import Callable, Sequence
from datetime import date

from assistant.question import Aspect, Understanding, wording
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.language import Cue, count_words, load_cues
from corpus.splitting import opens_part, spans
from corpus.types import Article, Document, Status

#: With so many words of its own a question is about one thing.
_ONE_THING = 2
#: Naming so many parts is asking about all of them.
_MOST_OF_THEM = 3


def _cue(name: str) -> Cue:
    return load_cues("assistant.extracting", "overview.toml")[name]


def overview_of(
    understanding: Understanding, corpus: Corpus, day: date
) -> list[tuple[Document, Article, Evidence]]:
    """The sentences that such a list is made of, in the text's order; empty for other questions."""
    document = _policy(understanding, corpus, day)
    if document is None or understanding.references or understanding.theme:
        return []
    text = understanding.text
    labels = [a.label for a in document.articles] if document.collection.cut.names_parts else []
    names_parts = sum(label in text for label in labels) >= _MOST_OF_THEM
    names_place = document.collection.place in corpus.places.named(text)
    if not (names_parts or names_place or _cue("of_the_text").found_in(text)):
        return []
    if _cue("measures").found_in(text) and not _asks_of_one_thing(text, labels, corpus):
        return [
            (document, article, Evidence(document.id, article.key, 0, len(article.text)))
            for article in document.articles
            if article.label in labels and opens_part(article, document.collection, 0)
        ]
    wants_list = bool(understanding.aspects & {Aspect.LIST, Aspect.CONTENT})
    if wants_list and _cue("figures").found_in(text):
        return _sentences(document, lambda _, sentence: any(map(str.isdecimal, sentence)))
    if (names_parts or _cue("parts").found_in(text)) and _cue("order").found_in(text):
        return _sentences(
            document, lambda _, s: sum(label in s for label in labels) > _MOST_OF_THEM
        ) or _openings(document)
    return _openings(document) if _cue("parts").found_in(text) else []


def _asks_of_one_thing(text: str, labels: Sequence[str], corpus: Corpus) -> bool:
    """Whether the targets or measures of something are asked for, not those of the whole text."""
    rest = wording("asking").taken_out(corpus.places.strip(text), " ")
    for label in labels:
        rest = rest.replace(label, " ")
    return count_words(_cue("of_the_whole").taken_out(rest, " ")) >= _ONE_THING


def _policy(understanding: Understanding, corpus: Corpus, day: date) -> Document | None:
    """The policy text that is asked about: of the place named, the latest one."""
    named = corpus.places.named(understanding.text)
    if not named and corpus.places.other(understanding.text):
        return None
    held = [d for d in corpus.policies if not named or d.collection.place in named]
    usable = [d for d in held if corpus.status(d, day) not in (Status.NOT_YET, Status.EARLIER)]
    return usable[0] if usable else None


def _openings(document: Document) -> list[tuple[Document, Article, Evidence]]:
    """The sentences that announce the parts."""
    own = document.collection
    return _sentences(document, lambda at, _: opens_part(at[0], own, at[1]))


def _sentences(
    document: Document, is_wanted: Callable[[tuple[Article, int], str], bool]
) -> list[tuple[Document, Article, Evidence]]:
    return [
        (document, article, Evidence(document.id, article.key, span.start, span.end))
        for article in document.articles
        for span in spans(article, document.collection)
        if is_wanted((article, span.start), article.text[span.start : span.end])
    ]
