import type { ConnectionRef } from '../../../shared/contract/common.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { ProviderCoverage } from '../../../shared/contract/coverage.ts'
import {
  isProviderId,
  type ProviderId,
  findProvider,
  providerName,
  providerWords,
  readsFile,
} from '../../../shared/domain/providers/providers.ts'
import { getProvider } from '../../providers/registry.ts'
import { platformOf, type StoredConnection } from '../../register/connections/connection.ts'
import { getSync } from '../../register/connections/sync-history.ts'
import type { Reader } from '../../register/db/handles.ts'
import { reportStates } from '../../register/usage/reports.ts'
import { coverageRows } from './rows.ts'
import { type List, listFrom, type ListSource } from '../../../shared/domain/absence.ts'
import { findListBasis, type ListName, listWords } from '../../../shared/domain/list-sources.ts'
import { isFileSource, sourceLabel, type SourceName } from '../../../shared/domain/source.ts'
import { sharedReason } from '../../../shared/domain/sync-lack.ts'
import type { SourceReading } from '../../../shared/report/register-reading.ts'
import { isRead } from '../../providers/kit/coverage.ts'
import { lastComplete, readSources } from '../../register/read/sources.ts'

type ConnectionOfClient = Pick<StoredConnection, 'platform'> & {
  readonly client: StoredConnection['client'] | null
  readonly connection: ConnectionRef
}

/**
 * The lists that the provider of a connection offers, and the reading of each by these syncs: of a list that several
 * read, the last one counts. Null for a provider that this version does not know.
 */
export function connectionCoverage(
  reader: Reader,
  { connection, client, platform }: ConnectionOfClient,
  syncs: readonly SyncSummary[],
): ProviderCoverage | null {
  const { provider } = connection
  if (!isProviderId(provider)) return null
  const coverage = getProvider(provider).coverage(platform)
  const sources = new Map(syncs.flatMap((sync) => sync.sources.map((source) => [source.source, source] as const)))
  const last = syncs.at(-1)
  return {
    provider,
    platform,
    client,
    connection,
    sync: last === undefined ? null : { id: last.id, finishedAt: last.finishedAt },
    basis: [...coverage.basis],
    rows: coverageRows(coverage, {
      sources: [...sources.values()],
      reports: reportStates(reader, connection.id),
    }),
  }
}

/** The lists that a provider offers, without a connection. */
export function offersOf(provider: ProviderId): ProviderCoverage {
  const coverage = getProvider(provider).coverage(null)
  const rows = coverageRows(coverage, { sources: [], reports: [] })
  return { provider, platform: null, client: null, connection: null, sync: null, basis: [...coverage.basis], rows }
}

/** The coverage of connections at the syncs that a document is made from. */
export function coverageOfSyncs(
  reader: Reader,
  readings: readonly { readonly connection: ConnectionRef; readonly syncId: number | null }[],
): ProviderCoverage[] {
  return [...Map.groupBy(readings, ({ connection }) => connection.id).values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const ids = [...new Set(own.flatMap(({ syncId }) => syncId ?? []))].toSorted((a, b) => a - b)
    const syncs = ids.flatMap((id) => getSync(reader, id) ?? [])
    const { connection } = first
    return (
      connectionCoverage(reader, { connection, client: null, platform: platformOf(reader, connection.id) }, syncs) ?? []
    )
  })
}

interface ConnectionAtSync {
  readonly connection: { readonly id: number; readonly provider: string }
  /** The sync of a document; null: the connection was never read. */
  readonly sync: number | null
}

/** Which sync read a list of a connection, as of a sync, and what of it was not read. */
export type FindListSource = (list: ListName) => ListSource

const IMPORTED = 'It is known only from an imported file.'

/**
 * Finds what was read of the lists of a connection. A list that its provider does not offer counts as not read, not
 * as empty.
 */
export function newListSources(reader: Reader, { connection, sync }: ConnectionAtSync): FindListSource {
  const { id, provider } = connection
  if (sync === null) return () => ({ sync: null, lack: 'It was never synced.' })
  const read = new Map(readSources(reader, id, sync).map((reading) => [reading.source, reading]))
  const platform = platformOf(reader, id)
  const offered = listOffered(provider, platform)
  return (list) => {
    const basis = findListBasis(list)
    const isFile = readsFile(provider)
    const rows = isFile ? [basis.inFile].filter((source) => source !== null) : basis.rows
    const own = rows.filter((source) => offered.has(source))
    const parts = [...own, ...(isFile ? [] : basis.beside.filter((source) => offered.has(source)))].map((source) =>
      toPart(read.get(source) ?? leftOut(reader, id, source, sync, offered.get(source) ?? null)),
    )
    const lack = sharedReason(parts.filter(({ state }) => state !== 'complete' && state !== 'unavailable'))
    const syncs = parts.filter(({ source }) => own.includes(source)).flatMap((part) => part.readAs ?? [])
    if (syncs.length > 0) return { sync: Math.max(...syncs), lack }
    const imported = basis.imported.flatMap((source) => read.get(source)?.complete?.id ?? [])
    if (imported.length > 0) return { sync: Math.max(...imported), lack: IMPORTED }
    const none = `${providerWords(provider, platform)} does not report ${listWords(list)}.`
    return { sync: null, lack: own.length === 0 ? none : lack }
  }
}

/**
 * Rows of a list with the state of its source. Rows that are there were read by some sync, even where the present
 * credential reads no such list.
 */
export function listWith<Row>(
  find: FindListSource,
  list: ListName,
  sync: number | null,
  rows: readonly Row[],
): List<Row> {
  const source = find(list)
  return listFrom(rows.length === 0 ? source : { ...source, sync: source.sync ?? sync }, () => rows)
}

/** Lists the sources that no sync began, as of a sync: none for a connection never synced, or known from a file. */
export function listUnsynced(
  reader: Reader,
  { connection, sync }: ConnectionAtSync,
): readonly { readonly source: SourceName; readonly because: string }[] {
  const { id, provider } = connection
  const read = sync === null ? [] : readSources(reader, id, sync)
  if (sync === null || read.every(({ source }) => isFileSource(source))) return []
  const known = new Set(read.map(({ source }) => source))
  const offered = [...listOffered(provider, platformOf(reader, id))].flatMap(([source, needs]) =>
    known.has(source) ? [] : [{ source, because: leftOut(reader, id, source, sync, needs).reason }],
  )
  // Keys that administer the organization exist whether or not its provider lists them.
  const hidden = findProvider(provider)?.listsAdminKeys === false && !readsFile(provider)
  const adminKeys = { source: 'admin-keys', because: `${providerName(provider)} does not report admin keys.` } as const
  return hidden ? [adminKeys, ...offered] : offered
}

interface Part {
  readonly source: SourceName
  readonly state: string
  readonly reason: string | null
  /** The last sync that read it to its end, or to which the organization answered that it has none. */
  readonly readAs: number | null
}

function toPart(reading: Part | SourceReading): Part {
  if ('readAs' in reading) return reading
  const { source, state, reason, snapshotId, complete } = reading
  return { source, state, reason, readAs: state === 'unavailable' ? snapshotId : (complete?.id ?? null) }
}

/** A source that the sync did not begin, which an earlier one may have read with another credential. */
function leftOut(
  reader: Reader,
  connection: number,
  source: SourceName,
  sync: number,
  needs: string | null,
): Part & { readonly reason: string } {
  return {
    source,
    state: 'not-synced',
    reason: needs ?? `The sync did not read ${sourceLabel(source).toLowerCase()}.`,
    readAs: lastComplete(reader, connection, source, sync)?.id ?? null,
  }
}

/** The sources that the sync of a provider reads, with what a credential has to be for it. */
function listOffered(provider: string, platform: string | null): ReadonlyMap<SourceName, string | null> {
  if (!isProviderId(provider)) return new Map()
  return new Map(
    getProvider(provider)
      .coverage(platform)
      .offers.filter(isRead)
      .flatMap(({ sources, needs }) => sources.map((source) => [source, needs] as const)),
  )
}
