/** Who reaches a project that was made, archived or removed: the organization roles that carry into projects, of all times. */
export const carriedAccess = {
  version: 21,
  name: 'carried-access',
  sql: `
CREATE INDEX grant_carrying ON grant (connection_id) WHERE implied_role_raw IS NOT NULL;
`,
} as const
