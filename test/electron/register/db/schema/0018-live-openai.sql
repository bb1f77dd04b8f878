
-- A key may be of unknown kind: OpenAI lists keys of projects among its admin keys, and which of them they are is found out
-- from the lists of the projects. The table is made again, since a check cannot be changed.
DROP VIEW key_now;
CREATE TABLE key_version_next (
  key_id INTEGER NOT NULL REFERENCES key (id),
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('project', 'admin', 'organization', 'unknown')),
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
INSERT INTO key_version_next SELECT * FROM key_version;
DROP TABLE key_version;
ALTER TABLE key_version_next RENAME TO key_version;
CREATE UNIQUE INDEX key_standing ON key_version (key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_project ON key_version (project_id, key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_owner ON key_version (owner_external_id, key_id) WHERE to_sync IS NULL AND owner_external_id IS NOT NULL;
CREATE INDEX key_opened ON key_version (from_sync);
CREATE INDEX key_closed ON key_version (to_sync) WHERE to_sync IS NOT NULL;
CREATE VIEW key_now AS
  SELECT k.id, k.connection_id, k.external_id, k.logical_key_id, k.last_use_state, k.last_used_at, k.snoozed_until,
    k.last_rotated_on, k.due_on, k.due_basis, k.lineage, v.kind, v.name, v.hint, v.status, v.project_id, v.owner_state,
    v.owner_external_id, v.owner_kind, v.owner_name, v.owner_email, v.owner_access, v.created_at, v.expires_at,
    v.from_sync, ifnull(l.environment, k.environment) AS environment, ifnull(l.team, k.team) AS team,
    ifnull(l.purpose, k.purpose) AS purpose, l.contact, v.source
  FROM key k
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  JOIN logical_key l ON l.id = k.logical_key_id;

-- Which way of asking for a report a provider answers: 0 is the finest. way_at says since when the finer ones are refused;
-- they are tried again after some weeks.
ALTER TABLE usage_report ADD COLUMN way INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_report ADD COLUMN way_at INTEGER NOT NULL DEFAULT 0;
