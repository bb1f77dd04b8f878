
-- Set while a person marked someone as leaving: the last day, why, by whom and when, and the employment that HR had
-- reported before, which returns when the mark is removed. As JSON.
ALTER TABLE employment ADD COLUMN mark TEXT CHECK (mark IS NULL OR json_valid(mark));

-- A change may come from a key too. The table is rebuilt since a check cannot be changed; numbers are kept, since the
-- journal names them.
CREATE TABLE remedy_next (
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
