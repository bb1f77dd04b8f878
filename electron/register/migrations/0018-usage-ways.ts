/** Which way of asking for a report a provider answers, so that one that it refuses is not asked at every reading. */
export const usageWays = {
  version: 18,
  name: 'usage-ways',
  sql: `
-- 0 is the finest way. way_at says when the finer ones were refused: after some weeks they are tried again.
ALTER TABLE usage_report ADD COLUMN way INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_report ADD COLUMN way_at INTEGER NOT NULL DEFAULT 0;
`,
} as const
