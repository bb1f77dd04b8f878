/** What was decided about a review by a clock that was wrong is read without the rest of its history. */
export const clocksOfReviews = {
  version: 62,
  name: 'clocks-of-reviews',
  sql: `
CREATE INDEX team_entry_clock_of_review ON team_entry (operation ->> '$.body.reviewUid', id)
  WHERE clock_ms IS NOT NULL AND void_reason IS NULL;
`,
} as const
