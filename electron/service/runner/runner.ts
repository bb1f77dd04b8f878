import PQueue from 'p-queue'

import { counted } from '../../../shared/domain/counted.ts'
import { readsFile } from '../../../shared/domain/providers/providers.ts'
import { findLack } from '../../../shared/domain/sync-lack.ts'
import { describeUsageReading, isUsageRead } from '../../../shared/domain/usage/report-outcome.ts'
import type { Clock } from '../../providers/kit/clock.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { listReadingTimes } from '../../register/connections/sync-history.ts'
import { adoptCredentials } from '../connections/adopt.ts'
import { type Context, getReader } from '../core/context.ts'
import type { NoteKind } from '../kit/host.ts'
import type { ReadingLease } from '../core/syncs.ts'
import type { SyncEnded } from '../log/profile-log.ts'
import { isOfThisMachine, startSyncs } from '../sync/start.ts'
import { checkBudgets } from '../usage/budget-spend.ts'
import { syncOne } from '../usage/sync-one.ts'
import { isFounded } from '../team/gate.ts'
import { computeDue, computePause } from '../sync/due.ts'

const EVERY_MS = 60_000

/** Connections that are read at the same time. */
const SIDE_BY_SIDE = 8

/**
 * Reads connections when they are due, first what they are and then their usage, as far as their credential is on this
 * machine, and reports each step in one line. Returns a function that cancels what is being read, and resolves once
 * nothing is under way.
 */
export function startRunner(context: Context, clock: Clock): () => Promise<void> {
  const stop = new AbortController()
  const queue = new PQueue({ concurrency: SIDE_BY_SIDE })
  const reading = new Set<number>()
  /** Connections that were skipped, each with when it is tried again. */
  const skipped = new Map<number, number>()
  const note = makeNotes(context)
  let problem: string | null = null

  /** For as long as after its failures in a row. */
  const leaveAlone = (connection: StoredConnection): void => {
    const failures = listReadingTimes(getReader(context), [connection.id])[0]?.failures ?? 0
    skipped.set(connection.id, context.now() + computePause(getCadence(context, connection), Math.max(failures, 1)))
  }

  const readOne = async ({ connection, lease }: Due): Promise<void> => {
    if (stop.signal.aborted) return lease?.end(0)
    const { started, skipped: left } = await startSyncs(context, [connection], undefined, lease)
    const ended = await started.get(connection.id)
    if (ended === undefined) {
      leaveAlone(connection)
      const [{ reason } = { reason: 'Its sync did not start.' }] = left
      return note(connection, `skipped. ${reason}`, 'problem')
    }
    skipped.delete(connection.id)
    // It is due for the other devices of the team.
    if (lease !== undefined && isOfThisMachine(ended.summary)) leaveAlone(connection)
    note(connection, ...describeSync(ended))
    const { state } = ended.summary ?? {}
    if (stop.signal.aborted || (state !== 'complete' && state !== 'partial')) return
    const { reports, skipped: why } = await syncOne(context, connection, undefined, stop.signal)
    context.events.changed('usage')
    if (stop.signal.aborted) return
    checkBudgets(context)
    const isRead = why === null && reports.every(isUsageRead)
    note(connection, `usage ${describeUsageReading(reports, why)}`, isRead ? 'done' : 'problem')
  }

  const readInTurn = async (due: Due): Promise<void> => {
    const { connection } = due
    try {
      await readOne(due)
    } catch (error) {
      if (stop.signal.aborted) return
      leaveAlone(connection)
      note(connection, `not read. ${error instanceof Error ? error.message : String(error)}`, 'problem')
    } finally {
      reading.delete(connection.id)
    }
  }

  const look = async (): Promise<void> => {
    const unheld = await adoptCredentials(context)
    for (const { connection, name, problem } of unheld) {
      if (problem === null) note.once(connection, `not read here, since the credential ${name} is not set.`)
      else note.once(connection, `not read here. ${problem}`)
    }
    const free = listReadable(context).filter(({ id }) => !reading.has(id) && (skipped.get(id) ?? 0) <= context.now())
    const due = await (isFounded(context.session()) ? takeDue(context, free) : listDue(context, free))
    for (const each of due) {
      reading.add(each.connection.id)
      void queue.add(() => readInTurn(each))
    }
  }

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await look()
        problem = null
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error)
        if (text !== problem) context.host.note?.(text, 'problem')
        problem = text
      }
      await clock.sleep(EVERY_MS, stop.signal).catch(() => undefined)
    }
  }
  noteStart(context)
  const running = run()
  return async () => {
    stop.abort()
    queue.clear()
    await running
    await context.syncs.stop()
    await queue.onIdle()
  }
}

/** A connection to read now, in a team with its lease. */
interface Due {
  readonly connection: StoredConnection
  readonly lease?: ReadingLease
}

/** Takes those that are due for the team and that no other device reads. Throws `Refusal` where the server cannot be used. */
async function takeDue(context: Context, readable: readonly StoredConnection[]): Promise<readonly Due[]> {
  if (readable.length === 0) return []
  const { takeReadingTurns } = await import('../team/turns.ts')
  const leases = await takeReadingTurns(context, readable, false)
  return readable.flatMap((connection) => {
    const lease = leases.get(connection.uid)
    return lease === undefined ? [] : [{ connection, lease }]
  })
}

/** Those that are due by what this register knows. */
function listDue(context: Context, readable: readonly StoredConnection[]): readonly Due[] {
  const reader = getReader(context)
  const cadence = policyLookup(reader)
  const times = new Map(
    listReadingTimes(
      reader,
      readable.map(({ id }) => id),
    ).map((each) => [each.connectionId, each]),
  )
  const now = context.now()
  const isDue = ({ id, clientId }: StoredConnection): boolean => {
    const known = times.get(id) ?? { connectionId: id, readAt: null, failures: 0, failedAt: null }
    // After the clock was set back, what seems to be read later than now is read again.
    return computeDue(known, cadence(clientId).syncEveryHours) <= now || (known.readAt ?? 0) > now
  }
  return readable.filter(isDue).map((connection) => ({ connection }))
}

function listReadable(context: Context): readonly StoredConnection[] {
  return listConnections(getReader(context), {}).filter(({ provider, path, credentialHint }) =>
    readsFile(provider) ? path !== null : credentialHint !== null,
  )
}

function getCadence(context: Context, { clientId }: StoredConnection): number {
  return policyLookup(getReader(context))(clientId).syncEveryHours
}

function describeSync({ summary, notWritten }: SyncEnded): [string, NoteKind] {
  if (summary === null) return [`not written. ${notWritten ?? ''}`.trim(), 'problem']
  const rows = counted(
    summary.sources.reduce((sum, { fetched }) => sum + fetched, 0),
    'row',
  )
  switch (summary.state) {
    case 'complete':
      return [`read, ${rows}.`, 'done']
    case 'partial':
      return [`read in part, ${rows}. ${findLack(summary)?.text ?? ''}`.trim(), 'problem']
    case 'cancelled':
      return ['cancelled before it ended; nothing was concluded.', 'done']
    case 'failed':
      return [`not read. ${findLack(summary)?.text ?? ''}`.trim(), 'problem']
    default:
      return summary.state satisfies never
  }
}

interface Notes {
  (connection: StoredConnection, text: string, kind: NoteKind): void
  /** A problem that is reported again only after it changed. */
  once(connection: StoredConnection, text: string): void
}

function makeNotes({ host }: Context): Notes {
  const last = new Map<number, string>()
  const note = ({ client, label }: StoredConnection, text: string, kind: NoteKind): void =>
    host.note?.(`${client.slug} / ${label}: ${text}`, kind)
  return Object.assign(note, {
    once: (connection: StoredConnection, text: string): void => {
      if (last.get(connection.id) === text) return
      last.set(connection.id, text)
      note(connection, text, 'problem')
    },
  })
}

function noteStart(context: Context): void {
  const all = listConnections(getReader(context), {}).length
  context.host.note?.(`Opened ${context.session().profile} with ${counted(all, 'connection')}.`, 'done')
}
