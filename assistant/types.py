"""What goes into the assistant and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.language import chinese_date

#: Every refusal begins with these words; shared with the tests and the page.
NOT_COVERED = "现有资料没有"


#: Stand above a refusal: that of the whole, and that of the main one of several things asked. The
#: corpus may hold an answer all the same, so what is nearest stands below, to be read.
UNSURE = "没有找到能确定回答的原文"
LEFT_OPEN = "主要的一问没有找到能确定回答的原文"
NEAREST = "最接近的原文，请看看是不是您要找的"


#: An answer that gives what is nearest, and does not say that it is the answer, has these words.
HEDGE = "与您说的最接近的"


#: Stands with every answer that is shown, copied or exported; ``{day}`` is the answer's day.
DISCLOSURE = "本回答由程序根据收录的文件（截至 {day}）自动生成，仅供参考，以正式公布的文本为准。"


#: What stands with a sentence that a bureau's staff wrote.
OWN_LABEL = "本局整理"


#: What stands with a text that is not bundled: whoever runs this has added it.
ADDED_LABEL = "本单位添加"


class Audience(StrEnum):
    """Who asks; it changes voice and form, not facts."""

    PUBLIC = "public"
    ENTERPRISE = "enterprise"
    STAFF = "staff"

    @property
    def shown(self) -> str:
        """What the reader is called in Chinese."""
        return {"public": "公众", "enterprise": "企业", "staff": "工作人员"}[self.value]


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as asked. ``history`` holds the earlier questions of the dialog, oldest first."""

    question: str
    as_of: date
    audience: Audience = Audience.PUBLIC
    history: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A slice ``[start:end]`` of the text of the article ``key`` of a document."""

    document_id: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Who of the bureau's staff wrote a sentence (empty where he isn't named), and since when it
    stands."""

    signed: str = ""
    since: date | None = None

    @property
    def shown(self) -> str:
        """What the reader is told: 本局整理：张三，2026年11月20日."""
        facts = [self.signed, chinese_date(self.since) if self.since else ""]
        told = "，".join(filter(None, facts))
        return f"{OWN_LABEL}：{told}" if told else OWN_LABEL

    def to_json(self) -> dict[str, str]:
        """As it stands in the contract's object."""
        since = self.since.isoformat() if self.since else None
        return {
            "label": OWN_LABEL,
            **({"signed": self.signed} if self.signed else {}),
            **({"since": since} if since else {}),
        }


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence without marks, and what is meant to carry it.

    ``is_ours`` tells that it is a reviewed statement of a matter, in plain words of our own;
    ``part`` names what is asked where an answer has several parts; ``hedge`` stands before the text
    and says how far it is the answer: the evidence need not carry that. ``is_written`` tells that
    a model wrote it, in any words, and that its evidence is the unit that it names; ``own`` who of
    the bureau's staff did.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    is_ours: bool = False
    part: str = ""
    hedge: str = ""
    is_written: bool = False
    own: Signature | None = None

    @property
    def shown(self) -> str:
        """What the reader sees of it."""
        return self.hedge + self.text

    @property
    def is_nearest(self) -> bool:
        """Whether it is given as what is nearest, not as the answer."""
        return self.shown.startswith(HEDGE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer proposes. ``outcome`` is what it is if all its sentences stand."""

    sentences: tuple[DraftSentence, ...]
    outcome: Outcome = Outcome.ANSWERED


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote, verbatim from its source, with its validity on the day of the answer.

    ``is_added`` tells that the source is no bundled text: whoever runs this has added it.
    """

    n: int
    key: str
    title: str
    locator: str
    quote: str
    status: str
    effective_date: str
    url: str
    note: str = ""
    is_added: bool = False

    @property
    def standing(self) -> str:
        """The status, and that the source was added: 现行有效，本单位添加."""
        return f"{self.status}，{ADDED_LABEL}" if self.is_added else self.status


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer and the numbers of the citations that carry it.

    ``part`` names what it answers where the answer has several parts; ``own`` who wrote it, where
    that was the bureau's staff.
    """

    text: str
    citations: tuple[int, ...]
    part: str = ""
    own: Signature | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage that a search found for a question, whether or not it answers."""

    key: str
    title: str
    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in the form of the contract. ``timings_ms`` are milliseconds by step.

    ``understood`` is what the question was taken for, where that is more than its words;
    ``leans`` tells that it was taken to go on with what was asked before;
    ``confidence`` is the probability that the corpus answers it, where that was estimated;
    ``note`` tells how the answer was made where that is not as the settings would have it;
    ``usage`` counts the tokens that a language model took; ``nearest`` are the best passages that
    were found, to be shown with a refusal. ``needs`` names the texts outside the corpus that decide
    what was asked, or more of it; ``matter`` is the id of the matter that surely is meant.
    """

    id: str
    question: str
    outcome: Outcome
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    as_of: date
    engine: str
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    understood: str = ""
    leans: bool = False
    confidence: float | None = None
    note: str = ""
    usage: Mapping[str, int] = field(default_factory=dict)
    nearest: tuple[Nearest, ...] = ()
    needs: tuple[str, ...] = ()
    matter: str = ""

    @property
    def disclosure(self) -> str:
        """The line that goes wherever the answer goes."""
        return DISCLOSURE.format(day=self.as_of.isoformat())

    @property
    def text(self) -> str:
        """All sentences, each followed by its marks and that the bureau's staff wrote it, who of
        them behind the first; a part begins on a line of its own.

        The text of an answer that grows begins with what it was before.
        """
        told, part, own = "", "", None
        for sentence in self.sentences:
            if sentence.part != part:
                part, own = sentence.part, None
                told += f"{chr(10) if told else ''}{part}" + ("：" if part else "")
            told += sentence.text + "".join(f"[{n}]" for n in sentence.citations)
            if sentence.own:
                told += f"（{OWN_LABEL if sentence.own == own else sentence.own.shown}）"
            own = sentence.own
        return told

    def signature_behind(self, number: int) -> Signature | None:
        """Who signed the sentence ``number``, where the next one is not of the same hand."""
        here, *rest = self.sentences[number : number + 2]
        is_same = bool(rest) and (rest[0].own, rest[0].part) == (here.own, here.part)
        return None if is_same else here.own

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.text,
            "outcome": self.outcome.value,
            "citations": [
                {
                    "n": c.n,
                    "key": c.key,
                    "title": c.title,
                    "locator": c.locator,
                    "quote": c.quote,
                    "status": c.status,
                    "effective_date": c.effective_date,
                    "url": c.url,
                    **({"note": c.note} if c.note else {}),
                    **({"added": ADDED_LABEL} if c.is_added else {}),
                }
                for c in self.citations
            ],
            "sentences": [
                {
                    "text": s.text,
                    "citations": list(s.citations),
                    **({"part": s.part} if s.part else {}),
                    **({"own": s.own.to_json()} if s.own else {}),
                }
                for s in self.sentences
            ],
            "as_of": self.as_of.isoformat(),
            "engine": self.engine,
            "timings_ms": dict(self.timings_ms),
            "understood": self.understood,
            **({"leans": True} if self.leans else {}),
            "confidence": self.confidence,
            "disclosure": self.disclosure,
            **({"note": self.note} if self.note else {}),
            **({"usage": dict(self.usage)} if self.usage else {}),
        }
