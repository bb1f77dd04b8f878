/** People across all connections, their addresses, and what an HR file or a person reports of them. */
export const people = `
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (name COLLATE NOCASE, id);

-- Every address and alias of a person; a merge moves them.
CREATE TABLE person_address (address TEXT PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person (id)) STRICT, WITHOUT ROWID;
CREATE INDEX person_address_by_person ON person_address (person_id);

CREATE TABLE employment (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  external_id TEXT,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('employed', 'leave', 'departed')),
  department TEXT,
  manager TEXT,
  job_title TEXT,
  contractor INTEGER NOT NULL DEFAULT 0 CHECK (contractor IN (0, 1)),
  starts_on TEXT,
  ends_on TEXT,
  source TEXT NOT NULL,
  reported_at INTEGER NOT NULL,
  -- When the first file that reports the departure was imported; null while employed.
  departure_reported_at INTEGER,
  mark TEXT CHECK (mark IS NULL OR json_valid(mark))
) STRICT;
CREATE INDEX employment_by_status ON employment (status, ends_on);

-- Possible duplicates, and those that a person rejected.
CREATE TABLE person_match (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'rejected')),
  found_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by TEXT,
  CHECK (person_id < other_id),
  UNIQUE (person_id, other_id)
) STRICT;
CREATE INDEX person_match_by_other ON person_match (other_id);

-- A merge remembers what it moved, so that it can be undone.
CREATE TABLE person_merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES person (id),
  -- Who was given up stays as an empty row, so that it can be filled again under the same number.
  other_id INTEGER NOT NULL REFERENCES person (id) CHECK (other_id <> kept_id),
  -- What the other one gave up: addresses, principals and employment; and what the kept one had before.
  given_up TEXT NOT NULL CHECK (json_valid(given_up)),
  merged_at INTEGER NOT NULL,
  merged_by TEXT NOT NULL,
  split_at INTEGER,
  uid TEXT
) STRICT;
CREATE INDEX person_merge_by_kept ON person_merge (kept_id) WHERE split_at IS NULL;
CREATE UNIQUE INDEX person_merge_by_other ON person_merge (other_id) WHERE split_at IS NULL;
CREATE UNIQUE INDEX person_merge_uid ON person_merge (uid);
`
