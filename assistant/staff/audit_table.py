"""The table of the audit log, which only grows: the database itself refuses anything else."""

from sqlalchemy import Column, Connection, MetaData, Table

from assistant.records import NUMBER, texts

_TABLES = MetaData()
AUDIT = Table(
    "audit",
    _TABLES,
    Column("id", NUMBER, primary_key=True),
    *texts("time", "name", "role", "action", "what", "details", "hash"),
    sqlite_autoincrement=True,
)
_TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END""",
        """CREATE TRIGGER IF NOT EXISTS audit_is_not_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END""",
        # INSERT OR REPLACE would take the old row away without the trigger above.
        """CREATE TRIGGER IF NOT EXISTS audit_is_added_at_its_end BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit log grows at its end'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$""",
        """CREATE OR REPLACE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
        """CREATE OR REPLACE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
        """CREATE OR REPLACE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()""",
        # The highest number that ever was is kept beside it, as SQLite does by itself.
        """CREATE TABLE IF NOT EXISTS audit_end (place INT PRIMARY KEY DEFAULT 1,
highest BIGINT NOT NULL)""",
        """CREATE OR REPLACE FUNCTION audit_grows_at_its_end() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit) THEN
    RAISE EXCEPTION 'the audit log grows at its end';
  END IF;
  INSERT INTO audit_end (highest) VALUES (NEW.id)
  ON CONFLICT (place) DO UPDATE SET highest = greatest(audit_end.highest, excluded.highest);
  RETURN NEW;
END $$""",
        """CREATE OR REPLACE TRIGGER audit_is_added_at_its_end BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION audit_grows_at_its_end()""",
    ),
}
_HIGHEST = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
    "postgresql": "SELECT highest FROM audit_end",
}


def create(connection: Connection) -> None:
    """Make the table where there is none, and the triggers that somebody took away."""
    _TABLES.create_all(connection)
    for statement in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def highest_ever(connection: Connection) -> int:
    """The highest id that the log ever had, 0 where it had none."""
    return connection.exec_driver_sql(_HIGHEST[connection.dialect.name]).scalar() or 0
