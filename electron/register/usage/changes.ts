import type { UsageBy, UsageRow } from '../../../shared/contract/usage.ts'
import { computeShares } from '../../../shared/domain/text/round-parts.ts'
import { inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { getSum } from '../../../shared/domain/usage/measures.ts'
import { getClientRef, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { PLANS, usageBy, type UsagePeriods, type UsageSums } from './by.ts'
import { usageWords, type UsageWord } from './word-sums.ts'

/** A row with what it spent in the span that it is compared with, and how much more or less it spent in its own. */
export type ChangedRow = UsageRow & { readonly before: number; readonly difference: number }

/** The span that is shown, and those that are compared: the first may go on after the others. */
interface Spans {
  readonly shown: UsagePeriods
  readonly compared: UsagePeriods
  readonly other: UsagePeriods
}

/**
 * Usage of a span, grouped by one dimension, with what each row spent in another span and its share of all;
 * most expensive first, and last those that spent only in the other span. At most three statements.
 */
export function usageChanges(reader: Reader, { shown, compared, other }: Spans, by: UsageBy): ChangedRow[] {
  const rows = usageBy(reader, shown, by)
  const costs = new Map(
    (compared === shown ? rows : usageBy(reader, compared, by)).map(({ rowKey, cost }) => [rowKey, cost]),
  )
  const was = Map.groupBy(inWholeMicros(usageWords(reader, other, by)), ({ rowKey }) => rowKey)
  const spent = (key: string): number => (was.get(key) ?? []).reduce((sum, { cost }) => sum + cost, 0)
  const known = new Set(rows.map(({ rowKey }) => rowKey))
  const ended = [...was.keys()]
    .filter((key) => !known.has(key) && spent(key) !== 0)
    .map((key) => toEnded(was.get(key)?.[0], by))
    .filter((row) => row !== null)
    .toSorted((a, b) => spent(b.rowKey) - spent(a.rowKey) || (a.rowKey < b.rowKey ? -1 : 1))
  const all = [...rows, ...ended]
  const shares = computeShares(all.map(({ cost }) => cost))
  return all.map((row, at) => {
    const before = spent(row.rowKey)
    return { ...row, before, difference: (costs.get(row.rowKey) ?? 0) - before, share: shares[at] ?? null }
  })
}

/** A row that spent nothing in the span itself. */
function toEnded(word: Omit<UsageWord, 'costNano'> | undefined, by: UsageBy): UsageSums | null {
  if (word === undefined) return null
  const { rowKey, name, ref } = word
  const client = PLANS[by].ofClient ? getClientRef(word as ClientRefColumns) : null
  return { rowKey, name, ref, client, ...getSum([]) }
}
