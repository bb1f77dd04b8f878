
-- A plan of how a client's organizations are meant to be. Several drafts stand side by side; reality is measured against
-- the one in force. A removed plan stays, with all its versions, and may be brought back.
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  title TEXT NOT NULL CHECK (title <> ''),
  in_force INTEGER NOT NULL DEFAULT 0 CHECK (in_force IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  CHECK (in_force = 0 OR removed_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX plan_in_force ON plan (client_id) WHERE in_force = 1;
CREATE UNIQUE INDEX plan_by_title ON plan (client_id, title COLLATE NOCASE) WHERE removed_at IS NULL;

-- Each save of a plan, whole, as JSON. The highest version is the one that stands; none is ever changed. What lists show
-- of it is counted when it is saved.
CREATE TABLE plan_version (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  version INTEGER NOT NULL CHECK (version > 0),
  model TEXT NOT NULL CHECK (json_valid(model)),
  organizations INTEGER NOT NULL,
  projects INTEGER NOT NULL,
  keys INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  says TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (plan_id, version)
) STRICT, WITHOUT ROWID;
