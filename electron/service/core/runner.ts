import PQueue from 'p-queue'

import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import type { Provider } from '../../providers/kit/provider.ts'
import { recordAttempt } from '../../register/apply/apply.ts'
import type { NewReading } from '../../register/apply/reading.ts'
import { RegisterRefused } from '../../register/db/migrate.ts'
import type { Writer } from '../../register/db/handles.ts'
import type { Register } from '../../register/open.ts'
import { applyOwnReading } from '../../register/team/share-reading.ts'
import type { LeaseName } from '../../../shared/team/store.ts'
import { getSync } from '../../register/connections/sync-history.ts'
import type { SyncEnded } from '../log/profile-log.ts'
import { type Collector, newCollector } from './collector.ts'
import { openEventLog } from './event-log.ts'
import type { Access } from '../../providers/kit/calls.ts'
import { ReadingRefused } from '../../providers/kit/errors.ts'
import { setCredentialCheck } from '../../register/connections/local.ts'
import {
  toCredentialCheck,
  type ConnectionFault,
  type CredentialCheckResult,
} from '../../../shared/domain/connection-fault.ts'

/** What one sync needs; the credential lives no longer than the run. */
export interface SyncJob {
  readonly connectionId: number
  readonly provider: Provider
  readonly access: Access
  readonly register: Register
  readonly operator: string
  /** Whether the credential is the stored one, so that the result shows something about it. */
  readonly isStored: boolean
  /** Null for a profile without a team. */
  readonly lease: ReadingLease | null
  /** When the connection is due again after a sync with this result, in milliseconds. */
  readonly dueIn: (state: SyncSummary['state'] | null) => number
}

/** The right to read a connection for the team, which one device has at a time. */
export interface ReadingLease {
  /** What its reading is placed under. */
  readonly name: LeaseName
  /** Null while it holds, by the clock of the team's server; else why it does not, or whether that is unknown, in words. */
  confirm(): Promise<string | null>
  /** Gives it back once what was read is placed; the connection is due after some milliseconds. Never rejects. */
  end(dueIn: number): Promise<void>
}

/** Runs syncs side by side, one at a time for each connection. */
export interface SyncRunner {
  /** How the sync ended; null when the connection is syncing already. The promise never rejects. */
  start(job: SyncJob): Promise<SyncEnded> | null
  cancel(connectionId: number): boolean
  running(): boolean
  /** The state of every sync under way and of those that ended since the last one began, then each change. */
  watch(follow: boolean, signal: AbortSignal | undefined): AsyncGenerator<SyncProgress[]>
  /** Cancels everything, waits for it to end, and forgets it. */
  stop(): Promise<void>
}

interface Run {
  readonly job: SyncJob
  readonly abort: AbortController
  readonly collector: Collector
  phase: SyncProgress['phase']
  /** Until when requests are held back. */
  waitsUntil: number
  result: SyncSummary | null
  notWritten: string | null
}

/** Another device may have read the connection meanwhile: what was read here is not written. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** Connections that sync at the same time; each has at most four requests in flight. */
const SIDE_BY_SIDE = 8

/** The shortest interval between two progress reports, in milliseconds. */
const TELL_EVERY_MS = 80

/** A shorter wait ends before a person has read about it. */
const LEAST_WAIT_MS = 2000

export function newSyncRunner(options: {
  readonly now: () => number
  readonly onDone: (ended: SyncEnded) => void
}): SyncRunner {
  const runs = new Map<number, Run>()
  const queue = new PQueue({ concurrency: SIDE_BY_SIDE })
  const watchers = new Set<() => void>()
  let telling: NodeJS.Timeout | null = null
  const wakeAll = (): void => {
    if (telling) clearTimeout(telling)
    telling = null
    for (const wake of watchers) wake()
  }
  const tell = (): void => {
    telling ??= setTimeout(wakeAll, TELL_EVERY_MS)
  }
  const running = (): boolean => runs.values().some((run) => run.phase !== 'done')

  const perform = async (run: Run): Promise<void> => {
    const { job, collector, abort } = run
    const startedAt = options.now()
    const getReading = (): NewReading => ({
      connectionId: job.connectionId,
      origin: 'api',
      startedAt,
      finishedAt: options.now(),
      operator: job.operator,
      facts: collector.facts,
      outcomes: collector.outcomes,
    })
    let syncId: number
    try {
      abort.signal.throwIfAborted()
      run.phase = 'reading'
      tell()
      const onWait = (ms: number): void => {
        if (ms < LEAST_WAIT_MS) return
        run.waitsUntil = options.now() + ms
        tell()
      }
      const openLog = () => openEventLog(job.register, job.connectionId, { facts: collector.facts, now: options.now() })
      await job.provider.read({ ...job.access, onWait, openLog }, collector.sink, abort.signal)
      abort.signal.throwIfAborted()
      const lost = (await job.lease?.confirm()) ?? null
      if (lost !== null) throw new LeaseLost(lost)
      run.phase = 'writing'
      tell()
      syncId = job.register.transact((writer) => {
        const applied = applyOwnReading(writer, getReading(), job.lease?.name)
        if (applied.state === 'failed')
          noteCheck(writer, job, toCredentialCheck(applied.fault ?? 'other'), options.now())
        else noteCheck(writer, job, 'ok', options.now())
        return applied.syncId
      })
    } catch (error) {
      const isLost = error instanceof LeaseLost
      const cancelled = abort.signal.aborted || isLost
      const reason = cancelled && !isLost ? 'Cancelled before it ended; nothing was concluded.' : getReason(error)
      const state = cancelled ? 'cancelled' : 'failed'
      const fault = cancelled ? null : getFault(error)
      syncId = job.register.transact((writer) => {
        if (fault !== null) noteCheck(writer, job, toCredentialCheck(fault), options.now())
        return recordAttempt(writer, { ...getReading(), state, reason, fault })
      })
    }
    run.result = getSync(job.register.reader, syncId)
  }

  const performAndEnd = async (run: Run): Promise<SyncEnded> => {
    const start = performance.now()
    try {
      await perform(run)
    } catch (error) {
      // Not even the attempt could be written (a full disk): the run ends without a result, and the service continues.
      run.notWritten = toWords(error)
    }
    run.phase = 'done'
    run.collector.release()
    const { connectionId, provider } = run.job
    const { result: summary, notWritten } = run
    await run.job.lease?.end(run.job.dueIn(summary?.state ?? null))
    const ended = { connectionId, provider: provider.id, summary, notWritten, ms: performance.now() - start }
    options.onDone(ended)
    tell()
    return ended
  }

  return {
    start: (job) => {
      const before = runs.get(job.connectionId)
      if (before && before.phase !== 'done') {
        void job.lease?.end(0)
        return null
      }
      // A new round: runs that ended before it began are not shown any more.
      if (!running()) runs.clear()
      const run: Run = {
        job,
        abort: new AbortController(),
        collector: newCollector(tell),
        phase: 'waiting',
        waitsUntil: 0,
        result: null,
        notWritten: null,
      }
      runs.set(job.connectionId, run)
      const ended = queue.add(() => performAndEnd(run))
      tell()
      return ended
    },
    cancel: (connectionId) => {
      const run = runs.get(connectionId)
      if (!run || run.phase === 'done' || run.phase === 'writing') return false
      run.abort.abort(new Error('Cancelled by the operator.'))
      tell()
      return true
    },
    running,
    watch: (follow, signal) => watchRuns({ runs, watchers, running, now: options.now }, follow, signal),
    stop: async () => {
      for (const run of runs.values()) run.abort.abort(new Error('Castellan is closing.'))
      await queue.onIdle()
      // The next profile may be another one whose connections have the same numbers.
      runs.clear()
      wakeAll()
    },
  }
}

interface Watched {
  readonly runs: ReadonlyMap<number, Run>
  readonly watchers: Set<() => void>
  readonly running: () => boolean
  readonly now: () => number
}

async function* watchRuns(
  { runs, watchers, running, now }: Watched,
  follow: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<SyncProgress[]> {
  let { promise, resolve: wake } = Promise.withResolvers<void>()
  const onChange = (): void => wake()
  watchers.add(onChange)
  signal?.addEventListener('abort', onChange)
  try {
    for (;;) {
      if (signal?.aborted) return
      const ended = !running()
      yield [...runs.values()].map((run) => readProgress(run, now()))
      if (ended && !follow) return
      await promise
      ;({ promise, resolve: wake } = Promise.withResolvers<void>())
    }
  } finally {
    watchers.delete(onChange)
    signal?.removeEventListener('abort', onChange)
  }
}

function readProgress(run: Run, now: number): SyncProgress {
  const waits = run.phase === 'reading' && run.waitsUntil > now
  return {
    connectionId: run.job.connectionId,
    phase: run.phase,
    sources: run.collector.progress(),
    waiting: waits ? { provider: run.job.provider.id, until: run.waitsUntil } : null,
    result: run.result,
    notWritten: run.notWritten,
  }
}

function toWords(error: unknown): string {
  const { message, hint } = error instanceof RegisterRefused ? error : { message: getReason(error), hint: null }
  return [message, hint].filter((part) => part !== null).join(' ')
}

function getFault(error: unknown): ConnectionFault {
  return error instanceof ReadingRefused ? error.fault : 'other'
}

/** Records what a sync showed about the stored credential. */
function noteCheck(
  writer: Writer,
  { connectionId, isStored }: SyncJob,
  check: CredentialCheckResult | null,
  at: number,
): void {
  if (isStored && check !== null) setCredentialCheck(writer, connectionId, { check, at })
}

function getReason(error: unknown): string {
  if (error instanceof ReadingRefused || error instanceof LeaseLost) return error.message
  return error instanceof Error ? `The sync stopped: ${error.message}` : 'The sync stopped for an unknown reason.'
}
