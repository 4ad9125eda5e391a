"""Bodies of text, a folder each: what is bundled, how it is cut, and how people ask for it."""

from corpus.collections.lay_wording import LayWording, lay_id, load_lay_wording
from corpus.collections.measures import Measure, find_measures
from corpus.collections.policy import load_policy

__all__ = ["LayWording", "Measure", "find_measures", "lay_id", "load_lay_wording", "load_policy"]
