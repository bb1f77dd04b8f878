/**
 * What is to be carried out at providers, from the wish to its end. `subject_name` survives the subject; `made` is the
 * provider's id of the key that a rotation made; `sent_at` is when it was last sent.
 */
export const remediations = {
  version: 7,
  name: 'remedies',
  sql: `
CREATE TABLE remedy (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('principal', 'key', 'project', 'connection')),
  subject_id INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  "values" TEXT NOT NULL DEFAULT '{}' CHECK (json_valid("values")),
  origin_kind TEXT CHECK (origin_kind IN ('finding', 'review-item', 'person')),
  origin_id INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying', 'done', 'failed', 'withdrawn')),
  outcome TEXT,
  made TEXT,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX remedy_wanted ON remedy (connection_id, action, subject_kind, subject_id, "values")
  WHERE state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying');
CREATE INDEX remedy_of_subject ON remedy (subject_kind, subject_id);
CREATE INDEX remedy_by_connection ON remedy (connection_id, state);
CREATE INDEX remedy_by_state ON remedy (state, connection_id);
`,
} as const
