/** The history of a team as this register holds it, and what waits to be placed in it. Empty in a register of one person. */
export const team = {
  version: 46,
  name: 'team',
  sql: `
-- A stream by its uid: where this register is in it. The head is a hash over everything before the next position.
CREATE TABLE team_stream (
  stream TEXT PRIMARY KEY,
  head BLOB NOT NULL CHECK (length(head) = 32),
  next INTEGER NOT NULL CHECK (next >= 0),
  floor INTEGER NOT NULL CHECK (floor >= -1),
  stop_reason TEXT,
  stop_seq INTEGER,
  CHECK ((stop_reason IS NULL) = (stop_seq IS NULL))
) STRICT;

-- The entries as the server keeps them, with what this register concluded: an effective one has its member and operation, a void
-- one the reason, and the operation if it was decided here. 'journal_seq' is the row of the journal that it is.
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
  UNIQUE (stream, seq),
  CHECK ((member IS NULL) = (void_reason IS NOT NULL)),
  CHECK (member IS NULL OR operation IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX team_entry_op ON team_entry (stream, op) WHERE is_counted = 1;
CREATE INDEX team_entry_device ON team_entry (stream, device, device_seq) WHERE is_counted = 1;
CREATE UNIQUE INDEX team_entry_journal ON team_entry (journal_seq) WHERE journal_seq IS NOT NULL;

-- What was decided here and is not placed yet, in the order of the decisions.
CREATE TABLE team_pending (
  id INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  op TEXT NOT NULL UNIQUE,
  operation TEXT NOT NULL,
  journal_seq INTEGER UNIQUE REFERENCES journal (seq)
) STRICT;
CREATE INDEX team_pending_stream ON team_pending (stream, id);

CREATE TRIGGER team_entry_is_not_updated BEFORE UPDATE ON team_entry BEGIN
  SELECT RAISE(ABORT, 'An entry of a team cannot be changed.');
END;
`,
} as const
