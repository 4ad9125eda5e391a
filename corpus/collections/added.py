"""The collection of a document that a user added, made from what its head says or the user does."""

from collections.abc import Iterable

from corpus.collection import Collection, Kind, Place, Validity
from corpus.collections.places import place_at_head


def collection_of_added(
    title: str, kind: Kind, issuer: str, part_of: str = "", held: Iterable[Collection] = ()
) -> Collection:
    """Whose it is and for which place; a policy is named by its own title.

    ``part_of`` is the name under which the user keeps it: that of an issuer of what is ``held``,
    whose place it then has, or any other one, which may begin with a place.
    """
    own = next((c.place for c in held if c.place and part_of and c.issuer == part_of), None)
    heads = (place_at_head(text) for text in (part_of, title, issuer))
    name = next((head for head in heads if head), "")
    return Collection(
        kind=kind,
        name=part_of,
        issuer=issuer or part_of,
        attribution=f"《{title}》" if kind is Kind.POLICY else "",
        validity=Validity.POLICY if kind is Kind.POLICY else Validity.DATES,
        place=own or (Place(name) if name else None),
    )
