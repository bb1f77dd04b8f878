import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { type AnomalyRow, SUDDEN_OF } from '../../../shared/contract/budgets.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/rollups.ts'
import { type DayAmount, type Anomaly, anomalies } from '../../../shared/domain/usage/anomalies.ts'
import { USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import { type UseSeries, useSeries } from '../../register/usage/anomalies.ts'
import { type Context, getReader } from '../core/context.ts'

/** The weeks that a day is compared with. */
const BEFORE_DAYS = 8 * 7

/** Tokens that a day has to differ by for each micro-USD of the minimum: a million for five dollars. */
const TOKENS_PER_MICRO = 0.2

/**
 * Anomalies of keys and projects in scope: by billed usage, else by internal records. Days are judged up to the last
 * that a connection (or the internal records of a client) reports, so that a source that is behind does not look like a
 * fall. A key is followed through its rotations.
 */
export function anomalyRows(context: Context, input: Inputs['budgets']['anomalies']): Outputs['budgets']['anomalies'] {
  const { days = 28, minimum = 5_000_000, limit = 100 } = input
  const today = dayNumber(context.now())
  const from = today + 1 - days
  const reader = getReader(context)
  const rows = SUDDEN_OF.filter((of) => input.of === undefined || of === input.of).flatMap((of) => {
    const all = USAGE_SOURCES.flatMap((source) =>
      useSeries(reader, { scope: input, source, of, from: from - BEFORE_DAYS }),
    )
    const spans = listSpans(all)
    const found = all.flatMap((series) => {
      const { first, last } = spans.get(getSource(series)) ?? { first: today, last: today }
      const { measure, amounts } = measured(series)
      const span = { known: first, from, to: Math.min(today, last) + 1, whole: Math.min(today, last) }
      const least = measure === 'tokens' ? minimum * TOKENS_PER_MICRO : minimum
      return anomalies(amounts, { ...span, minimum: least }).map((change): AnomalyRow => ({
        rowKey: `${of} ${series.id} ${series.connectionId} ${change.firstDay}`,
        of,
        name: series.name,
        ref: series.ref,
        client: series.client,
        source: series.connectionId === 0 ? 'claimed' : 'billed',
        measure,
        direction: getDirection(change),
        firstDay: dayText(change.firstDay),
        lastDay: dayText(change.lastDay),
        days: change.days,
        amount: change.amount,
        usual: change.usual,
        peak: { ...change.peak, day: dayText(change.peak.day) },
        before: change.before.map(({ day, amount }) => ({ day: dayText(day), amount })),
      }))
    })
    return withoutReported(found)
  })
  const sorted = rows.toSorted(
    (a, b) =>
      ORDER.indexOf(a.direction) - ORDER.indexOf(b.direction) ||
      b.lastDay.localeCompare(a.lastDay) ||
      Math.abs(b.amount - b.usual) - Math.abs(a.amount - a.usual) ||
      a.rowKey.localeCompare(b.rowKey),
  )
  return { rows: sorted.slice(0, limit), count: rows.length }
}

/** An increase of existing usage matters more than new usage. */
const ORDER: readonly AnomalyRow['direction'][] = ['up', 'down', 'new']

function getDirection({ direction, usual }: Anomaly): AnomalyRow['direction'] {
  return direction === 'up' && usual === 0 ? 'new' : direction
}

function getSource({ client, connectionId }: UseSeries): string {
  return `${client.slug} ${connectionId}`
}

/** The first and the last day that each connection, and the internal records of each client, report. */
function listSpans(all: readonly UseSeries[]): Map<string, { readonly first: number; readonly last: number }> {
  const spans = new Map<string, { readonly first: number; readonly last: number }>()
  for (const series of all) {
    const before = spans.get(getSource(series))
    const first = series.days[0]?.day ?? Infinity
    const last = series.days.at(-1)?.day ?? -Infinity
    spans.set(getSource(series), {
      first: Math.min(first, before?.first ?? Infinity),
      last: Math.max(last, before?.last ?? -Infinity),
    })
  }
  return spans
}

/** By billed money where there is any, else by its estimate, else by tokens. */
function measured({ days }: UseSeries): {
  readonly measure: AnomalyRow['measure']
  readonly amounts: readonly DayAmount[]
} {
  const measure = days.some(({ cost }) => cost !== 0)
    ? 'cost'
    : days.some(({ estimate }) => estimate !== 0)
      ? 'estimate'
      : 'tokens'
  return { measure, amounts: days.map((day) => ({ day: day.day, amount: day[measure] })) }
}

/** Internal records add nothing where the bill of the same client's key or project shows it. */
function withoutReported(rows: readonly AnomalyRow[]): readonly AnomalyRow[] {
  const getName = (row: AnomalyRow): string => JSON.stringify([row.client.slug, row.ref ?? row.name, row.direction])
  const billed = new Set(rows.filter(({ source }) => source === 'billed').map(getName))
  return rows.filter((row) => row.source === 'billed' || !billed.has(getName(row)))
}
