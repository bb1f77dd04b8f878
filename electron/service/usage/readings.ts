import type { UsageReadingRow } from '../../../shared/contract/budgets.ts'
import type { UsageInside } from '../../../shared/contract/usage.ts'
import {
  type DaySpan,
  joinReadings,
  NOT_READ,
  type PeriodReading,
  type ReadDays,
  readingOf,
} from '../../../shared/domain/usage/read-days.ts'
import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/rollups.ts'
import type { Scope } from '../../register/db/scope.ts'
import { clientReadings, type ClientReading } from '../../register/usage/readings.ts'
import { type Context, getReader } from '../core/context.ts'

/** The last day that was fully read, and whether yesterday was not. */
export interface ReadTo {
  readonly readThrough: string | null
  readonly behind: boolean
}

/** Describes a reading up to a day (null: nothing), as it is shown. */
export function readTo(read: number | null, today: number): ReadTo {
  return { readThrough: read === null ? null : dayText(read - 1), behind: read === null || read < today }
}

/**
 * The first day that was not fully read for all connections, or the given one; today at the latest. Null where one of
 * them was never read, or where there is none.
 */
export function billedReadTo({ billed }: ClientReading, connection: number | undefined, today: number): number | null {
  const reads = [...billed].flatMap(([id, { read }]) => (connection === undefined || connection === id ? [read] : []))
  return reads.reduce<number | null>(
    (least, read) => (least === null || read === null ? null : Math.min(least, read)),
    reads.length === 0 ? null : today,
  )
}

/** The first unread day of a client's internal records, today at the latest; null where there are none. */
export function internalReadTo({ internal }: ClientReading, today: number): number | null {
  return internal === null ? null : Math.min(internal, today)
}

/**
 * How far the usage of each client in scope was read, if it has any: by what is billed, or by internal records where
 * nothing billed was ever read.
 */
export function readingRows(context: Context, scope: Scope): UsageReadingRow[] {
  const today = dayNumber(context.now())
  return [...clientReadings(getReader(context), scope).values()].flatMap((reading): UsageReadingRow[] => {
    if (reading.billed.size === 0 && reading.internal === null) return []
    const isBilled = reading.internal === null || [...reading.billed.values()].some(({ read }) => read !== null)
    const read = isBilled ? billedReadTo(reading, undefined, today) : internalReadTo(reading, today)
    const unread = [...reading.billed.values()].filter((one) => one.read === null || one.read < today)
    return [
      {
        client: reading.client,
        ...readTo(read, today),
        unread: isBilled ? unread.map(({ label }) => label) : [],
      },
    ]
  })
}

/** The days of usage that were read of a scope by one source. */
export interface ScopeReading {
  /** The reading of a span by all sources that were ever read. */
  readonly of: (span: DaySpan) => PeriodReading
  /** The first day after the last that all of them were read to; null where there is none. */
  readonly end: number | null
  /** Organizations that were never read. */
  readonly never: readonly string[]
}

/** The days from one to another, which is not one of them, with what was read of them. */
export function readSpan(
  context: Context,
  scope: Scope & { readonly source: UsageSource },
  span: DaySpan,
): Pick<UsageInside, 'from' | 'to' | 'reading' | 'never'> {
  const { of, never } = readScopeDays(context, { client: scope.client }, scope.source)
  return { from: dayText(span.from), to: dayText(span.to - 1), reading: of(span), never: [...never] }
}

export function readScopeDays(context: Context, scope: Scope, source: UsageSource): ScopeReading {
  const all = [...clientReadings(getReader(context), scope).values()]
  const owners: readonly { readonly label: string; readonly days: ReadDays }[] =
    source === 'claimed'
      ? all.flatMap(({ client, internalDays }) =>
          internalDays.length === 0 ? [] : [{ label: client.name, days: internalDays }],
        )
      : all.flatMap(({ billed }) => [...billed.values()])
  const read = owners.filter(({ days }) => days.length > 0)
  const ends = read.map(({ days }) => days.at(-1)?.to ?? 0)
  return {
    of: (span) =>
      read.length === 0
        ? NOT_READ
        : joinReadings(
            read.map(({ days }) => readingOf(days, span)),
            span,
          ),
    end: ends.length === 0 ? null : Math.min(...ends),
    never: owners.filter(({ days }) => days.length === 0).map(({ label }) => label),
  }
}
