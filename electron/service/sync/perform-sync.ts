import type { SyncSummary } from '../../../shared/contract/connections.ts'
import {
  toCredentialCheck,
  type ConnectionFault,
  type CredentialCheckResult,
} from '../../../shared/domain/connection-fault.ts'
import { ReadingRefused } from '../../providers/kit/errors.ts'
import { recordAttempt } from '../../register/apply/apply.ts'
import type { NewReading, SourcedFacts } from '../../register/apply/reading.ts'
import { setCredentialCheck } from '../../register/connections/local.ts'
import { getSync } from '../../register/connections/sync-history.ts'
import type { Writer } from '../../register/db/handles.ts'
import { applyOwnReading } from '../../register/team/share-reading.ts'
import { changeTexts } from '../kit/texts-out.ts'
import type { OpenLog } from '../../providers/kit/open-log.ts'
import type { Sink } from '../../providers/kit/tally.ts'
import { openEventLog } from './event-log.ts'
import { getReason, LeaseLost, type SyncJob } from '../core/syncs.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'

interface SyncWork {
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
  { job, collector, abort }: SyncWork,
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
      const applied = applyOwnReading(writer, getReading(), { turn: job.lease?.turn ?? null })
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

type Redact = <T>(value: T) => T

/** Cuts the credential, whatever its shape, out of each text of a value. */
function withoutCredential({ credential }: SyncJob['access']): Redact {
  if (credential === '') return (value) => value
  return (value) => changeTexts(value, (text) => (text.includes(credential) ? text.replaceAll(credential, '…') : text))
}

function cutFacts(sink: Sink, cut: Redact): Sink {
  return {
    ...sink,
    facts: (source, project, facts, fetched, expected) => sink.facts(source, project, cut(facts), fetched, expected),
  }
}

function cutEvents(log: OpenLog | null, cut: Redact): OpenLog | null {
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

type SourceProgress = SyncProgress['sources'][number]

interface Tally {
  fetched: number
  expected: number | null
  state: SourceProgress['state']
  projects: { begun: number; ended: number } | null
  /** Rows so far of each part, by project. */
  readonly parts: Map<string, number>
  /** The worst state of the parts that have ended. */
  worst: SourceOutcome['state'] | null
}

/** Gathers what an adapter reads, and counts it for observers. */
export interface Collector {
  readonly sink: Sink
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
  readonly progress: () => SourceProgress[]
  /** Releases the facts once they are written; the counts stay. */
  release(): void
}

/** Worst first: the order in which the states of a per-project source are combined. */
const WORST: readonly SourceOutcome['state'][] = ['failed', 'cancelled', 'denied', 'unavailable', 'complete']

export function newCollector(onChange: () => void): Collector {
  const facts: SourcedFacts[] = []
  const outcomes: SourceOutcome[] = []
  const tallies = new Map<SourceName, Tally>()
  const makeTally = (source: SourceName): Tally => {
    const known = tallies.get(source)
    if (known) return known
    const fresh: Tally = { fetched: 0, expected: null, state: 'reading', projects: null, parts: new Map(), worst: null }
    tallies.set(source, fresh)
    return fresh
  }
  const sink: Sink = {
    begin: (source, project) => {
      const tally = makeTally(source)
      tally.state = 'reading'
      if (project !== null) {
        tally.projects ??= { begun: 0, ended: 0 }
        tally.projects.begun += 1
      }
      onChange()
    },
    facts: (source, project, page, fetched, expected) => {
      const tally = makeTally(source)
      facts.push({ source, project, facts: page })
      count(tally, project, fetched)
      tally.expected = expected
      onChange()
    },
    end: (outcome) => {
      const tally = makeTally(outcome.source)
      outcomes.push(outcome)
      if (outcome.project !== null && tally.projects) tally.projects.ended += 1
      count(tally, outcome.project, outcome.fetched)
      tally.worst = getWorse(tally.worst ?? 'complete', outcome.state)
      const under = tally.projects !== null && tally.projects.ended < tally.projects.begun
      tally.state = under ? 'reading' : tally.worst
      onChange()
    },
  }
  return {
    sink,
    facts,
    outcomes,
    release: () => {
      facts.length = 0
    },
    progress: () =>
      [...tallies].map(([source, tally]) => ({
        source,
        state: tally.state,
        fetched: tally.fetched,
        expected: tally.expected,
        projects: tally.projects === null ? null : { ...tally.projects },
      })),
  }
}

function getWorse(one: SourceOutcome['state'], other: SourceOutcome['state']): SourceOutcome['state'] {
  return WORST.indexOf(other) < WORST.indexOf(one) ? other : one
}

/**
 * Rows so far of one part, added to those of the others: summing up all of them each time takes too long for many
 * projects.
 */
function count(tally: Tally, project: string | null, fetched: number): void {
  tally.fetched += fetched - (tally.parts.get(project ?? '') ?? 0)
  tally.parts.set(project ?? '', fetched)
}
