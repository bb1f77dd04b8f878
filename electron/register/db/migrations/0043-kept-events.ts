/** For how long a provider's log keeps events, so that a quiet log is not taken for one that dropped events. */
export const keptEvents = {
  version: 43,
  name: 'kept-events',
  sql: `
-- The age of the oldest event that the log ever showed, in milliseconds.
ALTER TABLE event_log ADD COLUMN kept_ms INTEGER NOT NULL DEFAULT 0;
`,
} as const
