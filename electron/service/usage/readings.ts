import type { UsageReadingRow } from '../../../shared/contract/budgets.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/rollups.ts'
import type { Scope } from '../../register/db/scope.ts'
import { clientReadings, type ClientReading } from '../../register/usage/readings.ts'
import { type Context, getReader } from '../core/context.ts'

/** The last day that was fully read, and whether yesterday was not. */
export interface ReadTo {
  readonly readThrough: string | null
  readonly behind: boolean
}

/** What was read up to a day (null: nothing), as it is shown. */
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

/** The same of the internal records of a client. */
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
