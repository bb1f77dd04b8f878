import type { ReviewRow, ReviewSource } from '../contract/reviews.ts'
import { counted } from '../domain/counted.ts'
import { providerName, readFromWords } from '../domain/providers/providers.ts'
import type { ReviewKind } from '../domain/reviews/review.ts'
import { countRead, sourceLabel, type SourceName, SOURCES } from '../domain/source.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/** The evidence of one review, except its items. */
export interface EvidenceReview {
  readonly row: ReviewRow
  readonly sources: readonly ReviewSource[]
  /** The population, in words. */
  readonly scope: string
  /** Lists of its population that no sync read, so that they are not among its sources. */
  readonly unsynced: readonly UnsyncedList[]
  /** As it was when the review was opened, by the names of its fields. */
  readonly policy: Readonly<Record<string, unknown>>
  /** The signed review of this kind before it. */
  readonly previous: { readonly id: number; readonly signedAt: number | null } | null
  /** The pack of this client before this one. */
  readonly lastPack: { readonly name: string; readonly manifest: string; readonly at: number } | null
  readonly packedAt: number
  readonly operator: string
  /** An IANA name: the time zone of the operator's calendar, by which days were counted. */
  readonly timeZone: string
  readonly version: string
  /** SHA-256 of the public key that signs the pack, in hex. */
  readonly fingerprint: string
  readonly sample: boolean
}

export interface UnsyncedList {
  readonly connection: ReviewSource['connection']
  readonly source: SourceName
  readonly because: string
}

export const HEADER: EvidenceTable = {
  name: 'header',
  title: 'Header',
  about: 'What was reviewed, by which policy, from which readings, and by which program this was written.',
  fields: { topic: 'Topic', field: 'Field', value: 'Value' },
}

/** The policy field with the months between reviews of a kind; those of leavers are due immediately. */
export const MONTHS_OF: Readonly<Record<ReviewKind, string | null>> = {
  departed: null,
  admins: 'reviewAdminsMonths',
  keys: 'reviewKeysMonths',
  roles: 'reviewRolesMonths',
  membership: 'reviewMembershipMonths',
}

export function headerRecords(evidence: EvidenceReview): EvidenceRecord[] {
  const { row, previous, lastPack } = evidence
  const topic = (name: string, fields: Readonly<Record<string, string | number | null>>): EvidenceRecord[] =>
    Object.entries(fields).map(([field, value]) => ({ topic: name, field, value }))
  return [
    ...topic('review', {
      Client: `${said(row.client.name)} (${row.client.slug})`,
      Review: said(row.name),
      Number: row.reviewId,
      Kind: row.kind,
      'Population is': evidence.scope,
      Cadence: describeCadence(evidence),
      'Period from': utcInstant(previous?.signedAt ?? null) ?? 'the first reading',
      'Period until': utcInstant(row.openedAt),
      'Opened by': said(row.openedBy),
      Due: row.dueOn,
      'State when packed': row.state,
      'Opened although incomplete, or cancelled, because': row.override === null ? 'not needed' : said(row.override),
      'Review before it': previous === null ? 'none' : previous.id,
      'Filters used': 'none: the population is whole',
      'Filters refused': 'all: no filter can be set on an opening',
    }),
    ...topic('pack', {
      'Written (UTC)': utcInstant(evidence.packedAt),
      'Time zone of days': evidence.timeZone,
      'Written by': said(evidence.operator),
      Program: `Castellan ${evidence.version}`,
      Data: evidence.sample ? 'the sample agency: invented data' : 'the register of this profile',
      'Pack before it': lastPack === null ? 'none' : `${said(lastPack.name)}, ${utcInstant(lastPack.at) ?? ''}`,
      'Manifest hash of the pack before it': lastPack?.manifest ?? 'none',
      'Public key (SHA-256)': evidence.fingerprint,
    }),
    ...getConnections(evidence.sources).flatMap((connection) =>
      topic(`connection ${connection.id}`, {
        Label: said(connection.label),
        Provider: said(providerName(connection.provider)),
        'Organization ID': connection.organizationId === null ? 'not known' : said(connection.organizationId),
        Syncs: connection.syncs.length === 0 ? 'never read' : connection.syncs.join(', '),
      }),
    ),
    ...topic(
      'policy',
      Object.fromEntries(
        Object.entries(evidence.policy).map(([field, value]) => [
          field,
          typeof value === 'string'
            ? said(value)
            : Array.isArray(value)
              ? said(value.join(', ')) || 'none'
              : JSON.stringify(value),
        ]),
      ),
    ),
  ]
}

function describeCadence({ row, policy }: EvidenceReview): string {
  const field = MONTHS_OF[row.kind]
  if (field === null) return 'immediately, when a person has left'
  const months = policy[field]
  if (typeof months !== 'number') return 'not in the policy'
  return months === 1 ? 'every month' : `every ${counted(months, 'month')}`
}

function getConnections(sources: readonly ReviewSource[]) {
  const known = new Map<number, ReviewSource['connection'] & { readonly syncs: number[] }>()
  for (const { connection, syncId } of sources) {
    const entry = known.get(connection.id) ?? { ...connection, syncs: [] }
    if (syncId !== null && !entry.syncs.includes(syncId)) entry.syncs.push(syncId)
    known.set(connection.id, entry)
  }
  return [...known.values()]
}

export const POPULATION: EvidenceTable = {
  name: 'population',
  title: 'Population',
  about: 'Is this everyone? Each list that was read, how many rows the provider reported and how many were fetched.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    source: 'Source',
    project: 'Project ID',
    obtained: 'Obtained by',
    state: 'State',
    expected: 'Expected',
    fetched: 'Fetched',
    excluded: 'Excluded, with the reason',
    unresolved: 'Unresolved',
    sync: 'Sync',
    readAt: 'Read (UTC)',
    hours: 'Hours old at opening',
  },
}

export function populationRecords({ sources, unsynced, row }: EvidenceReview): EvidenceRecord[] {
  const missing = unsynced.map(({ connection, source, because }) => ({
    provider: said(providerName(connection.provider)),
    organization: connection.organizationId === null ? null : said(connection.organizationId),
    connection: said(connection.label),
    source: sourceLabel(source),
    obtained: readFromWords(connection.provider, null),
    state: 'not-synced',
    excluded: said(because),
  }))
  const read = sources.map((source) => ({
    provider: said(providerName(source.connection.provider)),
    organization: source.connection.organizationId === null ? null : said(source.connection.organizationId),
    connection: said(source.connection.label),
    source: sourceWord(source.source),
    project: source.project === null || source.project === '' ? null : said(source.project),
    obtained: readFromWords(source.connection.provider, source.origin),
    state: source.state,
    expected: source.expected,
    fetched: countRead(source),
    excluded: source.excluded.map(said).join('; ') || null,
    unresolved: source.expected === null ? null : Math.max(0, source.expected - source.fetched),
    sync: source.syncId,
    readAt: utcInstant(source.readAt),
    hours: source.readAt === null ? null : Math.round((row.openedAt - source.readAt) / 360_000) / 10,
  }))
  return [...read, ...missing]
}

function sourceWord(source: string): string {
  return (SOURCES as readonly string[]).includes(source) ? sourceLabel(source as SourceName) : said(source)
}
