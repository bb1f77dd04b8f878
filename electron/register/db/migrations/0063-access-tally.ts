/** The list of access shows how many grants there are without counting a million of them. */
export const accessTally = {
  version: 63,
  name: 'access-tally',
  sql: `
-- Written by a sync: how many rows of effective access an organization has.
ALTER TABLE connection_tally ADD COLUMN access INTEGER NOT NULL DEFAULT 0;
INSERT OR REPLACE INTO meta (key, value) VALUES ('tally', 'again');
`,
} as const
