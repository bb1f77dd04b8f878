/** Federation rules, by which workloads act as a service account without a key, as one more path of effective access; and client certificates. */
export const federation = {
  version: 32,
  name: 'federation',
  sql: `
-- pin and workload are derived from what the rule requires of a token: how far it pins the workloads down, and in words.
CREATE TABLE federation_version (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  account_id INTEGER REFERENCES principal (id),
  name TEXT,
  status TEXT NOT NULL,
  projects TEXT CHECK (projects IS NULL OR json_valid(projects)),
  reaches_organization INTEGER NOT NULL CHECK (reaches_organization IN (0, 1)),
  level TEXT,
  issuer TEXT NOT NULL,
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
CREATE UNIQUE INDEX federation_standing ON federation_version (connection_id, external_id) WHERE to_sync IS NULL;
CREATE INDEX federation_of_account ON federation_version (account_id) WHERE to_sync IS NULL;
CREATE INDEX federation_opened ON federation_version (from_sync);
CREATE INDEX federation_closed ON federation_version (to_sync) WHERE to_sync IS NOT NULL;

-- A certificate is a row for the organization, and one for each project that lists it.
CREATE TABLE certificate_version (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  project_id INTEGER REFERENCES project (id),
  name TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  valid_at INTEGER,
  expires_at INTEGER,
  created_at INTEGER,
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX certificate_standing ON certificate_version (connection_id, external_id, ifnull(project_id, 0)) WHERE to_sync IS NULL;
CREATE INDEX certificate_of_project ON certificate_version (project_id) WHERE to_sync IS NULL;
CREATE INDEX certificate_opened ON certificate_version (from_sync);
CREATE INDEX certificate_closed ON certificate_version (to_sync) WHERE to_sync IS NOT NULL;

-- The table is made again, since a check cannot be changed. Of a path by federation, via_role is the workload in words.
CREATE TABLE effective_access_next (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL,
  principal_id INTEGER NOT NULL,
  project_id INTEGER,
  grant_id INTEGER NOT NULL,
  role_raw TEXT NOT NULL,
  level TEXT NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('direct', 'group', 'organization', 'federation')),
  via_group_id INTEGER,
  via_role TEXT
) STRICT;
INSERT INTO effective_access_next SELECT * FROM effective_access;
DROP TABLE effective_access;
ALTER TABLE effective_access_next RENAME TO effective_access;
CREATE INDEX effective_access_of_connection ON effective_access (connection_id, principal_id);
CREATE INDEX effective_access_of_principal ON effective_access (principal_id, project_id);
CREATE INDEX effective_access_of_project ON effective_access (project_id, principal_id) WHERE project_id IS NOT NULL;
CREATE INDEX effective_access_privileged ON effective_access (connection_id, principal_id) WHERE level IN ('owner', 'admin');
`,
} as const
