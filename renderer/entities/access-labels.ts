import type { AccessRow } from '../../shared/contract/access.ts'
import { findProvider } from '../../shared/domain/providers/providers.ts'
import type { Level } from '../../shared/domain/role.ts'

const LEVEL: Readonly<Record<Level, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
  billing: 'Billing',
  reader: 'Reader',
  other: 'Other',
}

export function levelWord(level: Level): string {
  return LEVEL[level]
}

type PrincipalKind = AccessRow['principal']['kind']

const PRINCIPAL: Readonly<Record<PrincipalKind, string>> = {
  user: 'Person',
  'service-account': 'Service account',
  group: 'Group',
  invite: 'Invite',
}

export function principalWord(kind: PrincipalKind): string {
  return PRINCIPAL[kind]
}

/** The path by which a role is held: `Direct`, `Via group Platform`, `Via organization role owner`. */
export function pathWords(row: Pick<AccessRow, 'via' | 'viaName'>): string {
  if (row.via === 'direct') return 'Direct'
  if (row.via === 'federation') return `By federation: ${row.viaName ?? 'a workload'}`
  const what = row.via === 'group' ? 'group' : 'organization role'
  return row.viaName === null
    ? `Via ${row.via === 'group' ? 'a group' : 'an organization role'}`
    : `Via ${what} ${row.viaName}`
}

/** A principal's name, else its e-mail, else the provider's id. */
export function principalName(principal: Pick<AccessRow['principal'], 'name' | 'email' | 'externalId'>): string {
  return principal.name ?? principal.email ?? principal.externalId
}

/** The vendor's word for a project: `workspace` at Anthropic. */
export function projectWord(provider: string): string {
  return findProvider(provider)?.projectWord ?? 'project'
}
