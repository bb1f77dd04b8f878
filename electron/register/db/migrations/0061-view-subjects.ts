/** What the filters of a view name, as it is called in every register. Views that have numbers of rows in `search` keep them. */
export const viewSubjects = {
  version: 61,
  name: 'view-subjects',
  sql: `
-- By search param, as JSON.
ALTER TABLE saved_view ADD COLUMN subjects TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(subjects));
`,
} as const
