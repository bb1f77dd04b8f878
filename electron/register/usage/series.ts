import type { UsageBy, UsageSeries, UsageShown } from '../../../shared/contract/usage.ts'
import { type Cost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { dayText, monthOfDay, monthText } from '../../../shared/domain/usage/rollups.ts'
import { getSum, type UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import { getClientRef, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { type KeptSums, readMeasures, PLANS, SUMS, usageOwners, type UsagePeriods } from './by.ts'
import { DIMENSION_OF, type RollupColumn, findRollupFor, isOwner, usageWords, type UsageWord } from './word-sums.ts'

const SHOWN: Readonly<Record<UsageShown, (of: UsageMeasures) => number>> = {
  cost: ({ cost }) => cost,
  estimate: ({ estimate }) => estimate,
  tokens: ({ input, output }) => input + output,
  requests: ({ requests }) => requests,
}

const COLUMN: Readonly<Record<UsageShown, string>> = {
  cost: 'u.cost',
  estimate: 'u.estimate',
  tokens: 'u.input + u.output',
  requests: 'u.requests',
}

interface Row {
  readonly key: string
  readonly words: UsageWord[]
  readonly sums: UsageMeasures
  readonly total: number
}

interface AskedSeries {
  readonly by: UsageBy
  readonly shown: UsageShown
  /** The least number of lines, where there are so many rows. */
  readonly lines: number
  /** More lines are added until the others are at most this percentage of all. */
  readonly rest?: number | undefined
  /** Keys of rows: only these are lines, and there are no others. */
  readonly only?: readonly string[] | undefined
}

/**
 * Usage over time by one dimension: the largest rows as lines, everything else as one more line. Three statements: the
 * total of each row over the span, all usage of each period, and the periods of the lines only, so that a span with
 * many keys is not read by key and day.
 */
export function usageSeries(
  reader: Reader,
  span: UsagePeriods,
  { by, shown, lines: least, rest: share = 100, only }: AskedSeries,
): Omit<UsageSeries, 'read' | 'today'> {
  const of = SHOWN[shown]
  const all = toRows(usageWords(reader, inMonths(span), by), of)
  const most = countLines(all, least, share)
  const top = only === undefined ? all.slice(0, most) : all.filter(({ key }) => only.includes(key))
  const rest = only === undefined ? all.slice(most) : []
  const count = span.to - span.from + 1
  const totals = readTotals(reader, span)
  const values = top.map(() => Array.from({ length: count }, () => 0))
  const parts = listPeriods(reader, span, by, shown, top).toSorted((x, y) => x.line - y.line || x.period - y.period)
  for (const ofLine of Map.groupBy(parts, ({ line }) => line).values()) {
    for (const { line, period, cost } of inWholeMicros(ofLine)) {
      const own = values[line]
      if (own) own[period - span.from] = (own[period - span.from] ?? 0) + cost
    }
  }
  const lines = top.map(({ key, words: [word], sums, total }, line) => ({
    rowKey: key,
    name: word?.name ?? null,
    ref: word?.ref ?? null,
    client: word !== undefined && PLANS[by].ofClient ? getClientRef(word as ClientRefColumns) : null,
    values: values[line] ?? [],
    total,
    cost: sums.cost,
    estimate: sums.estimate,
  }))
  const others = getSum(inWholeMicros(rest.flatMap(({ words }) => words)))
  return {
    periods: Array.from({ length: count }, (_, n) => (span.over === 'day' ? dayText : monthText)(span.from + n)),
    lines,
    other:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            values: totals.map((all, n) => of(all) - lines.reduce((sum, line) => sum + (line.values[n] ?? 0), 0)),
            total: of(others),
            cost: others.cost,
            estimate: others.estimate,
          },
    totals,
  }
}

/** Lines that still can be distinguished. */
const MOST_LINES = 24

/** The number of lines: at least so many, and more while the others are above a percentage of all. */
function countLines(rows: readonly Row[], least: number, share: number): number {
  // A credit counts by its size.
  const whole = rows.reduce((sum, { total }) => sum + Math.abs(total), 0)
  let [count, others] = [0, whole]
  for (const { total } of rows) {
    if (count >= least && (count >= MOST_LINES || others * 100 <= share * whole)) break
    count += 1
    others -= Math.abs(total)
  }
  return count
}

/** The months of a span of days that is whole months: a monthly roll-up has a thirtieth of the cells. */
function inMonths(span: UsagePeriods): UsagePeriods {
  if (span.over === 'month') return span
  const [from, to] = [monthOfDay(span.from), monthOfDay(span.to)]
  const isWhole = monthOfDay(span.from - 1) < from && monthOfDay(span.to + 1) > to
  return isWhole ? { ...span, over: 'month', from, to } : span
}

function toRows(words: readonly UsageWord[], of: (sums: UsageMeasures) => number): readonly Row[] {
  return [...Map.groupBy(words, ({ rowKey }) => rowKey)]
    .map(([key, own]): Row => {
      const sums = getSum(inWholeMicros(own))
      return { key, words: own, sums, total: of(sums) }
    })
    .toSorted(
      (x, y) =>
        y.total - x.total || y.sums.cost - x.sums.cost || y.sums.input - x.sums.input || (x.key < y.key ? -1 : 1),
    )
}

/** All usage of each period, from the smallest roll-up. */
function readTotals(reader: Reader, span: UsagePeriods): UsageMeasures[] {
  const owners = usageOwners(span, span.source)
  const rows = reader.all<KeptSums & { readonly period: number }>(
    `SELECT u.period, ${SUMS} FROM (${owners.text}) o
     CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
       AND u.period BETWEEN :from AND :to
     GROUP BY u.period ORDER BY u.period`,
    {
      face: findRollupFor(span.over, span.over === 'day' ? 'model' : 'project').face,
      from: span.from,
      to: span.to,
      ...owners.params,
    },
  )
  const found = new Map(inWholeMicros(rows).map((row) => [row.period, readMeasures(row)]))
  return Array.from({ length: span.to - span.from + 1 }, (_, n) => found.get(span.from + n) ?? getSum([]))
}

/** The value of one line in one period; for money, `costNano` is the part below whole micro-USD. */
interface LinePeriod extends Cost {
  readonly line: number
  readonly period: number
}

/** Up to this many places in the table are looked up one by one; beyond that the whole span is scanned. */
const MOST_LOOKUPS = 20_000

/** The value of each line in each period; several rows of one period add up. */
function listPeriods(
  reader: Reader,
  span: UsagePeriods,
  by: UsageBy,
  shown: UsageShown,
  lines: readonly Row[],
): readonly LinePeriod[] {
  const { face, column } = findRollupFor(span.over, DIMENSION_OF[by])
  const words = lines.flatMap((row, line) =>
    row.words.map(({ client_id: client, connection_id: connection, n }) => [client, connection, n, line]),
  )
  const each = `WITH m (client_id, connection_id, n, line) AS MATERIALIZED (
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:words))`
  const owner = 'u.face = :face AND u.client_id = m.client_id AND u.connection_id = m.connection_id'
  const nano = shown === 'cost' ? 'u.cost_nano' : '0'
  const wanted = `SELECT m.line, u.period, sum(${COLUMN[shown]}) AS cost, sum(${nano}) AS costNano`
  const params = { face, from: span.from, to: span.to, words: JSON.stringify(words) }
  if (isOwner(by)) {
    return reader.all<LinePeriod>(
      `${each} ${wanted} FROM m CROSS JOIN usage_cell u ON ${owner} AND u.period BETWEEN :from AND :to GROUP BY m.line, u.period`,
      params,
    )
  }
  // In roll-ups of one dimension a word has one place in each period; in others its places are not adjacent.
  const periods = Array.from({ length: span.to - span.from + 1 }, (_, n) => span.from + n)
  if (column === 'a' && words.length * periods.length <= MOST_LOOKUPS) {
    return reader.all<LinePeriod>(
      `${each}, p (period) AS MATERIALIZED (SELECT value FROM json_each(:periods))
       ${wanted} FROM m CROSS JOIN p CROSS JOIN usage_cell u ON ${owner} AND u.period = p.period AND u.a = m.n
       GROUP BY m.line, u.period`,
      { face, words: params.words, periods: JSON.stringify(periods) },
    )
  }
  return periodsInARow(reader, span, { face, column, value: COLUMN[shown], nano }, lines)
}

/**
 * Sums the periods of many words: each period of each owner is scanned, and its rows are assigned to lines here.
 * Looking up each place and sorting by line takes SQLite four times as long.
 */
function periodsInARow(
  reader: Reader,
  span: UsagePeriods,
  { face, column, value, nano }: RollupColumn & { readonly value: string; readonly nano: string },
  lines: readonly Row[],
): readonly LinePeriod[] {
  const owners = usageOwners(span, span.source)
  const rows = reader.all<{ readonly period: number; readonly places: string | null }>(
    `SELECT p.value AS period,
       (SELECT group_concat(u.${column} || ',' || (${value}) || ',' || ${nano}) FROM usage_cell u
        WHERE u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id AND u.period = p.value) AS places
     FROM (${owners.text}) o CROSS JOIN json_each(:periods) p`,
    {
      face,
      periods: JSON.stringify(Array.from({ length: span.to - span.from + 1 }, (_, n) => span.from + n)),
      ...owners.params,
    },
  )
  // A word belongs to one line.
  const lineOf = new Map(lines.flatMap(({ words }, line) => words.map(({ n }) => [n, line] as const)))
  return rows.flatMap(({ period, places }) => {
    const numbers = JSON.parse(`[${places ?? ''}]`) as readonly number[]
    const sums = new Map<number, LinePeriod>()
    for (let at = 0; at < numbers.length; at += 3) {
      const line = lineOf.get(numbers[at] ?? 0)
      if (line === undefined) continue
      const { cost, costNano } = sums.get(line) ?? { cost: 0, costNano: 0 }
      const sum = { cost: cost + (numbers[at + 1] ?? 0), costNano: costNano + (numbers[at + 2] ?? 0) }
      sums.set(line, { line, period, ...sum })
    }
    return [...sums.values()]
  })
}

/** The last day of a span with any usage; null where there is none. */
export function lastUsageDay(reader: Reader, span: Omit<UsagePeriods, 'over'>): number | null {
  const owners = usageOwners(span, span.source)
  return (
    reader.value<number | null>(
      `SELECT max(u.period) FROM (${owners.text}) o
       CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
         AND u.period BETWEEN :from AND :to`,
      { face: findRollupFor('day', 'model').face, from: span.from, to: span.to, ...owners.params },
    ) ?? null
  )
}

/** All usage of a span of days. */
export function usageTotal(reader: Reader, span: UsagePeriods): UsageMeasures {
  return getSum(readTotals(reader, span))
}
