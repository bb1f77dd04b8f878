import { AsyncLocalStorage } from 'node:async_hooks'

import type { SyncSummary } from '../../../shared/contract/connections.ts'
import { SLOW_QUERY_MS, type SlowQuery } from '../../register/db/handles.ts'
import type { Level, Log, LogFields } from './log.ts'

/** A sync that has ended, with any result. */
export interface SyncEnded {
  readonly connectionId: number
  readonly provider: string
  /** Null where not even the attempt could be written. */
  readonly summary: SyncSummary | null
  /** Why not, in sentences; null where it could. */
  readonly notWritten: string | null
  readonly ms: number
}

/** The service's log of its work, for finding faults. */
export interface ProfileLog {
  write(level: Level, event: string, fields?: LogFields): void
  slow(query: SlowQuery): void
  syncEnded(ended: SyncEnded): void
  /** An unexpected error. */
  fault(event: string, error: unknown, fields?: LogFields): void
  /** Resolves when every line is written. */
  flush(): Promise<void>
  close(): void
}

/** The number of the call that is being answered, which is in every line of it. */
const calls = new AsyncLocalStorage<string>()
let called = 0

/** Runs one call; what is logged meanwhile belongs to it. */
export function asCall<T>(work: () => T): T {
  called += 1
  return calls.run(`${process.pid}-${called}`, work)
}

/**
 * The log of a profile. It is loaded with the first line, unless `eager`: a command that only reads logs nothing, and
 * must not wait for it.
 */
export function profileLog(open: () => Promise<Log>): ProfileLog {
  let log: Log | null = null
  let opening: Promise<Log | null> | null = null
  let isClosed = false
  /** Lines from before the log is open; they keep their order. */
  const waiting: Parameters<Log['write']>[] = []
  const load = (): Promise<Log | null> => {
    opening ??= open().then(
      (opened) => {
        for (const line of waiting.splice(0)) opened.write(...line)
        if (isClosed) opened.close()
        else log = opened
        return log
      },
      () => {
        isClosed = true
        return null
      },
    )
    return opening
  }
  const write: ProfileLog['write'] = (level, event, fields = {}) => {
    const call = calls.getStore()
    const all = call === undefined ? fields : { call, ...fields }
    if (log !== null) return log.write(level, event, all)
    // A log that was closed, or could not be opened, accepts no more lines.
    if (isClosed) return
    waiting.push([level, event, all])
    void load()
  }
  const onFault = (error: unknown): void => fault('process.failed', error)
  process.on('uncaughtExceptionMonitor', onFault)
  const fault: ProfileLog['fault'] = (event, error, fields = {}) => {
    const known = error instanceof Error ? error : new Error(String(error))
    write('error', event, { ...fields, error: known.name, message: known.message, stack: known.stack })
  }
  return {
    write,
    fault,
    slow: ({ sql, ms }) =>
      write('warn', 'statement.slow', { ms: Math.round(ms), over: SLOW_QUERY_MS, sql: oneLine(sql) }),
    syncEnded: ({ connectionId, provider, summary, notWritten, ms }) => {
      const state = summary?.state ?? 'not written'
      const first = summary?.sources.find((source) => source.state === 'failed')
      write(state === 'complete' ? 'info' : 'warn', 'sync.ended', {
        connection: connectionId,
        provider,
        sync: summary?.id ?? null,
        state,
        ms: Math.round(ms),
        sources: summary?.sources.length ?? 0,
        incomplete: summary?.sources.filter((source) => source.state !== 'complete').length ?? 0,
        source: first?.source,
        reason: summary?.reason ?? notWritten ?? first?.reason ?? null,
      })
    },
    flush: async () => {
      await opening
    },
    close: () => {
      process.off('uncaughtExceptionMonitor', onFault)
      isClosed = true
      log?.close()
      log = null
    },
  }
}

function oneLine(sql: string): string {
  return sql.replaceAll(/\s+/gu, ' ').trim().slice(0, 400)
}
