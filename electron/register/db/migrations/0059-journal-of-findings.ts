/** What was decided about the risk of one finding is read without what was decided about others. */
export const journalOfFindings = {
  version: 59,
  name: 'journal-of-findings',
  sql: `
CREATE INDEX journal_of_finding ON journal (body ->> '$.findingNamed.connectionUid', body ->> '$.findingNamed.externalId',
  body ->> '$.findingNamed.rule') WHERE substr(action, 1, 8) = 'finding.';
`,
} as const
