import { capitalize } from './capitalize.ts'

/** The levels of a role, across providers, strongest first. */
export const LEVELS = ['owner', 'admin', 'member', 'billing', 'reader', 'other'] as const

export type Level = (typeof LEVELS)[number]

export type RoleScope = 'organization' | 'project'

export function isPrivileged(level: Level): boolean {
  return level === 'owner' || level === 'admin'
}

/**
 * True if a level allows the use of the keys of a project: not for those who only read, and not for billing. Custom
 * roles count, since their permissions are not known.
 */
export function usesKeys(level: Level): boolean {
  return level !== 'reader' && level !== 'billing'
}

/**
 * How two levels compare: negative where the first is the stronger one. Null where one is `other`: the permissions of a
 * custom role are not known, so it is neither stronger nor weaker than another.
 */
export function compareLevels(a: Level, b: Level): number | null {
  return a === 'other' || b === 'other' ? null : levelRank(a) - levelRank(b)
}

/** Position in a list that begins with the strongest; custom roles come last, which does not make them the weakest. */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level)
}

/** The stronger of two levels; of a known one and `other`, the known one. */
export function strongerLevel(a: Level, b: Level): Level {
  return levelRank(a) <= levelRank(b) ? a : b
}

/** A role as people write it: `workspace_developer` → `Workspace developer`. Words already written by a person stay. */
export function roleLabel(raw: string): string {
  if (raw === '' || /[A-Z\s]/u.test(raw)) return raw
  return capitalize(raw.replaceAll('_', ' '))
}
