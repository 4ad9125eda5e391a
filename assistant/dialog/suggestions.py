"""What to ask next: questions that the evidence of an answer leads to, and that can be answered."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.deciding import missing_from_policy
from assistant.types import Answer, Citation, Outcome
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import Key, short_title
from corpus.language import Reference, cross_references, format_reference, parse_references
from corpus.splitting import spans
from corpus.types import Article, Document

#: How many are offered.
MOST = 3
_CLAUSE_ENDS = "，；。："
#: From so many characters on a clause stands for itself (``assistant.finding``).
_SHORTEST, _LONGEST = 9, 40
#: Characters of a question that offers an article, and of the best one.
_ASKED, _BEST = range(6, 21), 13


@dataclass(frozen=True, slots=True)
class _Wording:
    """How what comes next is said in plain words (``suggestions.toml``)."""

    asks: tuple[str, ...]
    relations: dict[str, str]


@cache
def _wording() -> _Wording:
    file = resources.files("assistant.dialog") / "suggestions.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return _Wording(tuple(data["asks"]), dict(data["relations"]))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to ask next, and the words that offer it."""

    label: str
    question: str


def suggest(answer: Answer, corpus: Corpus) -> tuple[Suggestion, ...]:
    """At most ``MOST`` questions from the evidence, each of which is answered without a trial.

    One names an article that the corpus has; one about a measure repeats so much of the text that
    it can only mean that, and asks for no detail that the text does not give. What offers a
    question is in plain words, and no two are alike.
    """
    if answer.outcome is not Outcome.ANSWERED:
        return ()
    chosen: dict[str, Suggestion] = {}
    labels: set[str] = set()
    for found in _candidates(answer, corpus):
        if found.question not in chosen and found.label not in labels:
            chosen[found.question] = found
            labels.add(found.label)
    return tuple(chosen.values())[:MOST]


def _candidates(answer: Answer, corpus: Corpus) -> Iterator[Suggestion]:
    cited = {citation.key for citation in answer.citations}
    for citation in answer.citations:
        found = corpus.article(citation.key, answer.as_of)
        if found is None:
            continue
        document, article = found
        if document.kind is Kind.POLICY:
            yield from _neighbours(answer, citation, document, article)
        elif document.kind is Kind.STATUTE:
            for relation, key in _leads(answer, citation, document, article, corpus):
                if key not in cited and corpus.article(key, answer.as_of):
                    plain = _in_plain_words(key, corpus) or _wording().relations[relation]
                    yield Suggestion(plain, name_article(key))


def _in_plain_words(key: str, corpus: Corpus) -> str:
    """What people ask that the article answers, as it was written for it; empty where no short
    question was, but only words to search with."""
    asked = [text.rstrip("？?。") for text in corpus.lay_texts(key)]
    fitting = [text for text in asked if len(text) in _ASKED and _is_question(text)]
    return f"{min(fitting, key=lambda text: abs(len(text) - _BEST))}？" if fitting else ""


def _is_question(text: str) -> bool:
    return " " not in text and any(word in text for word in _wording().asks)


def _leads(
    answer: Answer, citation: Citation, document: Document, article: Article, corpus: Corpus
) -> Iterator[tuple[str, str]]:
    """Where an article of a statute leads to, and why."""
    links = corpus.liability_links
    for key in corpus.governing(article.key, answer.as_of):
        yield "governing", key
    for link in links.punishing(article.key):
        yield "liability", link.liability
    place = parse_references(citation.locator, {})[0]
    duties = links.punished_by(article.key, place.paragraph, place.item)
    for link in duties or links.punished_by(article.key):
        yield "duty", link.duty
    for reference in cross_references(article.text, document.title, corpus.names):
        if reference.key and reference.key != article.key:
            yield "mentioned", reference.key


def _neighbours(
    answer: Answer, citation: Citation, document: Document, article: Article
) -> Iterator[Suggestion]:
    """The measures before and behind the one that is quoted."""
    start = article.text.find(citation.quote)
    quoted = [c.quote for c in answer.citations]
    sentences = spans(article, document.collection)
    here = next((i for i, s in enumerate(sentences) if s.start <= start < s.end), None)
    if here is None:
        return
    for place in (here + 1, here - 1):
        if 0 <= place < len(sentences):
            sentence = article.text[sentences[place].start : sentences[place].end]
            measure = _measure(sentence)
            question = f"{_subject(document, article)}，{measure}是怎么安排的？"
            if (
                measure
                and not any(measure in quote for quote in quoted)
                and missing_from_policy(question, document, article) is None
            ):
                label = _wording().relations["neighbour"].format(measure=measure)
                yield Suggestion(label, question)


def _subject(document: Document, article: Article) -> str:
    """What a question about a part begins with: its label where people use it, else the place."""
    if document.collection.cut.names_parts:
        return f"{article.label}方面"
    return document.collection.place_name or document.title


def _measure(sentence: str) -> str:
    """The first clause of a sentence that says enough."""
    clause = ""
    for letter in sentence:
        if letter in _CLAUSE_ENDS:
            if _SHORTEST <= len(clause) <= _LONGEST and "“" not in clause:
                return clause
            clause = ""
        else:
            clause += letter
    return ""


def name_article(key: str) -> str:
    """``中华人民共和国水法#36`` → 《水法》第三十六条."""
    parsed = Key.parse(key)
    return format_reference(
        Reference(short_title(parsed.owner), parsed.number, suffix=parsed.suffix)
    )
