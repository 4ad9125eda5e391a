"""Why a statement isn't carried, in words for the person who wrote it."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.gate.facts import acts, ranges_stand
from assistant.gate.grounding import QUOTED, carries, names_stand, own_words, quote_of
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.language import Amount, amounts, authorities, load_cues, squeeze


def faults_of(
    text: str, evidence: Sequence[Evidence], corpus: Corpus, day: date
) -> tuple[str, ...]:
    """What the evidence of a statement does not carry, a Chinese clause each; empty exactly where
    the gate lets the statement stand (``carries`` with ``is_ours``)."""
    if carries(text, evidence, corpus, day, is_ours=True):
        return ()
    return tuple(_found(text, evidence, corpus, day)) or ("有和原文对不上的地方",)


def _found(text: str, evidence: Sequence[Evidence], corpus: Corpus, day: date) -> Iterator[str]:
    source = "\n".join(quote_of(piece, corpus) for piece in evidence)
    squeezed = squeeze(source)
    for quoted in QUOTED.findall(text):
        if squeeze(quoted) not in squeezed:
            yield f"「{quoted}」和原文不一字不差"
    told = own_words(text, evidence, corpus, day)
    if told is None:
        yield "提到的文件、条款或者效力不是所附依据的"
        return
    wrong = sorted(map(_amount, amounts(told) - amounts(source)))
    yield from (f"“{amount}”原文里没有" for amount in wrong)
    if not wrong and not ranges_stand(told, source):
        yield "数额的上下限和原文不一样"
    for name in dict.fromkeys(authorities(told)):
        if not names_stand(name, source):
            yield f"“{name}”原文里没有"
    yield from _acts_without_source(told, source)


def _acts_without_source(told: str, source: str) -> Iterator[str]:
    """The words that forbid, oblige, permit … where the source does nothing of the kind."""
    missing = acts(told) - acts(source)
    for name, cue in load_cues("assistant.gate", "acts.toml").items():
        if name in missing:
            words = dict.fromkeys(match.group() for match in cue.pattern.finditer(told))
            yield f"“{'、'.join(words)}”（{cue.about}）原文里没有"
        told = cue.taken_out(told)


def _amount(amount: Amount) -> str:
    """An amount as a person would write it: 50000元以上."""
    return f"{amount.value:.15g}{amount.unit}{amount.towards}"
