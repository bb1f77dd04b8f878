/** A day that somebody set for a key is met by rotating it; the rotation remembers it, for whoever takes it back. */
export const metDates = {
  version: 4,
  name: 'met-dates',
  sql: `
ALTER TABLE rotation ADD COLUMN met_due_on TEXT;
`,
} as const
