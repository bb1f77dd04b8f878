/** Plans, their versions, and what people decided about how a plan fits reality. */
export const plans = `
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  title TEXT NOT NULL CHECK (title <> ''),
  in_force INTEGER NOT NULL DEFAULT 0 CHECK (in_force IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  uid TEXT,
  CHECK (in_force = 0 OR removed_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX plan_in_force ON plan (client_id) WHERE in_force = 1;
CREATE UNIQUE INDEX plan_by_title ON plan (client_id, title COLLATE NOCASE) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX plan_uid ON plan (uid);

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
  uid TEXT,
  parent INTEGER,
  draft INTEGER NOT NULL DEFAULT 0 CHECK (draft IN (0, 1)),
  PRIMARY KEY (plan_id, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX plan_version_uid ON plan_version (uid);

-- The connection that a planned organization is.
CREATE TABLE plan_binding (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  organization TEXT NOT NULL,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  PRIMARY KEY (plan_id, organization)
) STRICT, WITHOUT ROWID;

-- Whether a planned project or key is one that exists, as a person decided. Names are in lower case, as they are compared.
CREATE TABLE plan_same (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  part TEXT NOT NULL CHECK (part IN ('project', 'key')),
  planned TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  PRIMARY KEY (plan_id, part, planned, subject_id)
) STRICT, WITHOUT ROWID;
`
