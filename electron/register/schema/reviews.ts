/** Access reviews. The population is frozen when a review is opened; the decision of an item is its last one. */
export const reviews = `
-- policy is the policy at the opening.
CREATE TABLE review (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  kind TEXT NOT NULL CHECK (kind IN ('departed', 'admins', 'roles', 'keys', 'membership')),
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'acknowledged', 'empty', 'withdrawn')),
  opened_at INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  due_on TEXT NOT NULL,
  override TEXT,
  -- The policy as it was.
  policy TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(policy)),
  -- The uid of the signed review that it was compared with; another register may have that one alone.
  previous TEXT,
  signed_at INTEGER,
  signed_by TEXT,
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  ended_at INTEGER,
  signed_operator TEXT,
  acknowledged_operator TEXT,
  carried TEXT,
  uid TEXT
) STRICT;
CREATE UNIQUE INDEX review_open ON review (client_id, kind) WHERE state = 'open';
CREATE INDEX review_by_client ON review (client_id, kind, opened_at);
CREATE UNIQUE INDEX review_uid ON review (uid);

-- The lists that the population was read from, with their states at the opening.
CREATE TABLE review_source (
  review_id INTEGER NOT NULL REFERENCES review (id),
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  source TEXT NOT NULL,
  project TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL,
  provider TEXT NOT NULL,
  organization_id TEXT,
  sync_id INTEGER REFERENCES sync (id),
  read_at INTEGER,
  origin TEXT,
  state TEXT NOT NULL,
  expected INTEGER,
  fetched INTEGER NOT NULL,
  excluded TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(excluded)),
  sync_uid TEXT,
  PRIMARY KEY (review_id, connection_id, source, project)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_item (
  id INTEGER PRIMARY KEY,
  review_id INTEGER NOT NULL REFERENCES review (id),
  position INTEGER NOT NULL,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  -- What it is about, for what is read back later: the principal or the key, and the project if it is about one.
  principal_id INTEGER REFERENCES principal (id),
  key_id INTEGER REFERENCES key (id),
  project_id INTEGER REFERENCES project (id),
  name TEXT NOT NULL,
  -- Who holds it, as frozen: the principal, or a key's owner. The person may have been merged into another since.
  person_id INTEGER,
  holder_name TEXT,
  holder_email TEXT,
  project_name TEXT,
  last_used_at INTEGER,
  flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
  decision TEXT CHECK (decision IN ('keep', 'change', 'remove', 'unknown')),
  change_to TEXT,
  why TEXT,
  until TEXT,
  decided_by TEXT,
  decided_at INTEGER,
  batch INTEGER,
  self_review INTEGER CHECK (self_review IN (0, 1)),
  closed_sync INTEGER REFERENCES sync (id),
  closed_at INTEGER,
  UNIQUE (review_id, position),
  CHECK ((principal_id IS NULL) <> (key_id IS NULL))
) STRICT;
CREATE INDEX review_item_summary ON review_item (review_id, decision, flagged, closed_at, self_review);
CREATE INDEX review_item_of_principal ON review_item (principal_id) WHERE principal_id IS NOT NULL;
CREATE INDEX review_item_of_key ON review_item (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX review_item_of_batch ON review_item (batch) WHERE batch IS NOT NULL;
CREATE INDEX review_item_pending ON review_item (connection_id) WHERE decision IN ('change', 'remove') AND closed_at IS NULL;
CREATE INDEX review_item_by_reviewer ON review_item (review_id, decided_by, decision, decided_at)
  WHERE decided_by IS NOT NULL;

-- What was true at the opening, in the shape of the contract; it does not change.
CREATE TABLE review_item_facts (
  item_id INTEGER PRIMARY KEY REFERENCES review_item (id),
  facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT;

-- Decisions that were taken together, so that they are undone together.
CREATE TABLE review_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  review_id INTEGER NOT NULL REFERENCES review (id),
  -- When the one before was decided; NULL for the first, for which the review could be looked at since it was opened.
  begun_at INTEGER,
  decided_at INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('keep', 'change', 'remove', 'unknown')),
  change_to TEXT,
  why TEXT,
  until TEXT,
  size INTEGER NOT NULL,
  -- Runs of positions, and those of them that are about the reviewer.
  positions TEXT NOT NULL CHECK (json_valid(positions)),
  self TEXT NOT NULL CHECK (json_valid(self)),
  undone_at INTEGER,
  uid TEXT
) STRICT;
CREATE INDEX review_batch_of_review ON review_batch (review_id, decided_at);
CREATE UNIQUE INDEX review_batch_uid ON review_batch (uid);

-- Findings of reviews that are overdue were evaluated with these dates.
CREATE TABLE review_told_overdue (principal_id INTEGER PRIMARY KEY REFERENCES principal (id), last_reviewed_on TEXT) STRICT;

CREATE TABLE review_reminder (
  client_id INTEGER NOT NULL REFERENCES client (id),
  kind TEXT NOT NULL,
  due_on TEXT NOT NULL,
  rung TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, kind, due_on, rung)
) STRICT, WITHOUT ROWID;

-- Items of a review of a team whose subjects this register has not read.
CREATE TABLE review_left (
  id INTEGER PRIMARY KEY,
  review_id INTEGER NOT NULL REFERENCES review (id),
  position INTEGER,
  item_id INTEGER,
  line TEXT NOT NULL CHECK (json_valid(line)),
  CHECK ((position IS NULL) = (item_id IS NULL))
) STRICT;
CREATE INDEX review_left_of_review ON review_left (review_id, position);
CREATE INDEX review_left_item ON review_left (item_id);
`
