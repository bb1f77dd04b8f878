/** Events of the providers' own logs, and how far each log is read. */
export const events = `
-- subject_x, project_x and actor_x are the provider's own ids.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_x TEXT,
  subject_name TEXT,
  project_x TEXT,
  role_raw TEXT,
  level TEXT,
  actor TEXT NOT NULL,
  actor_x TEXT,
  actor_email TEXT,
  actor_address TEXT,
  actor_agent TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE UNIQUE INDEX event_once ON event (connection_id, external_id);
CREATE INDEX event_by_time ON event (connection_id, at);
CREATE INDEX event_of_subject ON event (connection_id, subject_x, at) WHERE subject_x IS NOT NULL;
CREATE INDEX event_of_rare ON event (connection_id, at) WHERE subject IN ('limit', 'certificate');

-- kept_ms is for how long the provider keeps events, so that a quiet log is not taken for one that dropped some.
CREATE TABLE event_log (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  began_at INTEGER NOT NULL,
  read_to_at INTEGER NOT NULL,
  kept_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A part of a log that is being read, with the position to go on from.
CREATE TABLE event_span (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  position TEXT
) STRICT;
CREATE INDEX event_span_of_connection ON event_span (connection_id);

-- A time whose events the provider no longer had.
CREATE TABLE event_gap (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX event_gap_of_connection ON event_gap (connection_id);
`
