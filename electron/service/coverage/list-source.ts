import { type List, listFrom, type ListSource } from '../../../shared/domain/absence.ts'
import { findListBasis, type ListName, listWords } from '../../../shared/domain/list-sources.ts'
import {
  findProvider,
  isProviderId,
  providerName,
  providerWords,
  readsFile,
} from '../../../shared/domain/providers/providers.ts'
import { isFileSource, sourceLabel, type SourceName } from '../../../shared/domain/source.ts'
import { sharedReason } from '../../../shared/domain/sync-lack.ts'
import type { SourceReading } from '../../../shared/report/register-reading.ts'
import { isRead } from '../../providers/kit/coverage.ts'
import { getProvider } from '../../providers/registry.ts'
import { platformOf } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { lastComplete, readSources } from '../../register/read/sources.ts'

interface Of {
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
export function newListSources(reader: Reader, { connection, sync }: Of): FindListSource {
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
  { connection, sync }: Of,
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
