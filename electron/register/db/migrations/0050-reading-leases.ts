/** The lease under which a reading that waits was made: it is placed under that lease, or not at all. */
export const readingLeases = {
  version: 50,
  name: 'reading-leases',
  sql: `
-- The job of the lease, and its token; null for what needs none.
ALTER TABLE team_pending ADD COLUMN job TEXT;
ALTER TABLE team_pending ADD COLUMN token INTEGER CHECK ((token IS NULL) = (job IS NULL));
`,
} as const
