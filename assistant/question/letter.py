"""A question as somebody wrote it: a story with asks in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.question.ngram_model import load_ngrams
from corpus.language import count_words, fold

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]*")
#: What stands in quotation marks, and an address, is one thing, whatever is in it.
QUOTED = re.compile(r'https?://\S+|“[^”]*”|「[^」]*」|"[^"]*"')
_CLAUSE = re.compile(
    r"(?:https?://\S+|“[^”]*”|「[^」]*」|\"[^\"]*\"|《[^》]*》|[^，,:：\s])+[，,:：\s]*"
)
#: What one asks for in a few words of something that was asked about before.
_FURTHER = {Aspect.PENALTY, Aspect.WHO, Aspect.TERM, Aspect.QUANTITY}
_ENDS_ASK = ("各", "共", "一共", "分别")
#: From this likelihood on a clause asks for something; where none of a long text does, those that
#: may.
_ASKS, _MAY_ASK = 0.5, 0.3
#: What an ask neither begins nor ends with.
_MARKS = " ，,、:：。;；\n"
#: A clause that says less belongs to the one before it.
_LEAST = 3
#: An ask says so much besides the words that only ask.
_SAYS = 2
#: A text up to this length that asks nothing is a search for something, a longer one a story.
_BARE = 30
#: One ask in a sentence up to this length, or that is this much of the text, is all that it says.
_SHORT = 40
_MOST_OF_IT = 0.6
#: Of a long letter so many characters from its beginning and from its end are searched with.
_BEGINS, _ENDS = 160, 200
#: Who says so many characters besides what he asks tells a story.
_STORY = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """What was written: ``asks`` in their order, each a clause or more of ``text`` (folded)."""

    text: str
    asks: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What of the letter is searched with: all of a short one, of a long one its ends."""
        if len(self.text) <= _BEGINS + _ENDS:
            return self.text
        return f"{self.text[:_BEGINS]} {self.text[-_ENDS:]}"

    @property
    def has_story(self) -> bool:
        """Whether something is told beside what is asked."""
        return len(self.text) - sum(map(len, self.asks)) > _STORY

    @property
    def asked(self) -> str:
        """What is asked, without what is told beside it; all of a text that is one question or asks
        nothing."""
        return self.text if self.is_one_question else "".join(self.asks) or self.text

    @property
    def is_alone(self) -> bool:
        """Whether no more than one thing is asked."""
        return self.is_one_question or len(self.asks) <= 1

    @property
    def is_one_question(self) -> bool:
        """Whether nothing is told beside what is asked; a few words are a search for something."""
        if not self.asks:
            return len(self.text) <= _BARE
        is_one_sentence = len(sentences_of(self.text)) == 1
        is_short = len(self.text) <= _SHORT and is_one_sentence
        is_most = len(self.asks[0]) >= _MOST_OF_IT * len(self.text)
        return len(self.asks) == 1 and (is_short or is_most)


def read_letter(text: str) -> Letter:
    """Find the asks of a text. One that asks nothing has none."""
    folded = fold(text)
    sentences = sentences_of(folded)
    asks: list[str] = []
    for sentence in sentences:
        asks += _asks_of(sentence, _ASKS, asks[-1:])
    if not asks:
        only = [clause for sentence in sentences for clause in clauses_of(sentence)]
        asks = _asked_apart([clause for clause in only if _is_ask(clause, _ASKS)])
    if not asks and len(folded) > _SHORT:
        may_ask = [ask for sentence in sentences for ask in _asks_of(sentence, _MAY_ASK, ())]
        # What runs on without a mark is a story with its ask in it.
        asks = [ask for ask in may_ask if len(ask) < _MOST_OF_IT * len(folded)]
    return Letter(folded, tuple(dict.fromkeys(asks)))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text with the marks that end them."""
    return _SENTENCE.findall(text)


def clauses_of(sentence: str) -> list[str]:
    """The clauses of a sentence with the marks behind them."""
    return _CLAUSE.findall(sentence)


def _asks_of(sentence: str, least: float, last: Sequence[str]) -> list[str]:
    """The clauses of a sentence that are ``least`` likely to ask, each with what follows it up to
    the next one; ``last`` is the ask before the sentence, if any.

    One that only asks (「会怎么罚」) is asked of what is told before it, and by itself of what the
    ask before it is about, where that asks something else.
    """
    asks: list[str] = []
    is_open = False
    before = ""
    for clause in clauses_of(sentence):
        is_ask = _is_ask(clause, least)
        is_further = is_ask and not before and _asks_further(clause, asks[-1:] or last)
        if is_ask and not _says_something(clause):
            clause, before = before + clause, ""
        if is_ask and (is_further or _says_something(clause)):
            asks.append(clause)
            is_open = True
            before = ""
        elif is_open and count_words(clause) < _LEAST:
            asks[-1] += clause
        else:
            is_open = False
            before = clause
    return [ask.strip(_MARKS) for ask in asks]


def _is_ask(clause: str, least: float) -> bool:
    """Whether a clause is ``least`` likely to ask for something."""
    return load_ngrams("assistant.question", "asking.json").chance(clause) >= least


def _asked_apart(clauses: Sequence[str]) -> list[str]:
    """Clauses that only ask, where several ask for different things (「谁管？怎么罚？」)."""
    apart: list[str] = []
    for clause in clauses:
        if not apart or _asks_further(clause, apart[-1:]):
            apart.append(clause.strip(_MARKS))
    return apart if len(apart) > 1 else []


def _asks_further(clause: str, last: Sequence[str]) -> bool:
    """Whether a clause asks for a penalty, an office, a term or a figure that the ask before it
    does not ask for, and doesn't just end it (「各是多少」)."""
    if count_han(clause) < _LEAST or clause.startswith(_ENDS_ASK):
        return False
    return any(_FURTHER & aspects_of(clause) - aspects_of(ask) for ask in last)


def _says_something(clause: str) -> bool:
    """Whether a clause says more than that it asks, besides what it quotes."""
    said = QUOTED.sub("", clause)
    return count_said(said) >= _SAYS and count_han(said) >= _SAYS


def count_han(text: str) -> int:
    """How many Chinese characters a text has."""
    return sum("\u4e00" <= character <= "\u9fff" for character in text)


def count_said(text: str) -> int:
    """How many words a text has besides those that only ask."""
    return count_words(wording("asking").taken_out(text))
