
-- keys and members hold ids of the provider, as JSON; null in both: everything where it is.
CREATE TABLE restriction_version (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  project_id INTEGER REFERENCES project (id),
  kind TEXT NOT NULL,
  name TEXT,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  keys TEXT CHECK (keys IS NULL OR json_valid(keys)),
  members TEXT CHECK (members IS NULL OR json_valid(members)),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX restriction_standing ON restriction_version (connection_id, external_id) WHERE to_sync IS NULL;
CREATE INDEX restriction_of_project ON restriction_version (project_id) WHERE to_sync IS NULL;
CREATE INDEX restriction_opened ON restriction_version (from_sync);
CREATE INDEX restriction_closed ON restriction_version (to_sync) WHERE to_sync IS NOT NULL;
