"""Whether the article that a draft cites speaks of clearly other things than its sentence does,
while another article of the same text speaks of just that."""

from assistant.checking.reading import Cited, Draft
from assistant.checking.segments import cue
from corpus.language import fold, pairs

#: Another article shares so much with the sentence, in nats of the rarity of pairs of characters
#: among the articles of the text, and the cited one at most so large a part of it. On the 862 sound
#: citations of ``eval/data/drafts.jsonl`` these let one through.
_ENOUGH, _AT_MOST = 30.0, 0.4
#: In a text of fewer articles rarity tells nothing.
_FEWEST = 10


def likelier(draft: Draft, cited: Cited) -> str | None:
    """The key of the article that the sentence clearly speaks of, where it is none of those cited
    beside; None where the cited one may well be meant, or nothing tells."""
    document = cited.document
    if document is None or not cited.citation.places or _says_nothing(draft, cited):
        return None
    told, weights = draft.wording_of(document)
    near = draft.within(draft.line_at(cited.start))
    named = {a.key for one in near for d, a in draft.articles_of(one) if d is document}
    if len(told) < _FEWEST or not named & told.keys():
        return None
    said = pairs(fold(draft.words_in(draft.sentence_at(cited.start))))
    scores = {key: sum(weights[pair] for pair in said & own) for key, own in told.items()}
    own = max(scores.get(key, 0.0) for key in named)
    best = max((key for key in scores if key not in named), key=scores.__getitem__, default="")
    is_clear = bool(best) and scores[best] >= _ENOUGH and own <= _AT_MOST * scores[best]
    return best if is_clear else None


def _says_nothing(draft: Draft, cited: Cited) -> bool:
    """Whether the sentence is no witness: it quotes (that is judged by itself), cites other texts
    as well, or tells what became of one."""
    start, end = draft.sentence_at(cited.start)
    is_quoting = any(start <= quoted.start < end for quoted in draft.quotations)
    titles = {one.citation.title for one in draft.within((start, end))}
    return is_quoting or len(titles) > 1 or cue("told_repealed", f"《》{draft.text[start:end]}")
