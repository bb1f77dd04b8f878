/** Changes that are to be made at providers, from the request to its end. */
export const remediation = `
-- made is the provider's id of what the change made; calls are the requests that were approved.
CREATE TABLE remediation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('principal', 'key', 'project', 'connection')),
  subject_id INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  "values" TEXT NOT NULL DEFAULT '{}' CHECK (json_valid("values")),
  origin_kind TEXT CHECK (origin_kind IN ('finding', 'review-item', 'person', 'plan', 'offboarding', 'key')),
  origin_id INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying', 'done', 'failed', 'withdrawn')),
  outcome TEXT,
  made TEXT,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER,
  uid TEXT,
  origin TEXT CHECK (origin IS NULL OR json_valid(origin)),
  aliases TEXT CHECK (aliases IS NULL OR json_valid(aliases)),
  calls TEXT,
  requests TEXT CHECK (requests IS NULL OR json_valid(requests)),
  approvals TEXT CHECK (approvals IS NULL OR json_valid(approvals))
) STRICT;
CREATE UNIQUE INDEX remediation_wanted ON remediation (connection_id, action, subject_kind, subject_id, "values")
  WHERE state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying');
CREATE INDEX remediation_of_subject ON remediation (subject_kind, subject_id);
CREATE INDEX remediation_by_connection ON remediation (connection_id, state);
CREATE INDEX remediation_by_state ON remediation (state, connection_id);
CREATE UNIQUE INDEX remediation_uid ON remediation (uid);
CREATE INDEX remediation_of_origin ON remediation (origin_kind, origin_id);
CREATE INDEX remediation_with_aliases ON remediation (id) WHERE aliases IS NOT NULL;
`
