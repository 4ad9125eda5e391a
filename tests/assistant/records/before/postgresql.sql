-- The tables of version 0.1.0, as it made them.
CREATE TABLE IF NOT EXISTS asked ( id BIGSERIAL PRIMARY KEY, day TEXT NOT NULL, hour BIGINT NOT NULL, question TEXT NOT NULL, outcome TEXT NOT NULL, doubted BIGINT NOT NULL, confidence DOUBLE PRECISION, keys TEXT NOT NULL, needs TEXT NOT NULL, matter TEXT NOT NULL, audience TEXT NOT NULL, engine TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS asked_on_day ON asked (day, id);
CREATE TABLE IF NOT EXISTS feedback ( id BIGSERIAL PRIMARY KEY, state TEXT NOT NULL, question TEXT NOT NULL, understood TEXT NOT NULL, outcome TEXT NOT NULL, keys TEXT NOT NULL, verdict TEXT NOT NULL, word TEXT NOT NULL, time TEXT NOT NULL, as_of TEXT NOT NULL, engine TEXT NOT NULL, answer TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS feedback_of_state ON feedback (state, id);
CREATE TABLE IF NOT EXISTS feedback_move (rowid BIGSERIAL,  feedback BIGINT NOT NULL, before TEXT NOT NULL, state TEXT NOT NULL, by TEXT NOT NULL, time TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS move_of_feedback ON feedback_move (feedback);
CREATE TABLE IF NOT EXISTS feedback_taken ( digest TEXT PRIMARY KEY, length BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions ( token_hash TEXT PRIMARY KEY, name TEXT NOT NULL, stamp TEXT NOT NULL, opened DOUBLE PRECISION NOT NULL, used DOUBLE PRECISION NOT NULL );
CREATE TABLE IF NOT EXISTS audit ( id BIGSERIAL PRIMARY KEY, time TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL, what TEXT NOT NULL, details TEXT NOT NULL, hash TEXT NOT NULL );
CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
CREATE OR REPLACE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE OR REPLACE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE OR REPLACE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TABLE IF NOT EXISTS audit_end (place INT PRIMARY KEY DEFAULT 1, highest BIGINT NOT NULL);
CREATE OR REPLACE FUNCTION audit_grows_at_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit) THEN
    RAISE EXCEPTION 'the audit log grows at its end';
  END IF;
  INSERT INTO audit_end (highest) VALUES (NEW.id)
  ON CONFLICT (place) DO UPDATE SET highest = greatest(audit_end.highest, excluded.highest);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER audit_is_added_at_its_end BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION audit_grows_at_its_end();
CREATE TABLE IF NOT EXISTS uploads (rowid BIGSERIAL,  id TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, job TEXT NOT NULL, details TEXT NOT NULL, message TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, updated TEXT NOT NULL, size BIGINT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL, done BIGINT NOT NULL, total BIGINT NOT NULL, tries BIGINT NOT NULL );
