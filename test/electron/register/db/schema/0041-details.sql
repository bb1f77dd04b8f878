
-- of_kind: limit, principal or project; external_id is that of the limit, principal or project. value: a list of texts, as JSON.
CREATE TABLE detail_version (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  of_kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX detail_standing ON detail_version (connection_id, external_id, of_kind, kind) WHERE to_sync IS NULL;
CREATE INDEX detail_opened ON detail_version (from_sync);
CREATE INDEX detail_closed ON detail_version (to_sync) WHERE to_sync IS NOT NULL;
