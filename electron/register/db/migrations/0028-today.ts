/** What people decided about entries of Today, and the indexes by which it is read. */
export const today = {
  version: 28,
  name: 'today',
  sql: `
-- A matter of Today at one client: hidden until a day (snoozed), or without one (dismissed), as long as its facts do not
-- get worse than those kept here; and what a person noted about it. A row that is not hidden only has a note.
CREATE TABLE today_state (
  client_id INTEGER NOT NULL REFERENCES client (id),
  entry TEXT NOT NULL,
  hidden TEXT CHECK (hidden IN ('snoozed', 'dismissed')),
  until TEXT,
  reason TEXT NOT NULL DEFAULT '',
  facts TEXT CHECK (json_valid(facts)),
  by TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (client_id, entry),
  CHECK ((hidden IS 'snoozed') = (until IS NOT NULL)),
  CHECK ((hidden IS NULL) = (facts IS NULL))
) STRICT, WITHOUT ROWID;

-- The worst open finding of each subject is read from this index alone.
CREATE INDEX finding_today ON finding (connection_id, subject_kind, subject_id, severity, rule, accepted_until, first_seen_at,
  resolved_at, quiet) WHERE resolved_at IS NULL AND quiet = 0;
CREATE INDEX finding_accepted ON finding (accepted_until, rule) WHERE resolved_at IS NULL AND accepted_until IS NOT NULL;

-- Few keys are admin keys, and few are snoozed.
CREATE INDEX key_admin ON key_version (key_id) WHERE to_sync IS NULL AND kind = 'admin';
CREATE INDEX key_snoozed ON key (snoozed_until) WHERE snoozed_until IS NOT NULL;
`,
} as const
