/** Which devices of a team have a credential of a connection. */
export const custodians = {
  version: 57,
  name: 'custodians',
  sql: `
CREATE TABLE custodian (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  device TEXT NOT NULL,
  since INTEGER NOT NULL,
  UNIQUE (connection_id, device)
) STRICT;
`,
} as const
