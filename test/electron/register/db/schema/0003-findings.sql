
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info')),
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('connection', 'project', 'principal', 'key')),
  subject_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (json_valid(evidence)),
  first_sync INTEGER REFERENCES sync (id),
  first_seen_at INTEGER NOT NULL,
  resolved_sync INTEGER REFERENCES sync (id),
  resolved_at INTEGER,
  accepted_until TEXT,
  accepted_reason TEXT,
  accepted_by TEXT,
  accepted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX finding_standing ON finding (connection_id, rule, subject_id) WHERE resolved_at IS NULL;
CREATE INDEX finding_of_subject ON finding (subject_kind, subject_id);
CREATE INDEX finding_summary ON finding (connection_id, severity, accepted_until) WHERE resolved_at IS NULL;
CREATE INDEX finding_life ON finding (connection_id, first_seen_at, resolved_at, severity);

CREATE TABLE finding_evaluation (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  day TEXT NOT NULL,
  at INTEGER NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1))
) STRICT;

CREATE TRIGGER finding_after_key_described AFTER UPDATE ON logical_key BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id = new.connection_id;
END;
CREATE TRIGGER finding_after_rotation AFTER INSERT ON rotation BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id = (SELECT k.connection_id FROM key k WHERE k.id = new.key_id);
END;
CREATE TRIGGER finding_after_rotation_undone AFTER UPDATE ON rotation BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id = (SELECT k.connection_id FROM key k WHERE k.id = new.key_id);
END;
CREATE TRIGGER finding_after_client AFTER UPDATE OF kind, domains, archived_at ON client BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.kind = 'internal' OR old.kind = 'internal'
    OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.id);
END;
CREATE TRIGGER finding_after_policy AFTER INSERT ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;
CREATE TRIGGER finding_after_policy_changed AFTER UPDATE ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;
CREATE TRIGGER finding_after_policy_gone AFTER DELETE ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE old.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = old.client_id);
END;
