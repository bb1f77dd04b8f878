/** What a register holds for the readings of a team: bytes that operations name, and where the facts of clients are. */
export const teamBlobs = {
  version: 49,
  name: 'team-blobs',
  sql: `
-- The bytes of the blobs that an operation of this device names, in their order: until they are stored on the server, and some weeks
-- longer, so that they can be stored again on a server that lost them. 'at' is when the operation was decided.
CREATE TABLE team_blob (
  op TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (op, part)
) STRICT;
CREATE INDEX team_blob_at ON team_blob (at);

-- The stream of the facts of each client that the team opened, by the client's uid.
CREATE TABLE team_facts (
  client TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO team_facts (client, stream)
SELECT operation ->> '$.body.clientUid', operation ->> '$.body.facts' FROM team_entry
WHERE member IS NOT NULL AND operation ->> 'kind' = 'client.opened';
`,
} as const
