import type { Expiry, Fact, KeyFact } from '../../../shared/domain/facts.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { describeWorkload } from '../../../shared/domain/federation/workload.ts'
import type { Column } from '../db/staging.ts'

/** The list of the provider that reported a fact; `project` is empty for a list of the whole organization. */
export interface FactList {
  readonly source: string
  readonly project: string
  /** The numbers of what grants name; the other facts are staged before these are known. */
  readonly ids: NamedIds
}

/** Numbers of this register by external id. */
export interface NamedIds {
  readonly principal: (externalId: string) => number | null
  /** Null for the whole organization. */
  readonly project: (externalId: string | null) => number | null
}

export interface FactColumn<F> extends Column<F, FactList> {
  /** The first of several facts with the same key is kept. */
  readonly key?: true
  /**
   * A difference in this column closes the subject's version and opens the next; it has the same name in both tables.
   */
  readonly versioned?: true
  /** Null never replaces a known value: when something was made does not change. */
  readonly lasting?: true
  /** The value may be `UNREAD_INSTANT`, which never replaces a known one. */
  readonly unreadable?: true
}

/** Staged for a date that is there and cannot be read; outside the calendar, so that it equals none that is kept. */
export const UNREAD_INSTANT = Number.MIN_SAFE_INTEGER

const LIST_COLUMNS: readonly FactColumn<unknown>[] = [
  { name: 'source', type: 'TEXT', value: (_, list) => list.source },
  { name: 'source_project', type: 'TEXT', value: (_, list) => list.project },
]

/** Kinds of facts of which a sync may bring many; it brings one fact about the organization itself. */
export type StagedFact = Exclude<Fact, { readonly type: 'organization' }>
export type StagedType = StagedFact['type']

/**
 * The columns of `in_project` and similar tables, which hold a reading while it is compared with the current versions.
 * Names in `x` are external ids, names in `id` are internal ids. A new column of a fact needs a line here, beside its
 * migration.
 */
export const FACT_COLUMNS: {
  readonly [Type in StagedType]: readonly FactColumn<Extract<Fact, { readonly type: Type }>>[]
} = {
  project: [
    { name: 'x', type: 'TEXT', value: (f) => f.externalId, key: true },
    { name: 'id', type: 'INTEGER' },
    ...LIST_COLUMNS,
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'status', type: 'TEXT', value: (f) => f.status, versioned: true },
    { name: 'is_default', type: 'INTEGER', value: (f) => (f.isDefault ? 1 : 0), versioned: true },
    { name: 'created_at', type: 'INTEGER', value: (f) => instant(f.createdAt), versioned: true, lasting: true },
    { name: 'archived_at', type: 'INTEGER', value: (f) => instant(f.archivedAt), versioned: true },
    { name: 'residency', type: 'TEXT', value: (f) => f.residency, versioned: true },
  ],
  principal: [
    { name: 'x', type: 'TEXT', value: (f) => f.externalId, key: true },
    { name: 'id', type: 'INTEGER' },
    ...LIST_COLUMNS,
    { name: 'kind', type: 'TEXT', value: (f) => f.kind },
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'email', type: 'TEXT', value: (f) => f.email, versioned: true },
    { name: 'role_raw', type: 'TEXT', value: (f) => f.roleRaw, versioned: true },
    { name: 'level', type: 'TEXT', value: (f) => f.level, versioned: true },
    { name: 'status', type: 'TEXT', value: (f) => f.status, versioned: true },
    { name: 'added_at', type: 'INTEGER', value: (f) => instant(f.addedAt), versioned: true, lasting: true },
    { name: 'expires_at', type: 'INTEGER', value: (f) => expiry(f.expiresAt), versioned: true, unreadable: true },
    { name: 'last_used_at', type: 'INTEGER', value: (f) => instant(f.lastUsedAt) },
  ],
  membership: [
    { name: 'group_x', type: 'TEXT', value: (f) => f.group, key: true },
    { name: 'member_x', type: 'TEXT', value: (f) => f.member, key: true },
    { name: 'group_id', type: 'INTEGER' },
    { name: 'member_id', type: 'INTEGER' },
    ...LIST_COLUMNS,
  ],
  grant: [
    { name: 'principal_id', type: 'INTEGER', value: (f, { ids }) => ids.principal(f.principal), key: true },
    // The project's number; 0 for the whole organization, since a key needs a value.
    { name: 'place', type: 'INTEGER', value: (f, { ids }) => ids.project(f.project) ?? 0, key: true },
    { name: 'role_raw', type: 'TEXT', value: (f) => f.roleRaw, key: true },
    { name: 'project_id', type: 'INTEGER', value: (f, { ids }) => ids.project(f.project) },
    { name: 'level', type: 'TEXT', value: (f) => f.level, versioned: true },
    { name: 'implied_role_raw', type: 'TEXT', value: (f) => f.impliedRoleRaw, versioned: true },
    { name: 'implied_level', type: 'TEXT', value: (f) => f.impliedLevel, versioned: true },
    { name: 'granted_at', type: 'INTEGER', value: (f) => instant(f.grantedAt), versioned: true, lasting: true },
    ...LIST_COLUMNS,
    { name: 'gives_way', type: 'INTEGER', value: (f) => (f.givesWay === true ? 1 : 0) },
  ],
  key: [
    { name: 'x', type: 'TEXT', value: (f) => f.externalId, key: true },
    { name: 'id', type: 'INTEGER' },
    ...LIST_COLUMNS,
    { name: 'kind', type: 'TEXT', value: (f) => f.kind, versioned: true },
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'hint', type: 'TEXT', value: (f) => f.hint, versioned: true },
    { name: 'status', type: 'TEXT', value: (f) => f.status, versioned: true },
    { name: 'project_x', type: 'TEXT', value: (f) => f.project },
    { name: 'project_id', type: 'INTEGER', versioned: true },
    { name: 'owner_state', type: 'TEXT', value: (f) => f.ownerState, versioned: true },
    { name: 'owner_external_id', type: 'TEXT', value: (f) => f.owner?.externalId ?? null, versioned: true },
    { name: 'owner_kind', type: 'TEXT', value: (f) => f.owner?.kind ?? null, versioned: true },
    { name: 'owner_name', type: 'TEXT', value: (f) => f.owner?.name ?? null, versioned: true },
    { name: 'owner_email', type: 'TEXT', value: (f) => f.owner?.email ?? null, versioned: true },
    { name: 'owner_access', type: 'TEXT', value: (f) => f.ownerAccess, versioned: true },
    { name: 'created_at', type: 'INTEGER', value: (f) => instant(f.createdAt), versioned: true, lasting: true },
    { name: 'rotated_at', type: 'INTEGER', value: (f) => instant(f.rotatedAt ?? null) },
    { name: 'expires_at', type: 'INTEGER', value: (f) => expiry(f.expiresAt), versioned: true, unreadable: true },
    { name: 'expires_unread', type: 'INTEGER', value: (f) => (f.expiresAt === 'unread' ? 1 : 0), versioned: true },
    { name: 'last_use_state', type: 'TEXT', value: ({ lastUse }) => lastUseState(lastUse) },
    { name: 'last_used_at', type: 'INTEGER', value: ({ lastUse }) => ('at' in lastUse ? instant(lastUse.at) : null) },
    {
      name: 'last_use_inexact',
      type: 'INTEGER',
      value: ({ lastUse }) => (lastUse.state === 'before' && instant(lastUse.at) !== null ? 1 : 0),
    },
    { name: 'tool', type: 'TEXT', value: (f) => f.tool ?? null },
    { name: 'vendor', type: 'TEXT', value: (f) => f.vendor ?? null },
  ],
  limit: [
    { name: 'external_id', type: 'TEXT', value: (f) => f.externalId, key: true },
    ...LIST_COLUMNS,
    { name: 'project_x', type: 'TEXT', value: (f) => f.project },
    { name: 'project_id', type: 'INTEGER', versioned: true },
    { name: 'kind', type: 'TEXT', value: (f) => f.kind, versioned: true },
    { name: 'enforcement', type: 'TEXT', value: (f) => f.enforcement, versioned: true },
    { name: 'metric', type: 'TEXT', value: (f) => f.metric, versioned: true },
    { name: 'model', type: 'TEXT', value: (f) => f.model, versioned: true },
    { name: 'amount', type: 'INTEGER', value: (f) => whole(f.amount), versioned: true },
    { name: 'period', type: 'TEXT', value: (f) => f.period, versioned: true },
  ],
  federation: [
    { name: 'external_id', type: 'TEXT', value: (f) => f.externalId, key: true },
    ...LIST_COLUMNS,
    { name: 'account_x', type: 'TEXT', value: (f) => f.account },
    { name: 'account_id', type: 'INTEGER', versioned: true },
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'status', type: 'TEXT', value: (f) => f.status, versioned: true },
    {
      name: 'projects',
      type: 'TEXT',
      value: (f) => (f.projects === null ? null : JSON.stringify(f.projects.toSorted())),
      versioned: true,
    },
    { name: 'reaches_organization', type: 'INTEGER', value: (f) => Number(f.reachesOrganization), versioned: true },
    { name: 'level', type: 'TEXT', value: (f) => f.level, versioned: true },
    { name: 'issuer', type: 'TEXT', value: (f) => (f.issuer === '' ? null : f.issuer), versioned: true },
    { name: 'issuer_name', type: 'TEXT', value: (f) => f.issuerName, versioned: true },
    { name: 'issuer_status', type: 'TEXT', value: (f) => f.issuerStatus, versioned: true },
    { name: 'audience', type: 'TEXT', value: (f) => f.audience, versioned: true },
    { name: 'subject', type: 'TEXT', value: (f) => f.subject, versioned: true },
    { name: 'claims', type: 'TEXT', value: (f) => canonicalJson(f.claims), versioned: true },
    { name: 'condition', type: 'TEXT', value: (f) => f.condition, versioned: true },
    { name: 'scopes', type: 'TEXT', value: (f) => f.scopes, versioned: true },
    {
      name: 'lifetime_seconds',
      type: 'INTEGER',
      value: (f) => (f.lifetimeSeconds === null ? null : whole(f.lifetimeSeconds)),
      versioned: true,
    },
    { name: 'created_at', type: 'INTEGER', value: (f) => instant(f.createdAt), versioned: true, lasting: true },
    { name: 'pin', type: 'TEXT', value: (f) => describeWorkload(f).pin, versioned: true },
    { name: 'workload', type: 'TEXT', value: (f) => describeWorkload(f).words, versioned: true },
  ],
  certificate: [
    { name: 'external_id', type: 'TEXT', value: (f) => f.externalId, key: true },
    { name: 'project_x', type: 'TEXT', value: (f) => f.project ?? '', key: true },
    ...LIST_COLUMNS,
    { name: 'project_id', type: 'INTEGER' },
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'active', type: 'INTEGER', value: (f) => Number(f.active), versioned: true },
    { name: 'valid_at', type: 'INTEGER', value: (f) => instant(f.validAt), versioned: true },
    { name: 'expires_at', type: 'INTEGER', value: (f) => expiry(f.expiresAt), versioned: true, unreadable: true },
    { name: 'created_at', type: 'INTEGER', value: (f) => instant(f.createdAt), versioned: true, lasting: true },
  ],
  restriction: [
    { name: 'external_id', type: 'TEXT', value: (f) => f.externalId, key: true },
    ...LIST_COLUMNS,
    { name: 'project_x', type: 'TEXT', value: (f) => f.project },
    { name: 'project_id', type: 'INTEGER', versioned: true },
    { name: 'kind', type: 'TEXT', value: (f) => f.kind, versioned: true },
    { name: 'name', type: 'TEXT', value: (f) => f.name, versioned: true },
    { name: 'terms', type: 'TEXT', value: (f) => JSON.stringify(f.terms), versioned: true },
    { name: 'keys', type: 'TEXT', value: (f) => idList(f.keys), versioned: true },
    { name: 'members', type: 'TEXT', value: (f) => idList(f.members), versioned: true },
  ],
  detail: [
    { name: 'of_kind', type: 'TEXT', value: (f) => f.of, key: true },
    { name: 'external_id', type: 'TEXT', value: (f) => f.externalId, key: true },
    { name: 'kind', type: 'TEXT', value: (f) => f.kind, key: true },
    ...LIST_COLUMNS,
    { name: 'value', type: 'TEXT', value: (f) => JSON.stringify(f.value.toSorted()), versioned: true },
  ],
}

/** Ids in one order, so that the order in which a provider lists them makes no difference. */
function idList(ids: readonly string[] | null): string | null {
  return ids === null ? null : JSON.stringify(ids.toSorted())
}

/** The columns in which a difference makes a new version. */
export function listVersioned(type: StagedType): string[] {
  return FACT_COLUMNS[type].filter(({ versioned }) => versioned).map(({ name }) => name)
}

/** The columns whose known values `keepKnownValues` keeps. */
export function listKept(type: StagedType): { readonly lasting: string[]; readonly unreadable: string[] } {
  const columns: readonly FactColumn<never>[] = FACT_COLUMNS[type]
  return {
    lasting: columns.filter(({ lasting }) => lasting).map(({ name }) => name),
    unreadable: columns.filter(({ unreadable }) => unreadable).map(({ name }) => name),
  }
}

/** A whole number that the file can hold exactly, since a provider may send any number. */
function whole(value: number): number {
  return Number.isNaN(value)
    ? 0
    : Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.round(value)))
}

const YEAR_0 = Date.parse('0000-01-01T00:00:00.000Z')
const YEAR_10000 = Date.parse('+010000-01-01T00:00:00.000Z')

/** An instant within the calendar; a value outside it is not a date and is dropped. */
function instant(value: number | null): number | null {
  return value !== null && value >= YEAR_0 && value < YEAR_10000 ? Math.round(value) : null
}

function expiry(value: Expiry): number | null {
  return value === 'unread' ? UNREAD_INSTANT : instant(value)
}

function lastUseState(use: KeyFact['lastUse']): string {
  if (!('at' in use)) return use.state
  return instant(use.at) === null ? 'not-reported' : 'known'
}
