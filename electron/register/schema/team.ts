/** The history of a team as this register holds it, and what waits to be placed in it. Empty in a register of one person. */
export const team = `
-- floor is the last entry that this register took.
CREATE TABLE team_stream (
  stream TEXT PRIMARY KEY,
  head BLOB NOT NULL CHECK (length(head) = 32),
  next INTEGER NOT NULL CHECK (next >= 0),
  floor INTEGER NOT NULL CHECK (floor >= -1),
  stop_reason TEXT,
  stop_seq INTEGER,
  CHECK ((stop_reason IS NULL) = (stop_seq IS NULL))
) STRICT;

-- void_reason says why an authentic entry has no effect.
CREATE TABLE team_entry (
  id INTEGER PRIMARY KEY,
  stream TEXT NOT NULL REFERENCES team_stream (stream),
  seq INTEGER NOT NULL CHECK (seq >= 0),
  op TEXT NOT NULL,
  device TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  opset INTEGER NOT NULL,
  team_seq INTEGER NOT NULL,
  op_hash BLOB NOT NULL CHECK (length(op_hash) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  sealed BLOB NOT NULL,
  is_counted INTEGER NOT NULL CHECK (is_counted IN (0, 1)),
  member TEXT,
  void_reason TEXT,
  operation TEXT,
  journal_seq INTEGER REFERENCES journal (seq),
  placed_at INTEGER,
  clock_ms INTEGER,
  UNIQUE (stream, seq),
  CHECK ((member IS NULL) = (void_reason IS NOT NULL)),
  CHECK (member IS NULL OR operation IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX team_entry_op ON team_entry (stream, op) WHERE is_counted = 1;
CREATE INDEX team_entry_device ON team_entry (stream, device, device_seq) WHERE is_counted = 1;
CREATE UNIQUE INDEX team_entry_journal ON team_entry (journal_seq) WHERE journal_seq IS NOT NULL;
CREATE INDEX team_entry_kind ON team_entry (stream, operation ->> 'kind', seq) WHERE void_reason IS NULL;
CREATE INDEX team_entry_void ON team_entry (id) WHERE void_reason IS NOT NULL AND void_reason <> 'fence';
CREATE INDEX team_entry_reading ON team_entry (id) WHERE void_reason IS NULL AND operation ->> 'kind' = 'reading.taken';
CREATE INDEX team_entry_of_change ON team_entry (operation ->> '$.body.remediationUid', stream, seq) WHERE operation ->> '$.body.remediationUid' IS NOT NULL;
CREATE INDEX team_entry_clock ON team_entry (id) WHERE clock_ms IS NOT NULL;
CREATE INDEX team_entry_clock_of_review ON team_entry (operation ->> '$.body.reviewUid', id)
  WHERE clock_ms IS NOT NULL AND void_reason IS NULL;

-- What was decided here and is not placed yet; a reading has the lease that it was made under.
CREATE TABLE team_pending (
  id INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  op TEXT NOT NULL UNIQUE,
  operation TEXT NOT NULL,
  journal_seq INTEGER UNIQUE REFERENCES journal (seq),
  job TEXT,
  token INTEGER CHECK ((token IS NULL) = (job IS NULL)),
  void_reason TEXT
) STRICT;
CREATE INDEX team_pending_stream ON team_pending (stream, id);

-- Bytes that operations name.
CREATE TABLE team_blob (
  op TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (op, part)
) STRICT;
CREATE INDEX team_blob_at ON team_blob (at);

CREATE TABLE team_facts (client TEXT PRIMARY KEY, stream TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE team_approval (client TEXT PRIMARY KEY, required INTEGER NOT NULL CHECK (required IN (0, 1))) STRICT;

CREATE TRIGGER team_entry_is_not_updated BEFORE UPDATE ON team_entry BEGIN
  SELECT RAISE(ABORT, 'An entry of a team cannot be changed.');
END;
`
