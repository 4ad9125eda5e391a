"""One text judged from its first line to its last."""

from collections.abc import Callable
from datetime import date

from assistant.checking.acting import judge_authorities
from assistant.checking.citing import judge_citations
from assistant.checking.figures import judge_figures
from assistant.checking.penalties import judge_penalties
from assistant.checking.quoting import judge_quotations
from assistant.checking.reading import Draft
from assistant.checking.types import Finding, Report, Verdict
from corpus.catalog import Corpus
from corpus.errors import OptionError
from corpus.language import find_citations, titles_of
from corpus.loading import cited_names, load_whole

#: A text may be this long, in characters: about five hundred pages.
MOST_CHECKED = 400_000
#: Steps of which a progress is told.
_STEPS = 4


def check_text(
    text: str, corpus: Corpus, day: date, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Judge every citation, quotation and figure of ``text`` as of ``day``; OptionError where it
    is too long.

    Statutes that the corpus holds in part or not at all are read from the data package.
    """
    if len(text) > MOST_CHECKED:
        raise OptionError(
            f"稿子有 {len(text)} 字，超过了 {MOST_CHECKED} 字的上限，请分成几份核验。"
        )
    tell = progress or (lambda done, total: None)
    citations = find_citations(text, cited_names(corpus))
    tell(1, _STEPS)
    whole = load_whole(corpus, titles_of(citations.found))
    draft = Draft(text, citations, whole, day)
    quotations = list(judge_quotations(draft))
    tell(2, _STEPS)
    figures = list(judge_figures(draft))
    told = [(f.start, f.end) for f in figures]
    # A fine under an article whose number is wrong is judged when the number is right.
    told += [_sentence_of(q, text) for q in quotations if q.is_of_another]
    imposed = [p for p in judge_penalties(draft) if not _meets(p, told)]
    statements = [*figures, *imposed, *judge_authorities(draft)]
    tell(3, _STEPS)
    inside = [(q.start, q.end) for q in quotations if q.verdict is Verdict.STANDS]
    cited = [c for c in judge_citations(draft) if not _is_within(c, inside)]
    tell(_STEPS, _STEPS)
    found = sorted([*cited, *quotations, *statements], key=lambda f: (f.start, f.end))
    return Report(text, day, tuple(found))


def _sentence_of(finding: Finding, text: str) -> tuple[int, int]:
    """Where the sentence begins and ends in which something is found."""
    begin = text.rfind("。", 0, finding.start) + 1
    end = text.find("。", finding.end)
    return begin, end if end >= 0 else len(text)


def _is_within(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    """Whether what is found is part of words that the article itself has."""
    return any(start <= finding.start and finding.end <= end for start, end in spans)


def _meets(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    """Whether what is found has a character of one of the spans."""
    return any(finding.start < end and start < finding.end for start, end in spans)
