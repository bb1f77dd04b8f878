/** What a change comes from by what is the same in every register. */
export const remedyNames = {
  version: 48,
  name: 'remedy-names',
  sql: `
-- Beside its number, which belongs to this register; null for a change from before.
ALTER TABLE remedy ADD COLUMN origin TEXT CHECK (origin IS NULL OR json_valid(origin));
`,
} as const
