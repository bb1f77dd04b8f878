/**
 * The register. Access facts (project, principal, membership, grant, key, limit) are versioned by sync: a version
 * stands from `from_sync` until `to_sync` (null while it stands). Identities (project, principal, key) keep their id
 * through all versions, and hold what is observed rather than granted (last use) and what people add (last review).
 *
 * `source` and `source_project` name the list that a version came from; only a complete reading of it may close it.
 * Tables marked "derived" are worked out from the facts after every sync and can be rebuilt at any time.
 */
export const register = {
  version: 1,
  name: 'register',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE client (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('client', 'internal')),
  colour TEXT NOT NULL,
  domains TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(domains)),
  notes TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;

CREATE TABLE connection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT,
  access TEXT NOT NULL CHECK (access IN ('read-only', 'read-write')),
  organization_id TEXT,
  organization_name TEXT,
  credential_hint TEXT,
  credential_set_at INTEGER,
  credential_tested_at INTEGER,
  capabilities TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(capabilities)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE INDEX connection_by_client ON connection (client_id) WHERE removed_at IS NULL;

CREATE TABLE sync (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  origin TEXT NOT NULL CHECK (origin IN ('api', 'file')),
  state TEXT NOT NULL CHECK (state IN ('complete', 'partial', 'failed', 'cancelled')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX sync_by_connection ON sync (connection_id, id);

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

CREATE TABLE project (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  UNIQUE (connection_id, external_id)
) STRICT;
CREATE TABLE project_version (
  project_id INTEGER NOT NULL REFERENCES project (id),
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'archived')),
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
  created_at INTEGER,
  archived_at INTEGER,
  residency TEXT,
  PRIMARY KEY (project_id, from_sync)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX project_standing ON project_version (project_id) WHERE to_sync IS NULL;
CREATE INDEX project_opened ON project_version (from_sync);
CREATE INDEX project_closed ON project_version (to_sync) WHERE to_sync IS NOT NULL;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (name COLLATE NOCASE, id);
CREATE TABLE person_address (
  address TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_address_by_person ON person_address (person_id);

CREATE TABLE principal (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'service-account', 'group', 'invite')),
  person_id INTEGER REFERENCES person (id),
  last_used_at INTEGER,
  last_reviewed_on TEXT,
  UNIQUE (connection_id, external_id)
) STRICT;
CREATE INDEX principal_by_person ON principal (person_id, connection_id) WHERE person_id IS NOT NULL;
CREATE TABLE principal_version (
  principal_id INTEGER NOT NULL REFERENCES principal (id),
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  name TEXT,
  email TEXT,
  role_raw TEXT,
  level TEXT,
  status TEXT NOT NULL,
  added_at INTEGER,
  expires_at INTEGER,
  PRIMARY KEY (principal_id, from_sync)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX principal_standing ON principal_version (principal_id) WHERE to_sync IS NULL;
CREATE INDEX principal_opened ON principal_version (from_sync);
CREATE INDEX principal_closed ON principal_version (to_sync) WHERE to_sync IS NOT NULL;

CREATE TABLE membership (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  group_id INTEGER NOT NULL REFERENCES principal (id),
  member_id INTEGER NOT NULL REFERENCES principal (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX membership_standing ON membership (group_id, member_id) WHERE to_sync IS NULL;
CREATE INDEX membership_of_connection ON membership (connection_id) WHERE to_sync IS NULL;
CREATE INDEX membership_opened ON membership (from_sync);
CREATE INDEX membership_closed ON membership (to_sync) WHERE to_sync IS NOT NULL;

CREATE TABLE grant (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  principal_id INTEGER NOT NULL REFERENCES principal (id),
  project_id INTEGER REFERENCES project (id),
  role_raw TEXT NOT NULL,
  level TEXT NOT NULL,
  implied_role_raw TEXT,
  implied_level TEXT,
  granted_at INTEGER,
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id)
) STRICT;
CREATE UNIQUE INDEX grant_standing ON grant (principal_id, ifnull(project_id, 0), role_raw) WHERE to_sync IS NULL;
CREATE INDEX grant_of_connection ON grant (connection_id) WHERE to_sync IS NULL;
CREATE INDEX grant_opened ON grant (from_sync);
CREATE INDEX grant_closed ON grant (to_sync) WHERE to_sync IS NOT NULL;

CREATE TABLE logical_key (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  name TEXT NOT NULL,
  environment TEXT,
  team TEXT,
  purpose TEXT,
  contact TEXT,
  interval_days INTEGER CHECK (interval_days > 0),
  due_on TEXT,
  notes TEXT NOT NULL DEFAULT ''
) STRICT;

-- environment, team and purpose here are read from the name; what a person sets stands in logical_key and wins.
CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  logical_key_id INTEGER NOT NULL REFERENCES logical_key (id),
  last_use_state TEXT NOT NULL CHECK (last_use_state IN ('known', 'never', 'not-reported')),
  last_used_at INTEGER,
  snoozed_until TEXT,
  standing INTEGER NOT NULL DEFAULT 1 CHECK (standing IN (0, 1)),
  environment TEXT,
  team TEXT,
  purpose TEXT,
  lineage TEXT NOT NULL,
  -- Derived from the standing version, so that counting keys is one read of one index.
  created_at INTEGER,
  unowned INTEGER NOT NULL DEFAULT 0 CHECK (unowned IN (0, 1)),
  last_rotated_on TEXT,
  due_on TEXT,
  due_basis TEXT NOT NULL DEFAULT 'unknown',
  UNIQUE (connection_id, external_id)
) STRICT;
CREATE INDEX key_due ON key (due_on, connection_id) WHERE standing = 1;
CREATE INDEX key_summary ON key (connection_id, due_on, unowned, last_use_state, last_used_at, created_at) WHERE standing = 1;
CREATE INDEX key_by_logical_key ON key (logical_key_id);
CREATE INDEX key_by_lineage ON key (connection_id, lineage);
CREATE TABLE key_version (
  key_id INTEGER NOT NULL REFERENCES key (id),
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('project', 'admin', 'organization')),
  name TEXT NOT NULL,
  hint TEXT,
  status TEXT NOT NULL,
  project_id INTEGER REFERENCES project (id),
  owner_state TEXT NOT NULL CHECK (owner_state IN ('known', 'none', 'unknown')),
  owner_external_id TEXT,
  owner_kind TEXT,
  owner_name TEXT,
  owner_email TEXT,
  owner_access TEXT,
  created_at INTEGER,
  expires_at INTEGER,
  PRIMARY KEY (key_id, from_sync)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX key_standing ON key_version (key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_project ON key_version (project_id, key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_owner ON key_version (owner_external_id, key_id) WHERE to_sync IS NULL AND owner_external_id IS NOT NULL;
CREATE INDEX key_opened ON key_version (from_sync);
CREATE INDEX key_closed ON key_version (to_sync) WHERE to_sync IS NOT NULL;

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

CREATE TABLE rotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  logical_key_id INTEGER NOT NULL REFERENCES logical_key (id),
  key_id INTEGER NOT NULL REFERENCES key (id),
  key_name TEXT NOT NULL,
  trigger TEXT NOT NULL CHECK (trigger IN ('scheduled', 'leaver', 'leak')),
  rotated_on TEXT NOT NULL,
  recognised INTEGER NOT NULL CHECK (recognised IN (0, 1)),
  operator TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX rotation_by_key ON rotation (key_id);
CREATE INDEX rotation_by_logical_key ON rotation (logical_key_id);

CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id INTEGER NOT NULL REFERENCES key (id),
  due_on TEXT NOT NULL,
  rung TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  seen_at INTEGER,
  UNIQUE (key_id, due_on, rung)
) STRICT;

-- client_id 0 is the agency's own policy.
CREATE TABLE policy (
  client_id INTEGER PRIMARY KEY,
  "values" TEXT NOT NULL CHECK (json_valid("values"))
) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action TEXT NOT NULL,
  client TEXT,
  subject TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: a row cannot be changed.');
END;
CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: a row cannot be deleted.');
END;

-- Derived: the union of direct, group and organization roles, one row for each way in.
CREATE TABLE effective_access (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL,
  principal_id INTEGER NOT NULL,
  project_id INTEGER,
  grant_id INTEGER NOT NULL,
  role_raw TEXT NOT NULL,
  level TEXT NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('direct', 'group', 'organization')),
  via_group_id INTEGER,
  via_role TEXT
) STRICT;
CREATE INDEX effective_access_of_connection ON effective_access (connection_id, principal_id);
CREATE INDEX effective_access_of_principal ON effective_access (principal_id, project_id);
CREATE INDEX effective_access_of_project ON effective_access (project_id, principal_id) WHERE project_id IS NOT NULL;
CREATE INDEX effective_access_privileged ON effective_access (connection_id, principal_id) WHERE level IN ('owner', 'admin');

-- Derived: trigram index; rowid = id * 4 + kind (0 person, 1 key, 2 project, 3 client).
CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');

CREATE VIEW project_now AS
  SELECT p.id, p.connection_id, p.external_id, v.name, v.status, v.is_default, v.created_at, v.archived_at, v.residency,
    v.from_sync
  FROM project p JOIN project_version v ON v.project_id = p.id AND v.to_sync IS NULL;
CREATE VIEW principal_now AS
  SELECT p.id, p.connection_id, p.external_id, p.kind, p.person_id, p.last_used_at, p.last_reviewed_on, v.name, v.email,
    v.role_raw, v.level, v.status, v.added_at, v.expires_at, v.source, v.from_sync
  FROM principal p JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL;
CREATE VIEW key_now AS
  SELECT k.id, k.connection_id, k.external_id, k.logical_key_id, k.last_use_state, k.last_used_at, k.snoozed_until,
    k.last_rotated_on, k.due_on, k.due_basis, k.lineage, v.kind, v.name, v.hint, v.status, v.project_id, v.owner_state,
    v.owner_external_id, v.owner_kind, v.owner_name, v.owner_email, v.owner_access, v.created_at, v.expires_at,
    v.from_sync, ifnull(l.environment, k.environment) AS environment, ifnull(l.team, k.team) AS team,
    ifnull(l.purpose, k.purpose) AS purpose, l.contact, v.source
  FROM key k
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  JOIN logical_key l ON l.id = k.logical_key_id;
`,
} as const
