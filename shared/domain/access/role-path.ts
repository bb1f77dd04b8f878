/**
 * How a role reaches a principal: directly, through a group, or carried by a role on the organization; or how it reaches
 * further than the principal: to the workloads that act as this service account by a federation rule.
 */
export const ROLE_PATHS = ['direct', 'group', 'organization', 'federation'] as const
export type RoleVia = (typeof ROLE_PATHS)[number]

/** A role with its path: direct, through a group, or carried by a role on the organization. */
export interface RolePath {
  /** The role's word. */
  readonly role: string
  /** The name of the group that holds the role; null where no group does. */
  readonly group: string | null
  /** The organization role that carries it into a project; null where none does. */
  readonly carriedBy: string | null
}

/**
 * A role with its path in words.
 *
 * @example formatRolePath({ role: 'owner', group: 'Org readers', carriedBy: null }) // 'owner (by group Org readers)'
 * @example formatRolePath({ role: 'owner', group: null, carriedBy: 'owner' }) // 'owner (as organization owner)'
 */
export function formatRolePath({ role, group, carriedBy }: RolePath): string {
  if (group !== null) return `${role} (by group ${group})`
  return carriedBy === null ? role : `${role} (as organization ${carriedBy})`
}

const PATH = /^(?<role>.*?) \((?:by group (?<group>.*)|as organization (?<carriedBy>.*))\)$/su

/** Reads words of `formatRolePath` back. */
export function splitRolePath(words: string): RolePath {
  const { role = words, group = null, carriedBy = null } = PATH.exec(words)?.groups ?? {}
  return { role, group, carriedBy }
}
