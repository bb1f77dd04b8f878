/** Numbers that are kept as the facts are written, so that Today and the rail read them instead of counting. */
export const tallies = {
  version: 37,
  name: 'tallies',
  sql: `
-- Written by the evaluation of a connection: how many findings are open and counted, accepted ones among them.
CREATE TABLE finding_tally (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  severity TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, severity)
) STRICT, WITHOUT ROWID;
-- Those that Today lists by their rule: of how many subjects they are the worst; of a connection's own findings, all.
CREATE TABLE finding_worst_tally (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  subject_kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, subject_kind, rule, severity, first_seen_at)
) STRICT, WITHOUT ROWID;

-- Written by a sync: how many keys an organization has.
CREATE TABLE connection_tally (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  keys INTEGER NOT NULL
) STRICT;
-- Written by a sync, a merge and the removal of a connection: how many people have an account at a client, each once.
CREATE TABLE client_tally (
  client_id INTEGER PRIMARY KEY REFERENCES client (id),
  people INTEGER NOT NULL
) STRICT;

-- Few principals are invites.
CREATE INDEX principal_invited ON principal (connection_id) WHERE kind = 'invite';
INSERT OR REPLACE INTO meta (key, value) VALUES ('tally', 'again');
`,
} as const
