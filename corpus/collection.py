"""What is known of a body of text beside its words: whose it is, for which place, how it is cut.

A collection is a folder with a ``collection.toml`` (``corpus.collections``), or what the head of an
added document tells of it. Nothing here knows any particular one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pydantic import ConfigDict

#: A field that the file has and the record does not is a mistake of its author.
_STRICT: "ConfigDict" = {"extra": "forbid"}
#: The collections that are loaded where the settings don't say otherwise.
BUNDLED = ("weifang", "statutes")


class Kind(StrEnum):
    """What sort of text a document is: by it a text is cut and quoted."""

    #: A policy: parts with sentences, out of which measures are read.
    POLICY = "policy"
    #: A law or rule: 条, 款, 项.
    STATUTE = "statute"
    #: A text of another sort: paragraphs.
    DOCUMENT = "document"


class Validity(StrEnum):
    """By what rule it is told what a text is on a day."""

    #: Dates and repeal clauses.
    DATES = "dates"
    #: A report: it never was in force.
    NEWS = "news"
    #: A plan or other policy: it holds until its issuer has a later one.
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to call, and whose it is."""

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose texts we have: 潍坊市.

    ``names`` are what it is called besides, ``within`` the places that it is a part of,
    ``districts`` its parts without 市, 县 and 区, ``homographs`` words that only begin like a
    district (高密度), ``offices`` its other offices without 局, ``own_office`` what the issuer of
    the texts is called behind the place's name.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    name: str
    names: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    homographs: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    own_office: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a collection: its file and what the file does not say of itself.

    ``received`` is a day on which a text without a date was there already: it puts texts of one
    issuer in order and is never shown as the text's date.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    file: str
    title: str
    adopted: date | None = None
    received: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """How a policy text falls into parts; patterns are regular expressions for whole lines' heads.

    ``removes`` is taken out first, ``converts`` brings traditional characters and half-width
    punctuation to the usual form. ``byline`` (groups ``name`` and ``value``) are lines that are no
    text, ``dateline`` (group ``value``) the head of one. ``section`` is a line that heads parts,
    ``part`` the head of a part's first line, each with a group ``label``; what stands before the
    first part is labelled ``overview``. ``label`` and ``locator`` say how a part is called in keys
    and in citations; ``labels`` are the parts that have to come out. ``names_parts`` tells that
    people name a part by its label, ``everyday`` which labels are everyday words as well.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    part: str = ""
    section: str = ""
    overview: str = ""
    label: str = "{label}"
    locator: str = "{label}"
    labels: tuple[str, ...] = ()
    names_parts: bool = False
    everyday: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    converts: bool = False
    byline: str = ""
    dateline: str = ""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The verbs that begin a measure, and the adverbs that may stand before them."""

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    verbs: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """A body of text.

    ``attribution`` is how an answer names a policy text, ``key_prefix`` how its keys begin.
    ``gives`` are the sorts of detail (names of cues in ``assistant.deciding``) that a policy text
    does give; None where its text has to tell. ``default_statute`` is meant where a bare article
    number is asked for, ``earlier_acts`` the article that says which law applies to an earlier
    act. ``examples`` are questions to begin with, by audience. ``name`` is what a user called it,
    empty for those of a folder.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = _STRICT

    kind: Kind
    issuer: str = ""
    attribution: str = ""
    key_prefix: str = ""
    validity: Validity = Validity.DATES
    place: Place | None = None
    text: tuple[Text, ...] = ()
    cut: Cut = field(default_factory=Cut)
    measures: MeasureWords | None = None
    gives: frozenset[str] | None = None
    hotline: tuple[Hotline, ...] = ()
    catalog: str = ""
    default_statute: str = ""
    earlier_acts: str = ""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""

    @property
    def place_name(self) -> str:
        """The place that the texts are for; empty for the whole country, or where none is known."""
        return self.place.name if self.place else ""
