import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Exclusion } from '../../../shared/domain/source.ts'
import type { UsageFact, UsageReport } from '../../../shared/domain/usage/fact.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import { USAGE_BOUNDS } from './bounds.ts'
import { openCalls, type Calls, type Access } from './calls.ts'
import { CallFailure, CredentialRefused } from './errors.ts'
import { endingFor, refusesCredential, type Ending } from './outcome.ts'
import { type List, readPages } from './list.ts'
import { refusal } from './run.ts'
import { openUsageTally, type UsageRow, type UsageTally } from './usage-rows.ts'

/** Days since 1970-01-01, UTC: the first, and the one after the last. */
export interface UsageSpan {
  readonly from: number
  readonly to: number
}

/** The rows of one report about a span. */
export interface UsageReading extends UsageSpan {
  readonly report: UsageReport
  readonly facts: readonly UsageFact[]
  /** The organization's id, where the answers give it. */
  readonly organization?: string | null
}

/** How the reading of one report ended. Rows that were taken before are kept. */
export interface UsageOutcome {
  readonly report: UsageReport
  /** `partial`: it was read to its end, but rows of it could not be read. */
  readonly state: 'complete' | 'partial' | Ending['state']
  /** Why it is not complete; of a complete one, what was left out, if anything. */
  readonly reason: string | null
  /** The first day that is reported, where a source begins later than what was asked for. */
  readonly readFrom?: number
  /** The first day after the last that is reported, where a source may end before what was asked for; null: none is. */
  readonly readTo?: number | null
  /** Of a partial one the first day that is not whole. */
  readonly unreadFrom?: number
  /** The way of asking that was answered, where there are several: 0 is the finest. */
  readonly way?: number
}

/** The part of an earlier reading of one report that is still needed. */
export interface EarlierReport {
  /** The first day to read. */
  readonly from: number
  /** The finest way of asking that is worth a request. */
  readonly way: number
  /** True if it was read to its end. */
  readonly whole: boolean
}

/** Days to read, and what earlier readings left to know; reports that are not named there are read from the first day. */
export interface UsageAsked extends UsageSpan {
  readonly earlier?: ReadonlyMap<UsageReport, EarlierReport>
}

/** Reads usage; each span of each report that was read to its end is given to `take`. */
export type ReadUsage = (
  access: Access,
  asked: UsageAsked,
  take: (reading: UsageReading) => void,
  signal: AbortSignal,
) => Promise<readonly UsageOutcome[]>

/** One way of asking for a report; where a provider refuses a way of grouping, the next is tried. */
export interface ReportAsk {
  /** The longest span of one request, in days. */
  readonly days: number
  list(span: UsageSpan): List
  /** The usage in a row of a page: a bucket, or a row of a day. It never throws for what a provider sends. */
  rows(row: unknown): readonly UsageRow[]
}

export interface ReportReader {
  readonly report: UsageReport
  /** In words, for why it could not be read. */
  readonly what: string
  /** From the finest on. */
  readonly asks: readonly ReportAsk[]
}

/**
 * Reads several reports, one after the other, since they share the provider's patience: those that were not read to their
 * end the last time come first, then the ones that matter most.
 */
export async function readReports(
  provider: ProviderId,
  access: Access,
  readers: readonly ReportReader[],
  {
    span,
    take,
    signal,
  }: { readonly span: UsageAsked; readonly take: (reading: UsageReading) => void; readonly signal: AbortSignal },
): Promise<readonly UsageOutcome[]> {
  const calls = openCalls(access, signal, USAGE_BOUNDS)
  const outcomes = new Map<UsageReport, UsageOutcome>()
  const isWhole = ({ report }: ReportReader): boolean => span.earlier?.get(report)?.whole ?? true
  for (const reader of readers.toSorted((a, b) => Number(isWhole(a)) - Number(isWhole(b)))) {
    signal.throwIfAborted()
    const { report, what } = reader
    try {
      const { tally, way } = await readReport(calls, reader, span, take)
      outcomes.set(report, { report, ...getEnd(tally, what), way })
    } catch (error) {
      signal.throwIfAborted()
      outcomes.set(report, { report, ...toEnding(error, provider, what) })
    }
  }
  return readers.map(({ report }) => outcomes.get(report)).filter((outcome) => outcome !== undefined)
}

/** How a report ended that could not be read. Throws what no provider answered, and `CredentialRefused`. */
export function toEnding(error: unknown, provider: ProviderId, what: string): Omit<Ending, 'fault'> {
  if (!(error instanceof CallFailure)) throw error
  if (refusesCredential(error)) throw new CredentialRefused(refusal(provider, error))
  return endingFor(error, { provider, what, mayBeMissing: true })
}

/** How a report ended that was read to its end, by what was left out of it. */
export function getEnd(tally: UsageTally, what: string): Pick<UsageOutcome, 'state' | 'reason' | 'unreadFrom'> {
  const { excluded, unreadFrom } = tally
  if (excluded.length === 0) return { state: 'complete', reason: null }
  const left = `Rows left out: ${excluded.map(wordsOfExclusion).join(' ')}`
  if (unreadFrom === null) return { state: 'complete', reason: left }
  const reason = `The ${what} are not complete from ${dayText(unreadFrom)} on. ${left}`
  return { state: 'partial', reason, unreadFrom }
}

function wordsOfExclusion({ count, reason }: Exclusion): string {
  return `${count} × ${reason}`
}

/** The answers of providers that do not offer a report, or not with this grouping. */
const REFUSED: ReadonlySet<number> = new Set([400, 403, 404])

async function readReport(
  calls: Calls,
  { report, asks }: ReportReader,
  asked: UsageAsked,
  take: (reading: UsageReading) => void,
): Promise<{ readonly tally: UsageTally; readonly way: number }> {
  const earlier = asked.earlier?.get(report)
  const first = earlier?.from ?? asked.from
  for (let way = Math.min(earlier?.way ?? 0, asks.length - 1); ; way++) {
    const ask = asks[way]
    if (ask === undefined) throw new RangeError(`${report} has no way of asking`)
    const tally = openUsageTally()
    try {
      // The latest first: what is refused by age ends the reading without losing what is young enough.
      for (let { to } = asked; to > first; to -= ask.days) {
        const part = { from: Math.max(first, to - ask.days), to }
        const facts: UsageFact[] = []
        await readPages(calls, { ...ask.list(part), route: report }, (rows, count) => {
          for (const row of rows) {
            const read = ask.rows(row)
            count(read.length)
            for (const fact of tally.take(read, part.from)) facts.push(fact)
          }
          return rows.length
        })
        take({ report, ...part, facts })
      }
      return { tally, way }
    } catch (error) {
      const isRefused = error instanceof CallFailure && error.status !== null && REFUSED.has(error.status)
      if (!isRefused || way === asks.length - 1) throw error
    }
  }
}
