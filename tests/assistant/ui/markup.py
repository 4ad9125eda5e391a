"""A piece of HTML as a browser reads it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = ("br", "input", "img", "meta")


@dataclass
class Element:
    """A tag with its attributes and all the text inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass
class Markup(HTMLParser):
    """The elements in order, and the whole text; every element has to be closed where it may."""

    html: str
    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for element in self._open:
            element.text += data

    def named(self, tag: str) -> list[Element]:
        """The elements with this tag."""
        return [element for element in self.elements if element.tag == tag]

    def classed(self, name: str) -> list[Element]:
        """The elements of this class."""
        return [element for element in self.elements if name in element.classes]

    def one(self, tag: str) -> Element:
        """The only element with this tag."""
        (element,) = self.named(tag)
        return element
