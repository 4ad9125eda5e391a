"""What a check finds."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.checking.comparing import Change


class Verdict(StrEnum):
    """How a citation, a quotation or a figure stands, in the words shown to the reader."""

    STANDS = "与原文一致"
    REPEALED = "所引已废止"
    EXPIRED = "所引已失效"
    NOT_YET = "所引尚未施行"
    NO_PLACE = "没有这一处"
    REWORDED = "引文与原文有出入"
    NO_QUOTE = "原文没有这句话"
    FIGURE = "数字与原文不同"
    AUTHORITY = "机关与原文不同"
    DOUBT = "条文在，像是引错了"
    NOT_COMPARED = "不好比，没有核对"
    NOT_HELD = "未收录，没有核对"

    @property
    def is_wrong(self) -> bool:
        """Whether the text has to be put right there."""
        return self not in (Verdict.STANDS, Verdict.DOUBT) and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether it was not checked."""
        return self in (Verdict.NOT_COMPARED, Verdict.NOT_HELD)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of ``text[start:end]``.

    ``says`` is the judgement in a sentence, ``title`` the text that is meant; ``keys`` are the
    articles that it was compared with, ``locator`` how they are cited, ``source`` the words there
    that matter, verbatim; ``governed_by`` what governs today what a repealed article did;
    ``changes`` the source's words against the draft's; ``instead`` what may stand in its place,
    ``choice`` the same with the cases told apart, where the draft leaves open which of several;
    ``mark`` the verdict in narrower words.
    """

    verdict: Verdict
    start: int
    end: int
    text: str
    says: str
    title: str = ""
    keys: tuple[str, ...] = ()
    locator: str = ""
    source: str = ""
    governed_by: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    instead: str = ""
    choice: str = ""
    mark: str = ""

    @property
    def label(self) -> str:
        """How it stands, in the words shown to the reader: no more than what was checked."""
        return self.mark or self.verdict.value

    @property
    def is_of_another(self) -> bool:
        """Whether the words are quoted of one article and stand in another."""
        return self.verdict is Verdict.NO_QUOTE and len(self.keys) > 1

    @property
    def may_be(self) -> str:
        """What the writer is told that may stand in its place."""
        return self.instead or self.choice

    def to_json(self) -> dict[str, Any]:
        """The finding as plain data."""
        return {
            **asdict(self),
            "verdict": self.verdict.name.lower(),
            "label": self.label,
            "is_wrong": self.verdict.is_wrong,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a text in its order, judged as of ``day``."""

    text: str
    day: date
    findings: tuple[Finding, ...] = field(default=())

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What has to be put right."""
        return tuple(f for f in self.findings if f.verdict.is_wrong)

    @property
    def doubtful(self) -> tuple[Finding, ...]:
        """What is to be looked at again; it need not be wrong."""
        return tuple(f for f in self.findings if f.verdict is Verdict.DOUBT)

    @property
    def open(self) -> tuple[Finding, ...]:
        """What was not checked."""
        return tuple(f for f in self.findings if f.verdict.is_open)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each label that occurs, in the order of ``Verdict``."""
        order = list(Verdict)
        found = sorted(self.findings, key=lambda f: order.index(f.verdict))
        return dict(Counter(f.label for f in found))

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, without the text."""
        return {
            "as_of": self.day.isoformat(),
            "counts": self.counts,
            "findings": [finding.to_json() for finding in self.findings],
        }
