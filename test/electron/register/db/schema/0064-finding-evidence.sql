
CREATE TABLE finding_next (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity = 'critical' OR severity = 'high' OR severity = 'medium' OR severity = 'low' OR severity = 'info'),
  subject_kind TEXT NOT NULL CHECK (subject_kind = 'connection' OR subject_kind = 'project' OR subject_kind = 'principal' OR subject_kind = 'key'),
  subject_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  evidence TEXT NOT NULL,
  first_sync INTEGER REFERENCES sync (id),
  first_seen_at INTEGER NOT NULL,
  resolved_sync INTEGER REFERENCES sync (id),
  resolved_at INTEGER,
  accepted_until TEXT,
  quiet INTEGER NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1))
) STRICT;
INSERT INTO finding_next (id, connection_id, rule, severity, subject_kind, subject_id, name, evidence, first_sync, first_seen_at,
  resolved_sync, resolved_at, accepted_until, quiet)
SELECT id, connection_id, rule, severity, subject_kind, subject_id, name, evidence, first_sync, first_seen_at,
  resolved_sync, resolved_at, accepted_until, quiet FROM finding ORDER BY id;
DROP TABLE finding;
ALTER TABLE finding_next RENAME TO finding;
CREATE UNIQUE INDEX finding_standing ON finding (connection_id, rule, subject_id) WHERE resolved_at IS NULL;
CREATE INDEX finding_of_subject ON finding (subject_kind, subject_id);
CREATE INDEX finding_summary ON finding (connection_id, severity, accepted_until) WHERE resolved_at IS NULL AND quiet = 0;
CREATE INDEX finding_life ON finding (connection_id, first_seen_at, resolved_at, severity) WHERE quiet = 0;
CREATE INDEX finding_today ON finding (connection_id, subject_kind, subject_id, severity, rule, accepted_until, first_seen_at,
  resolved_at, quiet) WHERE resolved_at IS NULL AND quiet = 0;
CREATE INDEX finding_accepted ON finding (accepted_until, rule) WHERE resolved_at IS NULL AND accepted_until IS NOT NULL;
