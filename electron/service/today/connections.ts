import { daysBetween, DAY_MS, toLocalDay } from '../../../shared/domain/day.ts'
import type { CredentialState } from '../../../shared/domain/connection.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { findLack, listLacking } from '../../../shared/domain/sync-lack.ts'
import type { ConnectionProblem, Matter, Risk } from '../../../shared/domain/today/matter.ts'
import { riskPoints } from '../../../shared/domain/today/rank.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { TodaySync } from '../../../shared/contract/today.ts'
import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { type LastSyncs, lastSyncs } from '../../register/connections/sync-history.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import type { Scope } from '../../register/db/scope.ts'
import { countKeys } from '../../register/today/keys.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { credentialState } from '../core/credentials.ts'

/** A connection with its credential and its syncs. */
export interface ConnectionState {
  readonly connection: StoredConnection
  readonly credential: CredentialState
  readonly last: LastSyncs
}

/** The connections in scope with their credentials and last syncs. */
export async function listConnected(context: Context, scope: Scope): Promise<ConnectionState[]> {
  const reader = getReader(context)
  const connections = listConnections(reader, scope)
  const last = lastSyncs(
    reader,
    connections.map(({ id }) => id),
  )
  return Promise.all(
    connections.map(async (connection) => ({
      connection,
      credential: await credentialState(context.session().secrets, connection),
      last: last.get(connection.id) ?? { lastSync: null, lastAttempt: null },
    })),
  )
}

const RISK: Readonly<Record<ConnectionProblem, Risk>> = {
  refused: 'critical',
  'no-key': 'high',
  failed: 'high',
  never: 'high',
  partial: 'medium',
  stale: 'medium',
}

/** Problems that keep everything of a connection from being read. */
const BLIND: ReadonlySet<ConnectionProblem> = new Set(['refused', 'no-key', 'failed', 'never'])

/** The connections whose facts are not current, each with the reason. */
export function connectionMatters(context: Context, connected: readonly ConnectionState[]): Matter[] {
  const today = getToday(context)
  const now = context.now()
  const { sample } = context.session()
  const getPolicy = policyLookup(getReader(context))
  const found = connected.flatMap((each) => {
    const { staleSyncDays } = getPolicy(each.connection.clientId)
    const problem = findProblem(each, now - staleSyncDays * DAY_MS, sample)
    return problem === null ? [] : [{ ...each, problem }]
  })
  const keys = countKeys(
    getReader(context),
    found.map(({ connection }) => connection.id),
  )
  return found.map(({ connection, last, problem }): Matter => {
    const lastSyncOn = last.lastSync === null ? null : toLocalDay(last.lastSync.finishedAt)
    const count = keys.get(connection.id) ?? 0
    const unread = listLacking(last.lastAttempt?.sources ?? []).length
    const lack = last.lastAttempt === null ? null : findLack(last.lastAttempt)
    return {
      key: `connection-${connection.id}`,
      client: connection.client,
      risk: RISK[problem],
      reach: problem === 'partial' ? 1 : Math.max(1, count),
      age: daysBetween(lastSyncOn ?? toLocalDay(connection.createdAt), today),
      by: BLIND.has(problem) ? today : null,
      // Not the words of the provider, which differ from one attempt to the next.
      facts: { risk: riskPoints(RISK[problem]), numbers: { unread }, words: { problem, fault: lack?.fault ?? '' } },
      subject: {
        kind: 'connection',
        connectionId: connection.id,
        label: connection.label,
        provider: providerName(connection.provider),
        problem,
        reason: lack?.text ?? null,
        lastSyncOn,
        keys: count,
      },
    }
  })
}

/** Null where the last sync read everything, after the instant up to which it is stale. The sample is never read again. */
function findProblem(
  { credential, last }: ConnectionState,
  staleBy: number,
  sample: boolean,
): ConnectionProblem | null {
  const { lastAttempt, lastSync } = last
  if (!sample && credential === 'none' && lastSync?.origin !== 'file') return 'no-key'
  if (lastAttempt === null) return sample ? null : 'never'
  if (lastAttempt.state === 'failed') return lastAttempt.fault === 'refused' ? 'refused' : 'failed'
  if (lastAttempt.state === 'partial') return 'partial'
  if (lastSync === null) return 'never'
  return !sample && lastSync.finishedAt <= staleBy ? 'stale' : null
}

/** The syncs of the connections of one client, together. */
export function toSync(own: readonly ConnectionState[]): TodaySync {
  const at = own.flatMap(({ last }) => last.lastSync?.finishedAt ?? [])
  const attempts = own.flatMap(({ last }) => last.lastAttempt ?? [])
  const read = attempts.filter(({ state }) => state === 'complete').length
  return {
    state: findState(own, attempts),
    at: at.length === 0 ? null : Math.max(...at),
    connections: own.length,
    read,
  }
}

function findState(own: readonly ConnectionState[], attempts: readonly SyncSummary[]): TodaySync['state'] {
  if (own.length === 0) return 'none'
  if (attempts.some(({ state }) => state === 'failed')) return 'failed'
  if (attempts.length === 0 || own.every(({ last }) => last.lastSync === null)) return 'never'
  return attempts.some(({ state }) => state === 'partial') || attempts.length < own.length ? 'partial' : 'complete'
}
