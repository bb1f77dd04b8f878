import { z } from 'zod'

import type { ProviderId } from '../../shared/domain/provider.ts'
import type { UsageFact, UsageReport } from '../../shared/domain/usage/fact.ts'
import { type Cost, costOfNano } from '../../shared/domain/usage/cost.ts'
import { parseNanoUsd } from '../../shared/domain/usage/money.ts'
import { openCalls, type Calls } from './calls.ts'
import { CallFailure } from './errors.ts'
import { endingFor, refusesCredential, type Ending } from './outcome.ts'
import type { List } from './paging.ts'
import { readPages } from './paging.ts'
import { CredentialRefused, type Access } from './provider.ts'
import { refusal } from './run.ts'

/** Days since 1970-01-01, UTC: the first, and the one after the last. */
export interface UsageSpan {
  readonly from: number
  readonly to: number
}

/** All that one report says of a span. */
export interface UsageReading extends UsageSpan {
  readonly report: UsageReport
  readonly facts: readonly UsageFact[]
}

/** How the reading of one report ended. What was taken before it ended stands. */
export interface UsageOutcome {
  readonly report: UsageReport
  readonly state: 'complete' | Ending['state']
  readonly reason: string | null
}

/** Reads usage; each span of each report that was read to its end is given to `take`. */
export type ReadUsage = (
  access: Access,
  span: UsageSpan,
  take: (reading: UsageReading) => void,
  signal: AbortSignal,
) => Promise<readonly UsageOutcome[]>

/** One way of asking for a report; where a provider refuses a way of grouping, the next is tried. */
export interface ReportAsk {
  /** The longest span of one request, in days. */
  readonly days: number
  list(span: UsageSpan): List
  /** The facts in one row of a page: a bucket, or a row of a day. */
  facts(row: unknown): readonly UsageFact[]
}

export interface ReportReader {
  readonly report: UsageReport
  /** In words, for why it could not be read. */
  readonly what: string
  readonly asks: readonly ReportAsk[]
}

/** Reads several reports, one after the other: they share the provider's patience, and the first matter most. */
export async function readReports(
  provider: ProviderId,
  access: Access,
  readers: readonly ReportReader[],
  {
    span,
    take,
    signal,
  }: { readonly span: UsageSpan; readonly take: (reading: UsageReading) => void; readonly signal: AbortSignal },
): Promise<readonly UsageOutcome[]> {
  const calls = openCalls(access, signal)
  const outcomes: UsageOutcome[] = []
  for (const reader of readers) {
    signal.throwIfAborted()
    try {
      await readReport(calls, reader, span, take)
      outcomes.push({ report: reader.report, state: 'complete', reason: null })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof CallFailure)) throw error
      if (refusesCredential(error)) throw new CredentialRefused(refusal(provider, error))
      const { state, reason } = endingFor(error, { provider, what: reader.what, mayBeMissing: true })
      outcomes.push({ report: reader.report, state, reason })
    }
  }
  return outcomes
}

/** How providers say that they do not offer what was asked, or not grouped like this. */
const REFUSED: ReadonlySet<number> = new Set([400, 403, 404])

async function readReport(
  calls: Calls,
  { report, asks }: ReportReader,
  span: UsageSpan,
  take: (reading: UsageReading) => void,
): Promise<void> {
  for (const [n, ask] of asks.entries()) {
    try {
      // The latest first: what is refused by age ends the reading without losing what is young enough.
      for (let { to } = span; to > span.from; to -= ask.days) {
        const part = { from: Math.max(span.from, to - ask.days), to }
        const facts: UsageFact[] = []
        await readPages(calls, ask.list(part), (rows) => {
          for (const row of rows) facts.push(...ask.facts(row))
          return rows.length
        })
        take({ report, ...part, facts })
      }
      return
    } catch (error) {
      const isRefused = error instanceof CallFailure && error.status !== null && REFUSED.has(error.status)
      if (!isRefused || n === asks.length - 1) throw error
    }
  }
}

/** A count as a provider sends it; what is missing counts as none. */
export const usageCount = z
  .number()
  .int()
  .nonnegative()
  .nullish()
  .catch(null)
  .transform((count) => count ?? 0)

/** A word as a provider sends it, or null. */
export const usageWord = z
  .string()
  .min(1)
  .nullish()
  .catch(null)
  .transform((word) => word ?? null)

/** The exact cost of dollars, as a number or as text; a credit is negative. Throws `CallFailure` for anything else: an amount is never dropped. */
export function dollarsOf(value: unknown): Cost {
  const nano = parseNanoUsd(value)
  if (nano === null) throw new CallFailure('malformed', 'an amount is no number')
  return costOfNano(nano)
}

/** The same of cents. */
export function centsOf(value: unknown): Cost {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return dollarsOf(/e/iu.test(text) ? `${Number(text) / 100}` : `${text}e-2`)
}
