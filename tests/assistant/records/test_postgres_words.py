"""Statements for SQLite in PostgreSQL's words, without a server."""

from assistant.records.postgres import Row, _translated


def test_places_and_names_of_values() -> None:
    assert _translated("SELECT a FROM t WHERE b = ? AND c < ?").endswith("b = %s AND c < %s")
    assert _translated("INSERT INTO t (a, b_c) VALUES (:a, :b_c)").endswith("(%(a)s, %(b_c)s)")
    assert _translated("SELECT a::text FROM t WHERE b LIKE 'x%'").endswith("LIKE 'x%%'")


def test_types_of_columns() -> None:
    told = _translated(
        """CREATE TABLE IF NOT EXISTS beehives (
        id INTEGER PRIMARY KEY AUTOINCREMENT, weight REAL, bees INTEGER NOT NULL) WITHOUT ROWID"""
    )
    assert "id BIGSERIAL PRIMARY KEY, weight DOUBLE PRECISION, bees BIGINT NOT NULL)" in told
    assert "ROWID" not in told


def test_a_row_is_read_in_every_way() -> None:
    row = Row(("id", "name"), (7, "蜂"))
    number, name = row
    assert (number, name) == (row[0], row["name"]) == (7, "蜂")
    assert dict(row) == {"id": 7, "name": "蜂"}
    assert tuple(row) == (7, "蜂")
