"""The keys by which articles are cited, taken apart and put together in one place.

中华人民共和国生态环境法典#176      an article of a statute, 176之一 for an inserted one
某条例@3                            a paragraph of a text without articles
policy:减污                         a part of a policy text, behind its collection's prefix
"""

from dataclasses import dataclass

_PREFIX = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Key:
    """A key: whose it is, the sign between, and the place within.

    ``owner`` is a title, or the prefix of a collection's keys; ``place`` an article's number, a
    paragraph's number or a label.
    """

    owner: str
    sign: str
    place: str

    def __str__(self) -> str:
        """The key as it is written."""
        return f"{self.owner}{self.sign}{self.place}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Take a key apart; a text without a sign is a title alone."""
        for sign in "#@":
            owner, found, place = text.rpartition(sign)
            if found and place:
                return cls(owner, sign, place)
        owner, found, place = text.partition(":")
        return cls(owner, found, place) if found else cls(text, "", "")

    @property
    def is_article(self) -> bool:
        """Whether it is an article of a statute."""
        return self.sign == "#"

    @property
    def number(self) -> int:
        """The article's or paragraph's number; ValueError for a part of a policy text."""
        return int(self.place.partition("之")[0])

    @property
    def suffix(self) -> str:
        """``之一`` of an inserted article, else empty."""
        _, found, rest = self.place.partition("之")
        return found + rest

    @property
    def part(self) -> str:
        """The label of a policy text's part, empty for anything else."""
        return self.place if self.sign == ":" else ""


def short_title(title: str) -> str:
    """A statute's title without the country's name."""
    return title.removeprefix(_PREFIX)
