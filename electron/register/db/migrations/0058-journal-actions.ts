/** The rows of some kinds are read without the others: a team's register asks for them at every exchange that brings a reading. */
export const journalActions = {
  version: 58,
  name: 'journal-actions',
  sql: `
CREATE INDEX journal_action ON journal (action, seq);
`,
} as const
