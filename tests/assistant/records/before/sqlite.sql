-- The tables of version 0.1.0, as it made them.
CREATE TABLE IF NOT EXISTS asked (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, hour INTEGER NOT NULL, question TEXT NOT NULL,
    outcome TEXT NOT NULL, doubted INTEGER NOT NULL, confidence REAL, keys TEXT NOT NULL,
    needs TEXT NOT NULL, matter TEXT NOT NULL, audience TEXT NOT NULL, engine TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS asked_on_day ON asked (day, id);
CREATE TABLE IF NOT EXISTS feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, question TEXT NOT NULL,
        understood TEXT NOT NULL, outcome TEXT NOT NULL, keys TEXT NOT NULL,
        verdict TEXT NOT NULL, word TEXT NOT NULL, time TEXT NOT NULL, as_of TEXT NOT NULL,
        engine TEXT NOT NULL, answer TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS feedback_of_state ON feedback (state, id);
CREATE TABLE IF NOT EXISTS feedback_move (
        feedback INTEGER NOT NULL, before TEXT NOT NULL, state TEXT NOT NULL, by TEXT NOT NULL,
        time TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS move_of_feedback ON feedback_move (feedback);
CREATE TABLE IF NOT EXISTS feedback_taken (
    digest TEXT PRIMARY KEY, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,
    opened REAL NOT NULL,
    used REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    what TEXT NOT NULL,
    details TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_not_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_added_at_its_end BEFORE INSERT ON audit
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit log grows at its end'); END;
CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL,
    details TEXT NOT NULL,
    message TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    updated TEXT NOT NULL,
    size INTEGER NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    tries INTEGER NOT NULL
);
