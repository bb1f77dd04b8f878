/** Prices that were typed in, folders that are watched for usage records, and what names of keys say. */
export const reconciliation = {
  version: 12,
  name: 'coverage',
  sql: `
-- What tokens of a model cost from a day on (days since 1970-01-01, UTC), as somebody typed it in; for one client, or for all.
-- Rates are micro-USD for a million tokens. Cached tokens and those written to a cache are part of the input.
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
  set_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX price_pin_of ON price_pin (ifnull(client_id, 0), model, from_day);

-- A folder that files of a client's own usage records are taken in from.
CREATE TABLE usage_folder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  path TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  UNIQUE (client_id, path)
) STRICT;

-- How each file of a watched folder was last taken in, and how it looked then: one that looks the same is not read again.
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

-- What the word of a key says by its client's pattern of names, for keys that the register does not hold.
ALTER TABLE usage_name ADD COLUMN environment TEXT;
ALTER TABLE usage_name ADD COLUMN team TEXT;
`,
} as const
