"""The collection of a document that a user added, made from what its head says."""

from corpus.collection import Collection, Kind, Place, Validity
from corpus.collections.places import place_at_head


def collection_of_added(title: str, kind: Kind, issuer: str) -> Collection:
    """Whose it is and for which place; a policy is named by its own title."""
    name = place_at_head(title) or place_at_head(issuer)
    return Collection(
        kind=kind,
        issuer=issuer,
        attribution=f"《{title}》" if kind is Kind.POLICY else "",
        validity=Validity.POLICY if kind is Kind.POLICY else Validity.DATES,
        place=Place(name) if name else None,
    )
