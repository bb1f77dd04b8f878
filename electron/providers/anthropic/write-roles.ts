/** The roles that the API assigns; never admin (administration API, members). */
export const ORGANIZATION_ROLES = ['billing', 'claude_code_user', 'developer', 'managed', 'user'] as const

/** `workspace_billing` follows from the organization's billing role and cannot be assigned. */
export const WORKSPACE_ROLES = [
  'workspace_admin',
  'workspace_developer',
  'workspace_restricted_developer',
  'workspace_user',
] as const
