/** Usage, added up as it arrives. Money is in micro-USD, with the thousandths in `cost_nano`. */
export const usage = `
-- The words that usage is reported by, with the last known name of each; the empty word is what was not reported.
CREATE TABLE usage_name (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  dimension TEXT NOT NULL CHECK (dimension IN ('project', 'key', 'principal', 'model', 'feature')),
  word TEXT NOT NULL,
  name TEXT,
  ref INTEGER,
  environment TEXT,
  team TEXT,
  UNIQUE (client_id, dimension, word)
) STRICT;

-- Sums by the dimensions of a face; a dimension that it does not have is 0. Months count from January 1970, days from its first. Connection 0 is the client's own records.
CREATE TABLE usage_cell (
  face INTEGER NOT NULL,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER NOT NULL,
  period INTEGER NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  c INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  estimate INTEGER NOT NULL,
  cost_nano INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (face, client_id, connection_id, period, a, b, c)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  file TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  -- 0 while it runs, and for ever where it was broken off; what was counted until then is in its parts.
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  read INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  repeated INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  undone_at INTEGER,
  undone_by TEXT,
  uid TEXT
) STRICT;
CREATE INDEX usage_import_of ON usage_import (client_id, id);
CREATE UNIQUE INDEX usage_import_uid ON usage_import (uid);

CREATE TABLE usage_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  file TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  counted_at INTEGER,
  import_id INTEGER REFERENCES usage_import (id)
) STRICT;
CREATE INDEX usage_part_uncounted ON usage_part (id) WHERE counted_at IS NULL;
CREATE INDEX usage_part_of ON usage_part (import_id) WHERE import_id IS NOT NULL;

-- The sums that a part added, so that its import can be undone.
CREATE TABLE usage_part_sum (
  part INTEGER NOT NULL REFERENCES usage_part (id),
  face INTEGER NOT NULL,
  rows BLOB NOT NULL
) STRICT;
CREATE INDEX usage_part_sum_of ON usage_part_sum (part);

-- The usage of a day as the provider reported it last, so that a later reading replaces it.
CREATE TABLE usage_fact (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  day INTEGER NOT NULL,
  report TEXT NOT NULL,
  project INTEGER NOT NULL,
  key INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  model INTEGER NOT NULL,
  item TEXT NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  estimate INTEGER NOT NULL,
  cost_nano INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (connection_id, day, report, project, key, principal, model, item)
) STRICT, WITHOUT ROWID;

-- read_days are the days that were read, as JSON; others are unknown, not zero.
CREATE TABLE usage_report (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  report TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  unread_from INTEGER,
  at INTEGER NOT NULL,
  way INTEGER NOT NULL DEFAULT 0,
  way_at INTEGER NOT NULL DEFAULT 0,
  read_days TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (connection_id, report)
) STRICT, WITHOUT ROWID;

-- The ids of requests that were counted, so that none counts twice.
CREATE TABLE usage_request_piece (
  bucket INTEGER NOT NULL,
  run INTEGER NOT NULL,
  part INTEGER NOT NULL,
  requests BLOB NOT NULL,
  parts BLOB,
  PRIMARY KEY (bucket, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_folder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  path TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  uid TEXT,
  UNIQUE (client_id, path)
) STRICT;
CREATE UNIQUE INDEX usage_folder_uid ON usage_folder (uid);

CREATE TABLE usage_folder_file (
  folder_id INTEGER NOT NULL REFERENCES usage_folder (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('taken', 'partial', 'refused')),
  says TEXT,
  read INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  repeated INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (folder_id, name)
) STRICT, WITHOUT ROWID;

-- Prices per million tokens that were typed in; without a client they are the agency's.
CREATE TABLE price_pin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER REFERENCES client (id),
  model TEXT NOT NULL CHECK (model <> ''),
  from_day INTEGER NOT NULL,
  input INTEGER NOT NULL CHECK (input >= 0),
  cached INTEGER NOT NULL CHECK (cached >= 0),
  cache_write INTEGER NOT NULL CHECK (cache_write >= 0),
  output INTEGER NOT NULL CHECK (output >= 0),
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  uid TEXT
) STRICT;
CREATE UNIQUE INDEX price_pin_of ON price_pin (ifnull(client_id, 0), model, from_day);
CREATE UNIQUE INDEX price_pin_uid ON price_pin (uid, ifnull(client_id, 0));
`
