"""What many tests need: the bundled policy text, and the page as the settings would have it."""

from typing import Any

from assistant.page_options import PageOptions
from assistant.settings import Settings
from assistant.wiring import page_options
from corpus.catalog import Corpus
from corpus.loading import load_corpus
from corpus.types import Document


def load_policy() -> Document:
    """The one text of the collection weifang."""
    (document,) = load_corpus(collections=("weifang",)).documents
    return document


def options_for(corpus: Corpus, **settings: Any) -> PageOptions:
    """What the page is told under these settings."""
    return page_options(Settings(**settings), corpus)
