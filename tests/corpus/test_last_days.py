"""A user's document ends on its last day, or where another one takes its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.catalog import Corpus
from corpus.collection import Collection, Kind, Validity
from corpus.collections.library import Library
from corpus.types import Status
from tests.records import make_article, make_document

LAST = date(2024, 12, 31)
ONE = timedelta(days=1)
OLD = make_document(make_article(1, title="旧办法"), title="旧办法")
NEW_DAY = date(2025, 3, 1)


def held(*documents: object, added: tuple[str, ...] = ("旧办法", "新办法")) -> Corpus:
    return Corpus(documents, added=added)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.STATUTE, Kind.DOCUMENT, Kind.POLICY])
def test_the_last_day_is_one_of_validity(kind: Kind) -> None:
    validity = Validity.POLICY if kind is Kind.POLICY else Validity.DATES
    document = make_document(
        title="旧办法", kind=kind, expires=LAST, collection=Collection(kind, validity=validity)
    )
    corpus = held(document)
    assert corpus.status(document, LAST) is not Status.EXPIRED
    assert corpus.status(document, LAST + ONE) is Status.EXPIRED


def test_repealed_is_told_before_expired() -> None:
    clause = make_article(9, "本法自2020年1月1日起施行。《旧办法》同时废止。")
    document = make_document(title="旧办法", expires=LAST, effective=date(2010, 1, 1))
    corpus = held(document, make_document(clause))
    assert corpus.status(document, date(2025, 1, 1)) is Status.REPEALED


@pytest.mark.parametrize(
    ("days", "first"),
    [
        ({"effective": NEW_DAY, "adopted": date(2025, 1, 1)}, NEW_DAY),
        ({"effective": None, "adopted": NEW_DAY}, NEW_DAY),
        ({"effective": None, "adopted": None}, date(2020, 1, 2)),
    ],
)
def test_replaced_from_the_new_ones_day_on(days: dict[str, date | None], first: date) -> None:
    new = make_document(title="新办法", replaces="旧办法", **days)
    corpus = held(OLD, new)
    assert corpus.status(OLD, first) is Status.SUPERSEDED
    if days["effective"] or days["adopted"]:
        assert corpus.status(OLD, first - ONE) is Status.IN_FORCE
    assert corpus.replacements["旧办法"].by == "新办法"


def test_only_added_documents_replace_added_ones() -> None:
    new = make_document(title="新办法", replaces="旧办法")
    assert held(OLD, new, added=("新办法",)).status(OLD, LAST) is Status.IN_FORCE
    assert held(OLD, new, added=("旧办法",)).status(OLD, LAST) is Status.IN_FORCE
    itself = make_document(title="旧办法", replaces="旧办法")
    assert held(itself).status(itself, LAST) is Status.IN_FORCE


def test_they_are_kept_and_older_files_stay_what_they_were(tmp_path: Path) -> None:
    library = Library(tmp_path)
    document = make_document(make_article(1), expires=LAST, replaces="旧办法")
    assert library.load([library.save(document)]) == [document]
    plain = library.save(OLD)
    text = (tmp_path / f"{plain}.json").read_text("utf-8")
    assert "expires" not in text
    assert "replaces" not in text
