/** A role with how it is held: directly, through a group, or carried by a role on the organization. */
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

const PATH = / \((?:by group|as organization) /u

/** Parts words of `formatRolePath` into the role's word and its path, which begins with a space; the path may be empty. */
export function splitRolePath(words: string): { readonly role: string; readonly path: string } {
  const at = words.search(PATH)
  return at === -1 ? { role: words, path: '' } : { role: words.slice(0, at), path: words.slice(at) }
}
