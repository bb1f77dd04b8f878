/**
 * What stood before and after a span of syncs is found through what the span touched: for each touched principal and
 * project, member and group, or limit, its versions of all times. (Subjects have theirs as primary keys.)
 */
export const changes = {
  version: 2,
  name: 'changes',
  sql: `
CREATE INDEX grant_by_principal ON grant (principal_id, project_id);
CREATE INDEX membership_by_pair ON membership (group_id, member_id);
CREATE INDEX limit_by_external_id ON limit_version (connection_id, external_id);
`,
} as const
