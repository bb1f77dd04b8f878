/** The entries without effect by the order in which they were read, however many others there are; a reading may have none here alone. */
export const voidEntries = {
  version: 53,
  name: 'void-entries',
  sql: `
-- A fence decides nothing on purpose.
CREATE INDEX team_entry_void ON team_entry (id) WHERE void_reason IS NOT NULL AND void_reason <> 'fence';
CREATE INDEX team_entry_reading ON team_entry (id) WHERE void_reason IS NULL AND operation ->> 'kind' = 'reading.taken';
`,
} as const
