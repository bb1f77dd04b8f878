
CREATE TABLE federation_version_next (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  account_id INTEGER REFERENCES principal (id),
  name TEXT,
  status TEXT NOT NULL,
  projects TEXT CHECK (projects IS NULL OR json_valid(projects)),
  reaches_organization INTEGER NOT NULL CHECK (reaches_organization IN (0, 1)),
  level TEXT,
  issuer TEXT CHECK (issuer <> ''),
  issuer_name TEXT,
  issuer_status TEXT,
  audience TEXT,
  subject TEXT,
  claims TEXT NOT NULL CHECK (json_valid(claims)),
  condition TEXT,
  scopes TEXT,
  lifetime_seconds INTEGER,
  created_at INTEGER,
  pin TEXT NOT NULL,
  workload TEXT NOT NULL,
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
INSERT INTO federation_version_next SELECT id, connection_id, external_id, account_id, name, status, projects, reaches_organization, level,
  nullif(issuer, ''), issuer_name, issuer_status, audience, subject, claims, condition, scopes, lifetime_seconds, created_at, pin, workload,
  source, source_project, from_sync, to_sync FROM federation_version;
DROP TABLE federation_version;
ALTER TABLE federation_version_next RENAME TO federation_version;
CREATE UNIQUE INDEX federation_standing ON federation_version (connection_id, external_id) WHERE to_sync IS NULL;
CREATE INDEX federation_of_account ON federation_version (account_id) WHERE to_sync IS NULL;
CREATE INDEX federation_opened ON federation_version (from_sync);
CREATE INDEX federation_closed ON federation_version (to_sync) WHERE to_sync IS NOT NULL;
CREATE INDEX federation_by_external_id ON federation_version (connection_id, external_id);
