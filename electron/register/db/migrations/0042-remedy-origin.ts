/** Finds the changes that were requested for a person, a finding, a review item or a plan without a scan of all changes. */
export const remedyOrigin = {
  version: 42,
  name: 'remedy-origin',
  sql: `
CREATE INDEX remedy_of_origin ON remedy (origin_kind, origin_id);
`,
} as const
