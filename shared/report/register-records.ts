import { getDay } from '../domain/day.ts'
import type { LastUse } from '../domain/facts.ts'
import { findKeyHolder, holderWords, ownerWord } from '../domain/providers/key-holder.ts'
import { platformName } from '../domain/providers/providers.ts'
import { toKnownId } from '../domain/text/made-id.ts'
import { countRead, sourceLabel } from '../domain/source.ts'
import { compareText, orderBy, sortedBy } from '../domain/text/collation.ts'
import type { AccessReading, KeyReading, OrganizationReading, PrincipalReading } from './register-reading.ts'
import { utcInstant } from '../domain/text/utc.ts'
import { said, saidOrNull } from '../domain/text/said.ts'

/**
 * The access register as flat records, for CSV, JSON and XLSX: one for each grant (each path is a record of
 * its own, with its state) and one for each key. Text is as the provider sent it, free of secrets and control characters; null means
 * unknown. Instants are `2026-11-02T09:14:03Z`, days `2026-11-02`. Fields are in the order of `RECORD_FIELDS`.
 */
export type RegisterRecord = Readonly<Record<RecordField, string | number | null>>

/** Every field of a record, in the order of columns, with its heading. */
export const RECORD_FIELDS = {
  /** `grant` or `key`. */
  record: 'Record',
  client: 'Client',
  clientSlug: 'Client slug',
  provider: 'Provider',
  organization: 'Organization',
  connection: 'Connection',
  /** Of a grant: `user`, `service-account`, `invite`. Of a key: `project`, `admin`, `organization`. */
  kind: 'Kind',
  name: 'Name',
  email: 'E-mail',
  /** The provider's id of the principal or the key. */
  id: 'ID',
  status: 'Status',
  role: 'Role',
  level: 'Level',
  /** Empty for a role on the organization. */
  project: 'Project',
  projectId: 'Project ID',
  /** `direct`, `group` or `organization`; `none` for a principal without any role. */
  path: 'Path',
  /** The group, or the organization role that carries it. */
  via: 'Via',
  /** `effective`, `dormant` in an archived project, or `expired` with its invite; empty without any role. */
  state: 'State',
  /** An instant, `never` or `not-reported`. */
  lastUsed: 'Last used',
  /** When the grant was given or the key made. */
  created: 'Created',
  expires: 'Expires',
  lastReview: 'Last review',
  holder: 'Holder',
  /** Who answers for a key, and whether they are still there, in words. */
  answerable: 'Answers for it',
  /** Of the owner or the maker: `known`, `removed`, `none` or `not-reported`. */
  ownerState: 'Owner state',
  /** Empty for a key of a workspace, which has no owner but only a maker. */
  owner: 'Owner',
  ownerEmail: 'Owner e-mail',
  madeBy: 'Made by',
  madeByEmail: 'Made by e-mail',
  hint: 'Hint',
  /** The permissions of a key, in the provider's words; empty where the provider does not report them. */
  permissions: 'Permissions',
  environment: 'Environment',
  team: 'Team',
  purpose: 'Purpose',
  contact: 'Contact',
  rotationDue: 'Rotation due',
} as const

export type RecordField = keyof typeof RECORD_FIELDS

/** Fields of a grant, and of a key. */
export const GRANT_FIELDS = fieldsWithout(
  'holder',
  'answerable',
  'ownerState',
  'owner',
  'ownerEmail',
  'madeBy',
  'madeByEmail',
  'hint',
  'permissions',
  'environment',
  'team',
  'purpose',
  'contact',
  'rotationDue',
)
export const KEY_FIELDS = fieldsWithout('role', 'level', 'path', 'via', 'state', 'lastReview')

function fieldsWithout(...left: readonly RecordField[]): readonly RecordField[] {
  return (Object.keys(RECORD_FIELDS) as RecordField[]).filter((field) => !left.includes(field))
}

/** The grants of an organization, by name, then project, role and path; each is made when it is asked for. */
export function* grantRecords(reading: OrganizationReading): Generator<RegisterRecord> {
  const empty: RegisterRecord = { ...EMPTY, ...organizationFields(reading), record: 'grant' }
  const holders = sortedBy(reading.principals.map(toHolder), { text: getName, among: inHolderOrder })
  let alike: RegisterRecord[] = []
  for (let at = 0; at < holders.length; at += 1) {
    const holder = holders[at]
    if (holder === undefined) continue
    addGrants(alike, empty, holder)
    // The grants of accounts that no reader can distinguish have one order.
    const next = holders[at + 1]
    if (next !== undefined && getName(holder) === getName(next) && inHolderOrder(holder, next) === 0) continue
    if (alike.length > 1) alike.sort(grantOrder)
    for (const record of alike) yield record
    alike = []
  }
}

/** The keys of an organization, archived and expired ones included, by name; each is made when it is asked for. */
export function* keyRecords(reading: OrganizationReading): Generator<RegisterRecord> {
  const empty: RegisterRecord = { ...EMPTY, ...organizationFields(reading), record: 'key' }
  const keys = reading.keys.map(toNamedKey)
  for (const key of sortedBy(keys, { text: getName, among: byField('id') })) {
    yield keyRecord(empty, reading.provider, key)
  }
}

type TextFields<K extends string> = Readonly<Record<K, string | number | null>>

const byField =
  <K extends string>(field: K) =>
  (a: TextFields<K>, b: TextFields<K>): number =>
    compareText(String(a[field] ?? ''), String(b[field] ?? ''))

const grantOrder = orderBy<RegisterRecord>(
  byField('project'),
  byField('projectId'),
  byField('role'),
  byField('path'),
  byField('via'),
)

const inHolderOrder = orderBy<TextFields<'email' | 'id'>>(byField('email'), byField('id'))

function getName(item: TextFields<'name'>): string {
  return String(item.name ?? '')
}

const EMPTY = Object.fromEntries(Object.keys(RECORD_FIELDS).map((field) => [field, null])) as RegisterRecord

/** The fields of every record about its organization. */
export function organizationFields(reading: OrganizationReading) {
  return {
    client: said(reading.client.name),
    clientSlug: reading.client.slug,
    provider: said(platformName(reading.provider, reading.platform)),
    organization: saidOrNull(reading.organizationId),
    connection: said(reading.label),
  }
}

/** An account in the words by which it is ordered. */
interface Holder {
  readonly principal: PrincipalReading
  readonly name: string | null
  readonly email: string | null
  readonly id: string | null
}

function toHolder(principal: PrincipalReading): Holder {
  const { name, email, externalId } = principal
  return { principal, name: saidOrNull(name), email: saidOrNull(email), id: toKnownId(externalId) }
}

function addGrants(to: RegisterRecord[], empty: RegisterRecord, holder: Holder): void {
  const { access } = holder.principal
  if (access.length === 0) to.push(grantRecord(empty, holder, null))
  for (const one of access) to.push(grantRecord(empty, holder, one))
}

function grantRecord(
  empty: RegisterRecord,
  { principal, name, email, id }: Holder,
  access: AccessReading | null,
): RegisterRecord {
  return {
    ...empty,
    kind: principal.kind,
    name,
    email,
    id,
    status: saidOrNull(principal.status),
    role: saidOrNull(access?.roleRaw ?? principal.roleRaw),
    level: access?.level ?? principal.level,
    project: saidOrNull(access?.project?.name ?? null),
    projectId: toKnownId(access?.project?.externalId ?? null),
    path: access?.via ?? 'none',
    via: saidOrNull(access?.viaName ?? null),
    state: access?.state ?? null,
    lastUsed: utcInstant(principal.lastUsedAt),
    created: utcInstant(access?.grantedAt ?? principal.addedAt),
    expires: utcInstant(principal.expiresAt),
    lastReview: principal.lastReviewedOn,
  }
}

/** A key in the words by which it is ordered. */
interface NamedKey {
  readonly key: KeyReading
  readonly name: string
  readonly id: string | null
}

function toNamedKey(key: KeyReading): NamedKey {
  return { key, name: said(key.name), id: toKnownId(key.externalId) }
}

function keyRecord(empty: RegisterRecord, provider: string, { key, name, id }: NamedKey): RegisterRecord {
  const holder = findKeyHolder({ provider, ...key })
  const who = saidOrNull(key.ownerName)
  const address = saidOrNull(key.ownerEmail)
  // The creator of a key of a workspace does not own it.
  const isOwned = holder !== 'workspace'
  const answerable = { state: key.ownerState, name: who, email: address, present: key.isOwnerRemoved ? false : null }
  return {
    ...empty,
    kind: key.kind,
    name,
    id,
    status: saidOrNull(key.status),
    project: saidOrNull(key.project?.name ?? null),
    projectId: toKnownId(key.project?.externalId ?? null),
    lastUsed: lastUseText(key.lastUse),
    created: utcInstant(key.createdAt),
    expires: key.endState === 'not-reported' ? key.endState : utcInstant(key.expiresAt),
    holder,
    answerable: holderWords({ holder, owner: answerable }),
    ownerState: ownerWord(answerable),
    owner: isOwned ? who : null,
    ownerEmail: isOwned ? address : null,
    madeBy: isOwned ? null : who,
    madeByEmail: isOwned ? null : address,
    hint: saidOrNull(key.hint),
    permissions: saidOrNull(key.permissions),
    environment: saidOrNull(key.environment),
    team: saidOrNull(key.team),
    purpose: saidOrNull(key.purpose),
    contact: saidOrNull(key.contact),
    rotationDue: key.dueOn,
  }
}

function lastUseText(use: LastUse): string | null {
  if (use.state === 'known') return utcInstant(use.at)
  return use.state === 'before' ? `before ${getDay(use.at)}` : use.state
}

/** The state of a list of an organization, for a reader who checks whether the register is complete. */
export interface PopulationRecord {
  readonly client: string
  readonly clientSlug: string
  readonly provider: string
  readonly organization: string | null
  readonly connection: string
  readonly source: string
  readonly state: string
  readonly expected: number | null
  /** Null where it was not read. */
  readonly fetched: number | null
  readonly excluded: number
  /** Why rows were left out, or why the list was not read completely. */
  readonly note: string | null
  readonly snapshotId: number
  /** The snapshot that the rows come from; null if the list was never read completely. */
  readonly completeSnapshotId: number | null
  readonly readAt: string | null
}

export const POPULATION_FIELDS = {
  client: 'Client',
  clientSlug: 'Client slug',
  provider: 'Provider',
  organization: 'Organization',
  connection: 'Connection',
  source: 'Source',
  state: 'State',
  expected: 'Expected',
  fetched: 'Fetched',
  excluded: 'Excluded',
  note: 'Note',
  snapshotId: 'Snapshot',
  completeSnapshotId: 'Complete snapshot',
  readAt: 'Read (UTC)',
} as const satisfies Readonly<Record<keyof PopulationRecord, string>>

export function populationRecords(reading: OrganizationReading): PopulationRecord[] {
  return reading.sources.map((source) => {
    const notes = [source.reason, ...source.excluded.map(({ count, reason }) => `${count} left out: ${reason}`)]
    return {
      ...organizationFields(reading),
      source: sourceLabel(source.source),
      state: source.state,
      expected: source.expected,
      fetched: countRead(source),
      excluded: source.excluded.reduce((sum, { count }) => sum + count, 0),
      note: saidOrNull(notes.filter((note) => note !== null).join('; ') || null),
      snapshotId: source.snapshotId,
      completeSnapshotId: source.complete?.id ?? null,
      readAt: utcInstant(source.readAt),
    }
  })
}
