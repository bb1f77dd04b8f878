/** Through which groups somebody reached a project, and until when, is asked from the member's side. */
export const leavers = {
  version: 9,
  name: 'leavers',
  sql: `
CREATE INDEX membership_by_member ON membership (member_id, group_id);
`,
} as const
