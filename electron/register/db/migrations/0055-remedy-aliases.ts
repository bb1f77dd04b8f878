/** Of a change that two members of a team added, the items that were placed later: what names them is about the one on the list. */
export const remedyAliases = {
  version: 55,
  name: 'remedy-aliases',
  sql: `
-- Their uids, in order; null where there are none.
ALTER TABLE remedy ADD COLUMN aliases TEXT CHECK (aliases IS NULL OR json_valid(aliases));
CREATE INDEX remedy_with_aliases ON remedy (id) WHERE aliases IS NOT NULL;
`,
} as const
