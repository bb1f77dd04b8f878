/** A sync is one reading of a connection; a source is one list of it. */
export const syncs = `
CREATE TABLE sync (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  origin TEXT NOT NULL CHECK (origin IN ('api', 'file')),
  state TEXT NOT NULL CHECK (state IN ('complete', 'partial', 'failed', 'cancelled')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  reason TEXT,
  fault TEXT,
  uid TEXT
) STRICT;
CREATE INDEX sync_by_connection ON sync (connection_id, id);
CREATE UNIQUE INDEX sync_uid ON sync (uid);

-- excluded has the rows that could not be read, and why.
CREATE TABLE sync_source (
  sync_id INTEGER NOT NULL REFERENCES sync (id),
  source TEXT NOT NULL,
  project TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('complete', 'denied', 'unavailable', 'failed', 'cancelled')),
  expected INTEGER,
  fetched INTEGER NOT NULL,
  excluded TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(excluded)),
  reason TEXT,
  PRIMARY KEY (sync_id, source, project)
) STRICT, WITHOUT ROWID;
`
