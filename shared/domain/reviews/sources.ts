import type { SourceName } from '../source.ts'
import type { ReviewKind } from './review.ts'

const ORGANIZATION: readonly SourceName[] = [
  'organization',
  'users',
  'user-addresses',
  'invites',
  'roles',
  'groups',
  'group-users',
  'group-roles',
  'user-roles',
  'service-accounts',
  'service-account-projects',
  'identity-providers',
  'federation-rules',
  'register-file',
  'people-file',
]

const PROJECTS: readonly SourceName[] = [
  'projects',
  'project-users',
  'project-groups',
  'project-group-roles',
  'project-service-accounts',
  'project-roles',
  'project-user-roles',
  'service-accounts-file',
]

const KEYS: readonly SourceName[] = ['admin-keys', 'project-keys', 'deposited-keys', 'keys', 'keys-file']

/**
 * The lists that the population of a review is made of: if one of them was not read completely, items may be missing.
 */
const BEARING: Readonly<Record<ReviewKind, ReadonlySet<SourceName>>> = {
  departed: new Set([...ORGANIZATION, ...PROJECTS, ...KEYS]),
  admins: new Set([...ORGANIZATION, 'admin-keys', 'keys-file']),
  roles: new Set([...ORGANIZATION, ...PROJECTS]),
  keys: new Set(['organization', 'users', ...PROJECTS, ...KEYS, 'register-file', 'people-file']),
  membership: new Set([...ORGANIZATION, ...PROJECTS]),
}

export function bearsOn(kind: ReviewKind, source: SourceName): boolean {
  return BEARING[kind].has(source)
}
