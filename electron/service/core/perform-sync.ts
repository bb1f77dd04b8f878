import type { SyncSummary } from '../../../shared/contract/connections.ts'
import {
  toCredentialCheck,
  type ConnectionFault,
  type CredentialCheckResult,
} from '../../../shared/domain/connection-fault.ts'
import { ReadingRefused } from '../../providers/kit/errors.ts'
import { recordAttempt } from '../../register/apply/apply.ts'
import type { NewReading } from '../../register/apply/reading.ts'
import { setCredentialCheck } from '../../register/connections/local.ts'
import { getSync } from '../../register/connections/sync-history.ts'
import type { Writer } from '../../register/db/handles.ts'
import { applyOwnReading } from '../../register/team/share-reading.ts'
import { changeTexts } from '../kit/texts-out.ts'
import type { OpenLog } from '../../providers/kit/open-log.ts'
import type { Sink } from '../../providers/kit/tally.ts'
import type { Collector } from './collector.ts'
import { openEventLog } from './event-log.ts'
import { getReason, LeaseLost, type SyncJob } from './sync-job.ts'

interface Performed {
  readonly job: SyncJob
  readonly abort: AbortController
  readonly collector: Collector
}

interface Watch {
  readonly now: () => number
  readonly onPhase: (phase: 'reading' | 'writing') => void
  /** Called with how long requests are held back, in milliseconds. */
  readonly onWait: (ms: number) => void
}

/** Reads a connection and writes what was read, or why it was not. Rejects where not even the attempt could be written. */
export async function performSync(
  { job, collector, abort }: Performed,
  { now, onPhase, onWait }: Watch,
): Promise<SyncSummary | null> {
  const startedAt = now()
  const getReading = (): NewReading => ({
    connectionId: job.connectionId,
    origin: 'api',
    startedAt,
    finishedAt: now(),
    operator: job.operator,
    facts: collector.facts,
    outcomes: collector.outcomes,
  })
  let syncId: number
  try {
    abort.signal.throwIfAborted()
    onPhase('reading')
    const cut = withoutCredential(job.access)
    const openLog = () =>
      cutEvents(openEventLog(job.register, job.connectionId, { facts: collector.facts, now: now() }), cut)
    await job.provider.read({ ...job.access, onWait, openLog }, cutFacts(collector.sink, cut), abort.signal)
    abort.signal.throwIfAborted()
    const lost = (await job.lease?.confirm()) ?? null
    if (lost !== null) throw new LeaseLost(lost)
    onPhase('writing')
    syncId = job.register.transact((writer) => {
      const applied = applyOwnReading(writer, getReading(), { lease: job.lease?.name ?? null })
      if (applied.state === 'failed') noteCheck(writer, job, toCredentialCheck(applied.fault ?? 'other'), now())
      else noteCheck(writer, job, 'ok', now())
      return applied.syncId
    })
  } catch (error) {
    const isLost = error instanceof LeaseLost
    const cancelled = abort.signal.aborted || isLost
    const reason = cancelled && !isLost ? 'Cancelled before it ended; nothing was concluded.' : getReason(error)
    const state = cancelled ? 'cancelled' : 'failed'
    const fault = cancelled ? null : getFault(error)
    syncId = job.register.transact((writer) => {
      if (fault !== null) noteCheck(writer, job, toCredentialCheck(fault), now())
      return recordAttempt(writer, { ...getReading(), state, reason, fault })
    })
  }
  return getSync(job.register.reader, syncId)
}

type Cut = <T>(value: T) => T

/** Cuts the credential, whatever its shape, out of each text of a value. */
function withoutCredential({ credential }: SyncJob['access']): Cut {
  if (credential === '') return (value) => value
  return (value) => changeTexts(value, (text) => (text.includes(credential) ? text.replaceAll(credential, '…') : text))
}

function cutFacts(sink: Sink, cut: Cut): Sink {
  return {
    ...sink,
    facts: (source, project, facts, fetched, expected) => sink.facts(source, project, cut(facts), fetched, expected),
  }
}

function cutEvents(log: OpenLog | null, cut: Cut): OpenLog | null {
  return log && { ...log, take: (span, part) => log.take(span, { ...part, events: cut(part.events) }) }
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
