/**
 * What personnel says of a person, and what a person decided about who is who. `person_address` holds every address and
 * alias of a person; a merge moves them, and remembers what it moved so that it can be taken back.
 */
export const people = {
  version: 5,
  name: 'people',
  sql: `
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
  told_at INTEGER NOT NULL,
  -- When the first file that tells of the departure was taken in; null while employed.
  departure_told_at INTEGER
) STRICT;
CREATE INDEX employment_by_status ON employment (status, ends_on);

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

CREATE TABLE person_merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES person (id),
  -- Who was given up stays as an empty row, so that it can be filled again under the same number.
  other_id INTEGER NOT NULL REFERENCES person (id) CHECK (other_id <> kept_id),
  -- What the other one gave up: addresses, principals and employment; and what the kept one had before.
  given_up TEXT NOT NULL CHECK (json_valid(given_up)),
  merged_at INTEGER NOT NULL,
  merged_by TEXT NOT NULL,
  split_at INTEGER
) STRICT;
CREATE INDEX person_merge_by_kept ON person_merge (kept_id) WHERE split_at IS NULL;
CREATE UNIQUE INDEX person_merge_by_other ON person_merge (other_id) WHERE split_at IS NULL;

CREATE TRIGGER finding_after_employment AFTER INSERT ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = new.person_id);
END;
CREATE TRIGGER finding_after_employment_changed AFTER UPDATE ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id IN (old.person_id, new.person_id));
END;
CREATE TRIGGER finding_after_employment_gone AFTER DELETE ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = old.person_id);
END;
`,
} as const
