import type { ConnectionRef } from '../../../shared/contract/common.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { ProviderCoverage } from '../../../shared/contract/coverage.ts'
import { isProviderId, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import { getProvider } from '../../providers/registry.ts'
import { platformOf, type StoredConnection } from '../../register/connections/connection.ts'
import { getSync } from '../../register/connections/sync-history.ts'
import type { Reader } from '../../register/db/handles.ts'
import { reportStates } from '../../register/usage/reports.ts'
import { coverageRows } from './rows.ts'

type Of = Pick<StoredConnection, 'platform'> & {
  readonly client: StoredConnection['client'] | null
  readonly connection: ConnectionRef
}

/**
 * The lists that the provider of a connection offers, and the reading of each by these syncs: of a list that several
 * read, the last one counts. Null for a provider that this version does not know.
 */
export function connectionCoverage(
  reader: Reader,
  { connection, client, platform }: Of,
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
