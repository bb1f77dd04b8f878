/** The logs of a team as this register holds them, and what waits to be placed in them. Empty in a register of one person. */
export const team = `
-- is_held is 0 where only the cards of the log are followed.
CREATE TABLE team_log (
  log TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('team', 'agency', 'client')),
  next INTEGER NOT NULL CHECK (next >= 0),
  head BLOB NOT NULL CHECK (length(head) = 32),
  is_held INTEGER NOT NULL CHECK (is_held IN (0, 1)),
  stop_reason TEXT,
  stop_at INTEGER,
  stop_by TEXT,
  CHECK ((stop_reason IS NULL) = (stop_at IS NULL))
) STRICT;

CREATE TABLE team_card (
  log TEXT NOT NULL,
  at INTEGER NOT NULL,
  head BLOB NOT NULL CHECK (length(head) = 32),
  card TEXT NOT NULL CHECK (json_valid(card)),
  PRIMARY KEY (log, at)
) STRICT, WITHOUT ROWID;

-- The rows of the server, so that any device can restore them. no_effect says why a whole batch does not count.
CREATE TABLE team_batch (
  id INTEGER PRIMARY KEY,
  log TEXT NOT NULL REFERENCES team_log (log),
  at INTEGER NOT NULL,
  before BLOB NOT NULL,
  card BLOB,
  device TEXT NOT NULL,
  member TEXT NOT NULL,
  class TEXT NOT NULL,
  change TEXT,
  box BLOB NOT NULL,
  signature BLOB NOT NULL,
  head BLOB NOT NULL,
  placed_by TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  no_effect TEXT,
  UNIQUE (log, at)
) STRICT;
CREATE INDEX team_batch_no_effect ON team_batch (id) WHERE no_effect IS NOT NULL;

-- place is the order in the log: position times 512 and the number in the batch. seen is the place of the operation that on names, -1 for none.
CREATE TABLE team_operation (
  id INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  place INTEGER NOT NULL,
  uid TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  device TEXT NOT NULL,
  member TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (json_valid(operation)),
  seen INTEGER NOT NULL,
  no_effect TEXT,
  journal_seq INTEGER REFERENCES journal (seq),
  placed_at INTEGER,
  clock_ms INTEGER,
  UNIQUE (log, place)
) STRICT;
CREATE UNIQUE INDEX team_operation_uid ON team_operation (log, uid) WHERE no_effect IS NULL;
CREATE INDEX team_operation_hash ON team_operation (log, hash);
CREATE UNIQUE INDEX team_operation_journal ON team_operation (journal_seq) WHERE journal_seq IS NOT NULL;
CREATE INDEX team_operation_kind ON team_operation (log, operation ->> 'kind', place) WHERE no_effect IS NULL;
CREATE INDEX team_operation_no_effect ON team_operation (id) WHERE no_effect IS NOT NULL;
CREATE INDEX team_operation_of_change ON team_operation (operation ->> '$.body.remediationUid', log, place) WHERE operation ->> '$.body.remediationUid' IS NOT NULL;
CREATE INDEX team_operation_clock ON team_operation (id) WHERE clock_ms IS NOT NULL;
CREATE INDEX team_operation_clock_of_review ON team_operation (operation ->> '$.body.reviewUid', id) WHERE clock_ms IS NOT NULL;

-- The last operation about a subject that was placed and counts: what a decision here names as seen.
CREATE TABLE team_topic (
  log TEXT NOT NULL,
  topic TEXT NOT NULL,
  hash BLOB NOT NULL,
  place INTEGER NOT NULL,
  member TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (log, topic)
) STRICT, WITHOUT ROWID;

-- What was decided here and is not placed. asked says why its author is asked first; counts is 0 where it does not count until then; role is that of the author when it was decided.
CREATE TABLE team_waiting (
  id INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  operation TEXT NOT NULL CHECK (json_valid(operation)),
  seen INTEGER NOT NULL,
  journal_seq INTEGER UNIQUE REFERENCES journal (seq),
  job TEXT,
  role TEXT,
  asked TEXT,
  other BLOB,
  counts INTEGER NOT NULL GENERATED ALWAYS AS (asked IS NULL OR asked IN ('old', 'another-role')) STORED
) STRICT;
CREATE INDEX team_waiting_log ON team_waiting (log, id);

-- The bytes that an operation names while it waits.
CREATE TABLE team_bytes (
  uid TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (uid, part)
) STRICT;

-- The sealed bytes beside a log, as the server has them.
CREATE TABLE team_sealed (
  log TEXT NOT NULL,
  address BLOB NOT NULL CHECK (length(address) = 32),
  sealed BLOB NOT NULL,
  PRIMARY KEY (log, address)
) STRICT;

CREATE TABLE team_key (
  log TEXT NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  key BLOB NOT NULL CHECK (length(key) = 32),
  PRIMARY KEY (log, generation)
) STRICT, WITHOUT ROWID;

-- What this installation sent: a batch of this device that is not here is that of a copy of the profile.
CREATE TABLE team_sent (
  log TEXT NOT NULL,
  at INTEGER NOT NULL,
  head BLOB NOT NULL,
  PRIMARY KEY (log, at, head)
) STRICT, WITHOUT ROWID;

-- Two histories of a log: the first batch of each in which they differ, as JSON with bytes in hex.
CREATE TABLE team_fork (log TEXT PRIMARY KEY, at INTEGER NOT NULL, own TEXT NOT NULL, server TEXT NOT NULL) STRICT;

CREATE TRIGGER team_batch_is_not_updated BEFORE UPDATE ON team_batch BEGIN
  SELECT RAISE(ABORT, 'A batch of a team cannot be changed.');
END;
`
