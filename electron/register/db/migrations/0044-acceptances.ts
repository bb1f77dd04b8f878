/** Acceptances of findings, beside the findings, which are derived. */
export const acceptances = {
  version: 44,
  name: 'acceptances',
  sql: `
-- An acceptance names its finding by what is the same in every register: the rule, the subject as the provider calls it ('' for
-- the connection itself), and when it was first seen, since a finding that comes back is another one.
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  rule TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('connection', 'project', 'principal', 'key')),
  external_id TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  accepted_by TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  UNIQUE (connection_id, rule, subject_kind, external_id, first_seen_at)
) STRICT;
CREATE INDEX acceptance_at ON acceptance (accepted_at);
INSERT OR REPLACE INTO acceptance (connection_id, rule, subject_kind, external_id, first_seen_at, until, reason, accepted_by, accepted_at)
SELECT connection_id, rule, subject_kind,
  CASE subject_kind
    WHEN 'principal' THEN (SELECT s.external_id FROM principal s WHERE s.id = subject_id)
    WHEN 'key' THEN (SELECT s.external_id FROM key s WHERE s.id = subject_id)
    WHEN 'project' THEN (SELECT s.external_id FROM project s WHERE s.id = subject_id)
    ELSE '' END,
  first_seen_at, accepted_until, ifnull(accepted_reason, ''), ifnull(accepted_by, ''), ifnull(accepted_at, 0)
FROM finding WHERE accepted_until IS NOT NULL ORDER BY id;
-- The finding keeps the day alone, for its indexes.
ALTER TABLE finding DROP COLUMN accepted_reason;
ALTER TABLE finding DROP COLUMN accepted_by;
ALTER TABLE finding DROP COLUMN accepted_at;
`,
} as const
