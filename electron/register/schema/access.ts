/**
 * Who reaches what. A version is valid from `from_sync` until `to_sync`, which is null while it lasts; `source` and `source_project` name the list that
 * it came from, and only a complete reading of that list may end it. Identities keep their id through all versions.
 */
export const access = `
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

-- Last use is observed and not granted, so it has no versions; removed is derived.
CREATE TABLE principal (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'service-account', 'group', 'invite')),
  person_id INTEGER REFERENCES person (id),
  last_used_at INTEGER,
  last_reviewed_on TEXT,
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed = 0 OR removed = 1),
  UNIQUE (connection_id, external_id)
) STRICT;
CREATE INDEX principal_invited ON principal (connection_id) WHERE kind = 'invite';
CREATE INDEX principal_by_person ON principal (person_id, connection_id, removed) WHERE person_id IS NOT NULL;
CREATE INDEX principal_removed ON principal (external_id COLLATE NOCASE) WHERE removed = 1;
CREATE INDEX principal_reviewed ON principal (connection_id, last_reviewed_on)
WHERE last_reviewed_on IS NOT NULL AND kind = 'user' AND removed = 0;

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
CREATE INDEX principal_named ON principal_version (ifnull(nullif(name, ''), email) COLLATE NOCASE) WHERE to_sync IS NULL;

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
CREATE INDEX membership_by_pair ON membership (group_id, member_id);
CREATE INDEX membership_by_member ON membership (member_id, group_id);

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
CREATE INDEX grant_by_principal ON grant (principal_id, project_id);
CREATE INDEX grant_carrying ON grant (connection_id) WHERE implied_role_raw IS NOT NULL;
CREATE INDEX grant_of_project ON grant (project_id) WHERE project_id IS NOT NULL;

-- Derived from grants, groups and rules after every sync: what a principal has now, by which path.
CREATE TABLE grant_path (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL,
  principal_id INTEGER NOT NULL,
  project_id INTEGER,
  grant_id INTEGER NOT NULL,
  role_raw TEXT NOT NULL,
  level TEXT NOT NULL,
  via TEXT NOT NULL CHECK (via = 'direct' OR via = 'group' OR via = 'organization' OR via = 'federation'),
  via_group_id INTEGER,
  via_role TEXT,
  dormant INTEGER NOT NULL CHECK (dormant = 0 OR dormant = 1),
  ends_at INTEGER
) STRICT;
CREATE INDEX grant_path_of_connection ON grant_path (connection_id, principal_id);
CREATE INDEX grant_path_of_principal ON grant_path (principal_id, project_id);
CREATE INDEX grant_path_of_project ON grant_path (project_id, principal_id) WHERE project_id IS NOT NULL;
CREATE INDEX grant_path_privileged ON grant_path (connection_id, principal_id) WHERE level IN ('owner', 'admin');

-- Every state that a project ever had. The views of a noun have the same columns: of the state that it is in now, and of the last
-- one, with which a removed one ended. SQLite makes the tables of a view part of the statement that reads it, unless the view is of
-- several tables and the right side of a LEFT JOIN.
CREATE VIEW project_history AS
  SELECT p.id, p.connection_id, p.external_id, v.from_sync, v.to_sync, v.source, v.name, v.status, v.is_default, v.created_at,
    v.archived_at, v.residency
  FROM project p JOIN project_version v ON v.project_id = p.id;
CREATE VIEW project_row AS SELECT * FROM project_history WHERE to_sync IS NULL;
CREATE VIEW project_last_row AS SELECT * FROM project_history h
  WHERE from_sync = (SELECT max(x.from_sync) FROM project_version x WHERE x.project_id = h.id);

CREATE VIEW account_history AS
  SELECT p.id, p.connection_id, p.external_id, p.kind, p.person_id, p.last_used_at, p.last_reviewed_on, p.removed, v.from_sync,
    v.to_sync, v.source, v.source_project, v.name, v.email, ifnull(nullif(v.name, ''), ifnull(v.email, p.external_id)) AS display_name,
    v.role_raw, v.level, v.status, v.added_at, v.expires_at
  FROM principal p JOIN principal_version v ON v.principal_id = p.id;
CREATE VIEW account_row AS SELECT * FROM account_history WHERE to_sync IS NULL;
CREATE VIEW account_last_row AS SELECT * FROM account_history h
  WHERE from_sync = (SELECT max(x.from_sync) FROM principal_version x WHERE x.principal_id = h.id);

-- The state of a project or account that a list has now. Of one table, so that it can be the right side of a LEFT JOIN.
CREATE VIEW project_now AS SELECT project_id AS id, name, status FROM project_version WHERE to_sync IS NULL;
CREATE VIEW account_now AS SELECT principal_id AS id, name, email, role_raw, level FROM principal_version WHERE to_sync IS NULL;

-- A project that another row names, in any list or in none. Of one table, as project_now.
CREATE VIEW project_ref AS
  SELECT p.id, p.connection_id, p.external_id,
    ifnull((SELECT n.name FROM project_now n WHERE n.id = p.id), p.external_id) AS name,
    ifnull((SELECT n.status FROM project_now n WHERE n.id = p.id), 'gone') AS status
  FROM project p;

-- An account that another row names, in any list or in none.
CREATE VIEW account_ref AS
  SELECT p.id, p.connection_id, p.external_id, p.kind, p.person_id, p.last_used_at, p.removed, n.name, n.email,
    ifnull(ifnull(nullif(n.name, ''), n.email), p.external_id) AS display_name, n.role_raw, n.level
  FROM principal p LEFT JOIN account_now n ON n.id = p.id;

-- What a grant is now: effective, dormant or expired. The time comes from the reader.
CREATE VIEW grant_row AS
  SELECT id, connection_id, principal_id, project_id, grant_id, role_raw, level, via, via_group_id, via_role, dormant, ends_at,
    (SELECT g.granted_at FROM grant g WHERE g.id = grant_path.grant_id) AS granted_at,
    (SELECT g.from_sync FROM grant g WHERE g.id = grant_path.grant_id) AS from_sync,
    (SELECT g.implied_role_raw FROM grant g WHERE g.id = grant_path.grant_id) AS implied_role_raw,
    (SELECT g.implied_level FROM grant g WHERE g.id = grant_path.grant_id) AS implied_level,
    (SELECT n.name FROM project_now n WHERE n.id = grant_path.project_id) AS project_name,
    (SELECT n.name FROM account_now n WHERE n.id = grant_path.via_group_id) AS group_name
  FROM grant_path;

-- Who is owner or admin is asked about every organization, so it has an index of its own.
CREATE VIEW privileged_grant_row AS
  SELECT id, connection_id, principal_id, project_id, role_raw, level, via, via_group_id, via_role, dormant, ends_at
  FROM grant_path INDEXED BY grant_path_privileged WHERE level IN ('owner', 'admin');
`
