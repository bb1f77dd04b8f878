/** Clients and their connections, and what is kept for the register as a whole. */
export const clients = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Client 0 of a policy is the agency; an internal client is the agency itself.
CREATE TABLE client (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('client', 'internal')),
  colour TEXT NOT NULL,
  domains TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(domains)),
  notes TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  uid TEXT
) STRICT;
CREATE UNIQUE INDEX client_uid ON client (uid);

-- uid is the name that is the same in every register of a team.
CREATE TABLE connection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT,
  access TEXT NOT NULL CHECK (access IN ('read-only', 'read-write')),
  organization_id TEXT,
  organization_name TEXT,
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  platform TEXT CHECK (platform IS NULL OR provider = 'file'),
  uid TEXT
) STRICT;
CREATE INDEX connection_by_client ON connection (client_id) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX connection_uid ON connection (uid);

-- What one machine knows of a connection is not shared.
CREATE TABLE connection_local (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  file_path TEXT,
  credential_hint TEXT,
  credential_set_at INTEGER,
  credential_check TEXT,
  credential_tested_at INTEGER,
  capabilities TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(capabilities)),
  organization_id TEXT,
  organization_name TEXT
) STRICT;

-- The devices of a team that have a credential of a connection.
CREATE TABLE custodian (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  device TEXT NOT NULL,
  since INTEGER NOT NULL,
  UNIQUE (connection_id, device)
) STRICT;

CREATE TABLE policy (client_id INTEGER PRIMARY KEY, "values" TEXT NOT NULL CHECK (json_valid("values"))) STRICT;

-- Counts are kept as facts are written, so that Today and the rail read them.
CREATE TABLE client_tally (client_id INTEGER PRIMARY KEY REFERENCES client (id), people INTEGER NOT NULL) STRICT;

CREATE TABLE connection_tally (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  keys INTEGER NOT NULL,
  access INTEGER NOT NULL DEFAULT 0
) STRICT;
`
