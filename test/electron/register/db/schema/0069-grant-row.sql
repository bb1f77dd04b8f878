
-- Derived after each sync: one row for each path by which an account has a role in an organization or a project. Of a path by
-- federation, via_role is the workload in words. dormant: the project is archived. ends_at: from when on the path gives nothing,
-- which is the expiry of an invite, and 0 for one that its provider reports as expired.
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
INSERT INTO grant_path
SELECT e.id, e.connection_id, e.principal_id, e.project_id, e.grant_id, e.role_raw, e.level, e.via, e.via_group_id, e.via_role,
  ifnull((SELECT n.status = 'archived' FROM project_version n WHERE n.project_id = e.project_id AND n.to_sync IS NULL), 0),
  (SELECT CASE WHEN p.kind = 'invite' THEN iif(v.status = 'expired', 0, v.expires_at) END
    FROM principal p JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL WHERE p.id = e.principal_id)
FROM effective_access e ORDER BY e.id;
DROP TABLE effective_access;
CREATE INDEX grant_path_of_connection ON grant_path (connection_id, principal_id);
CREATE INDEX grant_path_of_principal ON grant_path (principal_id, project_id);
CREATE INDEX grant_path_of_project ON grant_path (project_id, principal_id) WHERE project_id IS NOT NULL;
CREATE INDEX grant_path_privileged ON grant_path (connection_id, principal_id) WHERE level IN ('owner', 'admin');

-- What a grant is now. Its state also depends on the clock, which comes in as a parameter: EFFECTIVE_GRANTS and the others in
-- register/facts/grant-now.ts read these views, and nothing else reads the tables beneath.
CREATE VIEW grant_row AS
  SELECT id, connection_id, principal_id, project_id, grant_id, role_raw, level, via, via_group_id, via_role, dormant, ends_at,
    (SELECT g.granted_at FROM grant g WHERE g.id = grant_path.grant_id) AS granted_at,
    (SELECT g.from_sync FROM grant g WHERE g.id = grant_path.grant_id) AS from_sync,
    (SELECT g.implied_role_raw FROM grant g WHERE g.id = grant_path.grant_id) AS implied_role_raw,
    (SELECT g.implied_level FROM grant g WHERE g.id = grant_path.grant_id) AS implied_level
  FROM grant_path;
-- The few that administer, by their own index: most grants do not.
CREATE VIEW privileged_grant_row AS
  SELECT id, connection_id, principal_id, project_id, role_raw, level, via, via_group_id, via_role, dormant, ends_at
  FROM grant_path INDEXED BY grant_path_privileged WHERE level IN ('owner', 'admin');

-- Which grants a project has, for those that become dormant with it.
CREATE INDEX grant_of_project ON grant (project_id) WHERE project_id IS NOT NULL;
