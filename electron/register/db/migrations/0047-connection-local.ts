/** What one machine knows of a connection, beside what is the same in every register. */
export const connectionLocal = {
  version: 47,
  name: 'connection-local',
  sql: `
-- Credentials are never exchanged, and a path is one of this machine: where the file is that the connection reads, what is known
-- of the credential in the keychain of this machine, and which organization a test of that credential opened.
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
INSERT INTO connection_local (connection_id, file_path, credential_hint, credential_set_at, credential_check, credential_tested_at, capabilities)
SELECT id, file_path, credential_hint, credential_set_at, credential_check, credential_tested_at, capabilities FROM connection
WHERE file_path IS NOT NULL OR credential_set_at IS NOT NULL OR credential_check IS NOT NULL OR credential_tested_at IS NOT NULL;
ALTER TABLE connection DROP COLUMN file_path;
ALTER TABLE connection DROP COLUMN credential_hint;
ALTER TABLE connection DROP COLUMN credential_set_at;
ALTER TABLE connection DROP COLUMN credential_check;
ALTER TABLE connection DROP COLUMN credential_tested_at;
ALTER TABLE connection DROP COLUMN capabilities;
`,
} as const
