"""An act of an earlier day: the law of that day is shown beside today's, never in silence."""

from datetime import date

from assistant.extracting import quote, whole
from assistant.question import Aspect, Understanding, read_when
from assistant.types import Draft, DraftSentence, Query
from corpus.catalog import Corpus
from corpus.key import short_title
from corpus.types import Document, Status

#: An article of the law of that day is quoted up to this length.
_QUOTED = 260
_ASKED = frozenset({Aspect.PENALTY, Aspect.FORCE})


def tell_earlier(
    draft: Draft, query: Query, understanding: Understanding, corpus: Corpus
) -> list[DraftSentence]:
    """Which law applies to an act from before today's law, and what the law of that day said."""
    when = read_when(understanding.text, query.as_of)
    rule = corpus.article(corpus.earlier_acts, query.as_of) if corpus.earlier_acts else None
    if when is None or rule is None or not understanding.aspects & _ASKED:
        return []
    begun = rule[0].in_force_from
    cited = [e.key for s in draft.sentences for e in s.evidence if e.document_id == rule[0].id]
    if begun is None or when.last >= begun or not cited:
        return []
    told = f"您说的是{when.told}的事，《{short_title(rule[0].title)}》那时还没有施行。"
    sentences = [DraftSentence(told, is_ours=True)]
    if rule[1].key not in cited:
        evidence = (whole(*rule),)
        sentences += quote(query, corpus, *rule, evidence, before="用哪部法，")
    for key in dict.fromkeys(cited):
        for old in corpus.predecessors(key):
            found = corpus.article(old, when.last)
            if found and _held(found[0], when.last, corpus) and len(found[1].text) <= _QUOTED:
                evidence = (whole(*found),)
                sentences += quote(
                    query, corpus, *found, evidence, name_article=True, before="当时的"
                )
                return sentences
    return sentences


def _held(document: Document, day: date, corpus: Corpus) -> bool:
    return corpus.status(document, day) is Status.IN_FORCE
