export const reviewProgress = {
  version: 31,
  name: 'review-progress',
  sql: `
-- Why a review was signed although some items need more information.
ALTER TABLE review ADD COLUMN carried TEXT;
-- The progress of each reviewer is counted from it.
CREATE INDEX review_item_by_reviewer ON review_item (review_id, decided_by, decision, decided_at)
  WHERE decided_by IS NOT NULL;
`,
} as const
