"""Which of the passages found are quoted: the best one, and another where that serves better."""

from collections.abc import Collection, Sequence

from assistant.question import Aspect, Understanding
from corpus.collection import Kind
from corpus.language import pairs
from corpus.statutes import LiabilityLinks
from index.types import ScoredPassage

#: A second article is quoted where the first is not sure and the second not far behind; chosen on
#: the train and dev split, where it finds most without costing precision.
_SURE = 0.8
_SECOND = 0.3
#: A follow-up says less of what is meant, and a claim can be wrong about more than one article.
_SURE_OF_LESS = 0.95
_SECOND_OF_LESS = 0.1
#: In a dialog, and where it is asked whether something is allowed, a duty and what punishes its
#: breach are quoted together: among so many next ones, from this share of the first's chance on.
_LINKED_AMONG = 3
_LINKED = 0.05
_LINKED_OF_FOLLOW_UP = 0.01
#: The city's text is quoted for a question about the city where it is this near to the best law.
_OURS = 0.1
#: Beside a bundled text one that was added is quoted, and the other way round, from this share of
#: the first one's chance on: what the place itself ruled stands beside the national rule.
OF_BOTH = 0.15
#: Two passages that share more of their character pairs than this say the same.
_ALIKE = 0.7


def choose(
    hits: Sequence[ScoredPassage],
    understanding: Understanding,
    links: LiabilityLinks,
    in_dialog: bool,
    added: Collection[str] = (),
) -> list[ScoredPassage]:
    """The best passage, and another one where it is not clear which is meant; ``added`` are the
    titles that the user added.

    Who asks what the city does gets the city's text before the law, where both speak of it.
    """
    first, *others = hits
    if understanding.speaks_of_a_city and first.passage.kind is not Kind.POLICY:
        ours = next((hit for hit in others if hit.passage.kind is Kind.POLICY), None)
        if ours and ours.score > _OURS * first.score:
            return [ours, first]
    is_paired = in_dialog or _wants_rule(understanding)
    if is_paired and (linked := _linked(first, others, understanding, links)):
        return linked
    is_added = first.passage.title in added
    beside = next((hit for hit in others if (hit.passage.title in added) != is_added), None)
    if added and beside and beside.score > OF_BOTH * first.score:
        return [first, beside]
    says_less = understanding.is_follow_up or understanding.claims
    if not others or first.score >= (_SURE_OF_LESS if says_less else _SURE):
        return [first]
    second = others[0]
    # Beside a paragraph of the policy text another one may be meant, beside law only law.
    near = _SECOND_OF_LESS if says_less else _SECOND
    is_near = second.score > near * first.score and second.passage.kind is first.passage.kind
    if not is_near or _says_the_same(first.passage.text, second.passage.text):
        return [first]
    return [first, second]


def _linked(
    first: ScoredPassage,
    others: Sequence[ScoredPassage],
    understanding: Understanding,
    links: LiabilityLinks,
) -> list[ScoredPassage]:
    """A duty and what punishes its breach, where the best passage is one of them; the duty comes
    first where it is asked for. Empty where the other one was not found or is too far behind."""
    key = first.passage.key
    share = _LINKED_OF_FOLLOW_UP if understanding.is_follow_up else _LINKED
    linked = links.linked(key)
    for hit in others[:_LINKED_AMONG]:
        if hit.passage.key in linked and hit.score > share * first.score:
            is_duty = hit.passage.key in {link.duty for link in links.punished_by(key)}
            return [hit, first] if is_duty and _wants_rule(understanding) else [first, hit]
    return []


def _wants_rule(understanding: Understanding) -> bool:
    """Whether it is asked if something is allowed, and not what its breach costs."""
    aspects = understanding.aspects
    return Aspect.PERMISSION in aspects and Aspect.PENALTY not in aspects


def _says_the_same(text: str, other: str) -> bool:
    """Whether two statutes have the same rule in nearly the same words."""
    own, others = pairs(text), pairs(other)
    return len(own & others) > _ALIKE * min(len(own), len(others))
