/** What narrows access or spend at a provider, and the rules by which workloads act without a key; versioned as access is. */
export const bounds = `
-- amount is in micro-USD for spend, else in the unit of metric.
CREATE TABLE limit_version (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  project_id INTEGER REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('spend', 'rate')),
  enforcement TEXT NOT NULL CHECK (enforcement IN ('hard', 'alert')),
  metric TEXT NOT NULL,
  model TEXT,
  amount INTEGER NOT NULL,
  period TEXT NOT NULL,
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX limit_standing ON limit_version (connection_id, external_id) WHERE to_sync IS NULL;
CREATE INDEX limit_of_project ON limit_version (project_id) WHERE to_sync IS NULL;
CREATE INDEX limit_opened ON limit_version (from_sync);
CREATE INDEX limit_closed ON limit_version (to_sync) WHERE to_sync IS NOT NULL;
CREATE INDEX limit_by_external_id ON limit_version (connection_id, external_id);

-- What narrows access: guardrails, permitted models, and who may use a deposited credential.
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
CREATE INDEX certificate_by_external_id ON certificate_version (connection_id, external_id);

-- issuer is null where it could not be read.
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
CREATE UNIQUE INDEX federation_standing ON federation_version (connection_id, external_id) WHERE to_sync IS NULL;
CREATE INDEX federation_of_account ON federation_version (account_id) WHERE to_sync IS NULL;
CREATE INDEX federation_opened ON federation_version (from_sync);
CREATE INDEX federation_closed ON federation_version (to_sync) WHERE to_sync IS NOT NULL;
CREATE INDEX federation_by_external_id ON federation_version (connection_id, external_id);

-- What a provider reports more of a limit, principal or project.
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
`
