import PQueue from 'p-queue'

import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { RegisterRefused } from '../../register/db/migrate.ts'
import type { SyncEnded } from '../log/profile-log.ts'
import type { Events } from '../kit/events.ts'
import { getReason, type SyncJob, type SyncRunner } from '../core/syncs.ts'
import type { Collector } from './perform-sync.ts'

interface Run {
  readonly job: SyncJob
  readonly abort: AbortController
  /** Null until it begins to read. */
  collector: Collector | null
  phase: SyncProgress['phase']
  /** Until when requests are held back. */
  waitsUntil: number
  result: SyncSummary | null
  notWritten: string | null
}

/** Connections that sync at the same time; each has at most four requests in flight. */
const SIDE_BY_SIDE = 8

/** The shortest interval between two progress reports, in milliseconds. */
const TELL_EVERY_MS = 80

/** A shorter wait ends before a person has read about it. */
const LEAST_WAIT_MS = 2000

export function newSyncRunner(options: {
  readonly now: () => number
  readonly events: Pick<Events, 'changed'>
  readonly onEnded: (ended: SyncEnded) => void
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
    // Most verbs of the terminal read nothing from a provider.
    const { newCollector, performSync } = await import('./perform-sync.ts')
    run.collector = newCollector(tell)
    run.result = await performSync(
      { ...run, collector: run.collector },
      {
        now: options.now,
        onPhase: (phase) => {
          run.phase = phase
          tell()
        },
        onWait: (ms) => {
          if (ms < LEAST_WAIT_MS) return
          run.waitsUntil = options.now() + ms
          tell()
        },
      },
    )
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
    run.collector?.release()
    const { connectionId, provider } = run.job
    const { result: summary, notWritten } = run
    await run.job.lease?.end(run.job.dueIn(summary))
    const ended = { connectionId, provider: provider.id, summary, notWritten, ms: performance.now() - start }
    options.onEnded(ended)
    options.events.changed('sync', 'connection', 'access', 'rotation')
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
        collector: null,
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

interface RunWatch {
  readonly runs: ReadonlyMap<number, Run>
  readonly watchers: Set<() => void>
  readonly running: () => boolean
  readonly now: () => number
}

async function* watchRuns(
  { runs, watchers, running, now }: RunWatch,
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
    sources: run.collector?.progress() ?? [],
    waiting: waits ? { provider: run.job.provider.id, until: run.waitsUntil } : null,
    result: run.result,
    notWritten: run.notWritten,
  }
}

function toWords(error: unknown): string {
  const { message, hint } = error instanceof RegisterRefused ? error : { message: getReason(error), hint: null }
  return [message, hint].filter((part) => part !== null).join(' ')
}
