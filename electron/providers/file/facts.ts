import {
  type Fact,
  type GrantFact,
  type KeyFact,
  type LimitFact,
  type PrincipalFact,
  type ProjectFact,
  toKeyTexts,
} from '../../../shared/domain/facts.ts'
import { parseMicroUsd } from '../../../shared/domain/text/money.ts'
import { organizationGrant, projectGrant } from '../kit/grants.ts'
import type { FileContent } from './schema.ts'
import { getLevel } from '../../../shared/domain/providers/roles.ts'
import { isPrivileged, type Level } from '../../../shared/domain/role.ts'

type Row<List extends 'projects' | 'principals' | 'grants' | 'keys' | 'limits'> = NonNullable<FileContent[List]>[number]

/** Milliseconds of an instant that was checked; null when there is none. */
const at = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)

/** Micro-USD of an amount that was checked. */
const micros = (dollars: number | string): number => parseMicroUsd(dollars) ?? 0

export function projectFact(row: Row<'projects'>): ProjectFact {
  return {
    type: 'project',
    externalId: row.id,
    name: row.name,
    status: row.status,
    isDefault: row.default,
    createdAt: at(row.createdAt),
    archivedAt: at(row.archivedAt),
    residency: row.residency ?? null,
  }
}

/** The principal and, where it has a role on the organization, the grant that the role is. */
export function principalFacts(row: Row<'principals'>): readonly Fact[] {
  const roleRaw = row.role ?? null
  const level = roleRaw === null ? null : (row.level ?? getLevel('file', 'organization', roleRaw))
  const principal: PrincipalFact = {
    type: 'principal',
    externalId: row.id,
    kind: row.kind,
    name: row.name ?? null,
    email: row.email ?? null,
    roleRaw,
    level,
    status: row.status,
    addedAt: at(row.addedAt),
    expiresAt: at(row.expiresAt),
    lastUsedAt: at(row.lastUsedAt),
  }
  if (roleRaw === null || level === null) return [principal]
  const grantedAt = row.kind === 'invite' ? null : principal.addedAt
  return [principal, onOrganization({ principal: row.id, roleRaw, grantedAt }, level, row.reachesProjects)]
}

/** A grant; the level is the row’s own where it names one, else what the role word amounts to. */
export function grantFact(row: Row<'grants'>): GrantFact {
  const given = { principal: row.principal, roleRaw: row.role, grantedAt: at(row.since) }
  const { level = getLevel('file', row.project === null ? 'organization' : 'project', row.role) } = row
  if (row.project === null) return onOrganization(given, level, row.reachesProjects)
  return { ...projectGrant('file', row.project, given), level }
}

/**
 * A role on the organization, and the same role in each project where it reaches them. Where the file has no word on that,
 * it is assumed of owners and admins.
 */
function onOrganization(
  given: Parameters<typeof organizationGrant>[1],
  level: Level,
  reachesProjects = isPrivileged(level),
): GrantFact {
  const implied = reachesProjects
    ? { impliedRoleRaw: given.roleRaw, impliedLevel: level }
    : { impliedRoleRaw: null, impliedLevel: null }
  return { ...organizationGrant('file', given), level, ...implied }
}

/** The owners that keys name, by id. */
export type Owners = ReadonlyMap<string, Row<'principals'>>

/** A key, with its owner among the principals of the file. */
export function keyFact(row: Row<'keys'>, owners: Owners): KeyFact {
  const project = row.project ?? null
  return {
    type: 'key',
    externalId: row.id,
    kind: row.kind ?? (project === null ? 'organization' : 'project'),
    name: row.name,
    hint: row.hint ?? null,
    status: row.status,
    project,
    ...ownership(row, owners),
    ownerAccess: null,
    createdAt: at(row.createdAt),
    lastUse:
      row.lastUsedAt === undefined
        ? { state: 'not-reported' }
        : row.lastUsedAt === null
          ? { state: 'never' }
          : { state: 'known', at: Date.parse(row.lastUsedAt) },
    expiresAt: at(row.expiresAt),
    ...toKeyTexts(row),
  }
}

/** An owner whom the file does not list has left, if it lists any principals. */
function ownership({ owner }: Row<'keys'>, owners: Owners): Pick<KeyFact, 'ownerState' | 'owner'> {
  if (owner === undefined) return { ownerState: 'unknown', owner: null }
  if (owner === null) return { ownerState: 'none', owner: null }
  const known = owners.get(owner)
  return {
    ownerState: known === undefined && owners.size > 0 ? 'none' : 'known',
    owner: {
      externalId: owner,
      kind: known?.kind === 'service-account' ? 'service-account' : 'user',
      name: known?.name ?? null,
      email: known?.email ?? null,
    },
  }
}

/** A limit; an amount in dollars becomes micro-USD. */
export function limitFact(row: Row<'limits'>): LimitFact {
  const { id, kind, enforcement, period } = row
  const fact = { externalId: `${kind}:${id}`, project: row.project ?? null, kind, enforcement, period }
  return {
    type: 'limit',
    ...fact,
    metric: row.kind === 'spend' ? 'usd' : row.metric,
    model: row.model ?? null,
    amount: row.kind === 'spend' ? micros(row.amountUsd) : row.amount,
  }
}
