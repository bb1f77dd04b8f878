/**
 * Remedies that come from a plan (or from an offboarding), and what people said about how a plan fits reality. Names stand in
 * lower case, as they are compared.
 */
export const planApply = {
  version: 17,
  name: 'plan-apply',
  sql: `
-- A remedy may come from a plan too, and what is made is wished for at its organization. The table is laid out anew since a
-- check cannot be changed; numbers are kept, since the journal names them.
CREATE TABLE remedy_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('principal', 'key', 'project', 'connection')),
  subject_id INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  "values" TEXT NOT NULL DEFAULT '{}' CHECK (json_valid("values")),
  origin_kind TEXT CHECK (origin_kind IN ('finding', 'review-item', 'person', 'plan', 'offboarding')),
  origin_id INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying', 'done', 'failed', 'withdrawn')),
  outcome TEXT,
  made TEXT,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER
) STRICT;
INSERT INTO remedy_next SELECT * FROM remedy;
DROP TABLE remedy;
ALTER TABLE remedy_next RENAME TO remedy;
CREATE UNIQUE INDEX remedy_wanted ON remedy (connection_id, action, subject_kind, subject_id, "values")
  WHERE state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying');
CREATE INDEX remedy_of_subject ON remedy (subject_kind, subject_id);
CREATE INDEX remedy_by_connection ON remedy (connection_id, state);
CREATE INDEX remedy_by_state ON remedy (state, connection_id);

-- What a person said about a plan: which connection an organization of it is.
CREATE TABLE plan_binding (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  organization TEXT NOT NULL,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  PRIMARY KEY (plan_id, organization)
) STRICT, WITHOUT ROWID;

-- Whether a project or key of another name is the planned one, whose name in the plan stands in lower case.
CREATE TABLE plan_same (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  part TEXT NOT NULL CHECK (part IN ('project', 'key')),
  planned TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  PRIMARY KEY (plan_id, part, planned, subject_id)
) STRICT, WITHOUT ROWID;
`,
} as const
