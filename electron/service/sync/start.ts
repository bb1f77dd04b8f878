import { type StoredConnection, listConnections } from '../../register/connections/connection.ts'
import { type Context, getReader, readOperator, makeRegister } from '../core/context.ts'
import type { ReadingLease, SyncJob } from '../core/syncs.ts'
import { sendingTo } from '../core/sending.ts'
import { isKeyMissing, Refusal, invalid, notFound } from '../kit/refusal.ts'
import type { SyncEnded } from '../log/profile-log.ts'
import type { SyncSummary } from '../../../shared/contract/connections.ts'
import { getProvider } from '../../providers/registry.ts'
import { readsFile } from '../../../shared/domain/providers/providers.ts'
import { listAccess, callable } from '../core/credentials.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import { listReadingTimes, unfinishedParts } from '../../register/connections/sync-history.ts'
import { isFounded } from '../team/gate.ts'
import { isOfProvider } from '../../../shared/domain/connection-fault.ts'
import { computePause } from './due.ts'

interface SyncChoice {
  readonly client?: string | undefined
  readonly connections?: readonly number[] | undefined
  /** A credential for this run only. */
  readonly credential?: string | undefined
}

/**
 * The connections that a run syncs: those named, else all in scope. Throws `Refusal` NOT_FOUND for one that is not in
 * scope, and INVALID for a credential that is not for exactly one.
 */
export function chosenConnections(context: Context, asked: SyncChoice): readonly StoredConnection[] {
  const { client, connections: named = [], credential } = asked
  const connections = listConnections(getReader(context), { client }, asked.connections)
  const missing = named.filter((id) => !connections.some((connection) => connection.id === id))
  if (missing.length > 0) {
    const where = client === undefined ? '' : ` of ${client}`
    throw notFound(`Connection ${missing.join(', ')}${where}`, 'List the connections to see their numbers.')
  }
  if (credential !== undefined && connections.length !== 1) {
    throw invalid(
      'credential',
      'A credential for one run needs exactly one connection.',
      'Name the connection that it belongs to.',
    )
  }
  return connections
}

interface SkippedConnection {
  readonly connectionId: number
  readonly reason: string
  /** True if it is skipped because it has no credential here. */
  readonly noKey: boolean
}

interface SyncStart {
  /** By connection, how its sync ended. */
  readonly started: ReadonlyMap<number, Promise<SyncEnded>>
  readonly skipped: readonly SkippedConnection[]
}

/**
 * Starts the syncs of connections, with the credential given for this run or the stored one; the others are skipped with
 * the reason. `held`: the lease of the only one, in a team. Throws `Refusal` where a given credential cannot be used.
 */
export async function startSyncs(
  context: Context,
  connections: readonly StoredConnection[],
  given: string | undefined,
  held?: ReadingLease,
): Promise<SyncStart> {
  const skipped: SkippedConnection[] = []
  const jobs: SyncJob[] = []
  // All credentials first: a keychain that does not answer must not leave half of the connections syncing.
  for (const connection of connections) {
    try {
      jobs.push(await readJob(context, connection, given, held))
    } catch (error) {
      if (!(error instanceof Refusal) || given !== undefined) throw error
      skipped.push({ connectionId: connection.id, reason: error.message, noKey: isKeyMissing(error) })
    }
  }
  const started = new Map<number, Promise<SyncEnded>>()
  const sending = sendingTo(context.session())
  for (const job of jobs) {
    const { connectionId } = job
    if (sending.has(connectionId)) {
      void job.lease?.end(0)
      skipped.push({ connectionId, reason: 'Changes are being sent to it; it is synced after that.', noKey: false })
      continue
    }
    const ended = context.syncs.start(job)
    if (ended !== null) started.set(connectionId, ended)
    else skipped.push({ connectionId, reason: 'It is syncing already.', noKey: false })
  }
  if (started.size > 0) context.events.changed('sync')
  return { started, skipped }
}

/**
 * Reads the job of a connection's sync, with the credential given for this run or the stored one. Throws `Refusal` for
 * one that cannot be read: no credential, or a provider that only files bring in. In a team it takes the lease of the
 * connection, unless it is given, and refuses while another device reads it; the sync that is started with it releases
 * it.
 */
export async function readJob(
  context: Context,
  connection: StoredConnection,
  given: string | undefined,
  held?: ReadingLease,
): Promise<SyncJob> {
  try {
    return await makeJob(context, connection, given, held)
  } catch (error) {
    await held?.end(0)
    throw error
  }
}

async function makeJob(
  context: Context,
  connection: StoredConnection,
  given: string | undefined,
  held: ReadingLease | undefined,
): Promise<SyncJob> {
  const job = {
    connectionId: connection.id,
    provider: getProvider(callable(connection)),
    access: {
      ...(await listAccess(context, connection, given)),
      unfinished: unfinishedParts(getReader(context), connection.id),
    },
    register: makeRegister(context),
    operator: readOperator(context),
    isStored: given === undefined && !readsFile(connection.provider),
    dueIn: (summary: SyncSummary | null) => computeDueIn(context, connection, summary),
  }
  // After all else that may be refused: a lease keeps other devices from reading.
  return { ...job, lease: held ?? (await takeLease(context, connection)) }
}

/** Null for a profile without a team. Throws `Refusal` CONFLICT while another device reads the connection. */
async function takeLease(context: Context, connection: StoredConnection): Promise<ReadingLease | null> {
  if (!isFounded(context.session())) return null
  const { describeTurn, takeReadingTurns } = await import('../team/turns.ts')
  const lease = (await takeReadingTurns(context, [connection], true)).get(connection.uid)
  if (lease !== undefined) return lease
  const holder = await describeTurn(context, connection)
  throw new Refusal(
    'CONFLICT',
    `${connection.label} is not read here now. ${holder ?? 'This device may not read it for the team.'}`,
    holder === null ? 'An owner can give you the role of an operator.' : 'Wait for its reading to arrive.',
  )
}

/**
 * When a connection is due again for the team after a sync with this result: now after one that was cancelled, and where the failure may be
 * that of this machine or its credential, since another device may be able to read it.
 */
function computeDueIn(context: Context, { id, clientId }: StoredConnection, summary: SyncSummary | null): number {
  const { register } = context.session()
  if (register === null || summary?.state === 'cancelled' || isOfThisMachine(summary)) return 0
  const failures = listReadingTimes(register.reader, [id])[0]?.failures ?? 0
  return computePause(policyLookup(register.reader)(clientId).syncEveryHours, failures)
}

/** True if a sync failed for a reason of this machine, so that another device of the team may succeed. */
export function isOfThisMachine(summary: SyncSummary | null): boolean {
  return summary?.state === 'failed' && summary.fault !== null && !isOfProvider(summary.fault)
}
