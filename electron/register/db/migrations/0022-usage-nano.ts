export const usageNano = {
  version: 22,
  name: 'usage-nano',
  sql: `
-- What a cost has beyond the whole micro-USD of its column, in nano-USD, 0 to 999: ten tokens of an embedding cost less
-- than a micro-USD, and a thousand times that is not nothing. What was kept before had whole micro-USD.
ALTER TABLE usage_cell ADD COLUMN cost_nano INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_fact ADD COLUMN cost_nano INTEGER NOT NULL DEFAULT 0;
`,
} as const
