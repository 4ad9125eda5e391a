"""What to ask next: questions that the evidence of an answer leads to, and that can be answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Citation, Outcome, Query
from corpus.catalog import Corpus
from corpus.language import Reference, cross_references, format_reference, parse_references
from corpus.splitting import spans
from corpus.types import Article, Document, Kind

#: How many are offered.
MOST = 3
_PREFIX = "中华人民共和国"
_CLAUSE_ENDS = "，；。："
_SHORTEST, _LONGEST = 6, 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to ask next, and the words that offer it."""

    label: str
    question: str
    names_article: bool = False


def suggest(answer: Answer, assistant: Assistant, audience: Audience) -> tuple[Suggestion, ...]:
    """At most ``MOST`` questions from the evidence, each of which is answered.

    One that names an article of the corpus always is; one about a measure is tried first.
    """
    if answer.outcome is not Outcome.ANSWERED:
        return ()
    chosen: dict[str, Suggestion] = {}
    for suggestion in _candidates(answer, assistant.corpus):
        if suggestion.question not in chosen and (
            suggestion.names_article or _is_answered(suggestion, answer, assistant, audience)
        ):
            chosen[suggestion.question] = suggestion
        if len(chosen) == MOST:
            break
    return tuple(chosen.values())


def _is_answered(
    suggestion: Suggestion, answer: Answer, assistant: Assistant, audience: Audience
) -> bool:
    reply = assistant.answer(Query(suggestion.question, answer.as_of, audience))
    return reply.outcome is Outcome.ANSWERED and reply.citations[0].key.startswith("policy:")


def _candidates(answer: Answer, corpus: Corpus) -> Iterator[Suggestion]:
    cited = {citation.key for citation in answer.citations}
    for citation in answer.citations:
        found = corpus.article(citation.key, answer.as_of)
        if found is None:
            continue
        document, article = found
        if document.kind is Kind.POLICY:
            yield from _neighbours(answer, citation, article)
        elif document.kind is Kind.STATUTE:
            for kind, key in _leads(answer, citation, document, article, corpus):
                if key not in cited and corpus.article(key, answer.as_of):
                    named = name_article(key)
                    yield Suggestion(f"{kind}：{named}", named, names_article=True)


def _leads(
    answer: Answer, citation: Citation, document: Document, article: Article, corpus: Corpus
) -> Iterator[tuple[str, str]]:
    """Where an article of a statute leads to, and why."""
    links = corpus.liability_links
    for key in corpus.governing(article.key, answer.as_of):
        yield "现行规定", key
    for link in links.punishing(article.key):
        yield "违反的后果", link.liability
    place = parse_references(citation.locator, {})[0]
    duties = links.punished_by(article.key, place.paragraph, place.item)
    for link in duties or links.punished_by(article.key):
        yield "对应的义务", link.duty
    for reference in cross_references(article.text, document.title, corpus.names):
        if reference.key and reference.key != article.key:
            yield "文中提到", reference.key


def _neighbours(answer: Answer, citation: Citation, article: Article) -> Iterator[Suggestion]:
    """The measures before and behind the one that is quoted."""
    start = article.text.find(citation.quote)
    quoted = [c.quote for c in answer.citations]
    sentences = spans(article, Kind.POLICY)
    here = next((i for i, s in enumerate(sentences) if s.start <= start < s.end), None)
    if here is None:
        return
    for place in (here + 1, here - 1):
        if 0 <= place < len(sentences):
            sentence = article.text[sentences[place].start : sentences[place].end]
            measure = _measure(sentence)
            if measure and not any(measure in quote for quote in quoted):
                yield Suggestion(
                    f"相邻的安排：{measure}", f"{article.label}方面，{measure}是怎么安排的？"
                )


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
    title, _, number = key.partition("#")
    digits = number.rstrip("之一二三四五六七八九十")
    reference = Reference(
        title.removeprefix(_PREFIX), int(digits), suffix=number.removeprefix(digits)
    )
    return format_reference(reference)
