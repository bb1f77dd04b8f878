import type { UsageBy, UsageInside } from '../../../shared/contract/usage.ts'
import { inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_DIMENSIONS, type UsageDimension, toFirstDay } from '../../../shared/domain/usage/rollups.ts'
import { getSum } from '../../../shared/domain/usage/measures.ts'
import type { Reader } from '../db/handles.ts'
import { type KeptSums, readMeasures, SUMS, type UsagePeriods } from './by.ts'
import { DIMENSION_OF, findRollup, isOwner, usageWords, type UsageWord } from './word-sums.ts'

/** The number of rows of one part that are shown. */
const MOST = 20

interface Part extends KeptSums {
  readonly name: string | null
  readonly ref: number | null
}

/**
 * The details of one row of one day or month, split by every other dimension that is stored together with its own.
 * Billed usage is stored as reported, so this is every dimension; internal records store only project and model
 * together by day.
 */
export function usageInside(
  reader: Reader,
  span: UsagePeriods,
  by: UsageBy,
  rowKey: string,
): Pick<UsageInside, 'name' | 'total' | 'parts'> {
  const words = usageWords(reader, span, by).filter((word) => word.rowKey === rowKey)
  const own = DIMENSION_OF[by]
  const parts = USAGE_DIMENSIONS.filter((dimension) => isOwner(by) || dimension !== own || by !== own).flatMap(
    (dimension) => {
      const rows =
        span.source === 'billed'
          ? billed(reader, span, by, dimension, words)
          : claimed(reader, span, by, dimension, words)
      // A single row without a name adds nothing to the total.
      if (rows === null || rows.every(({ name }) => name === null)) return []
      return [{ by: dimension, rows: rows.slice(0, MOST), count: rows.length }]
    },
  )
  return { name: words[0]?.name ?? null, total: getSum(inWholeMicros(words)), parts }
}

/** A part with its cost in whole micro-USD. */
type InsideRow = Omit<Part, 'costNano'>

const ORDER = 'ORDER BY s.cost + s.costNano / 1000.0 DESC, estimate DESC, input + output DESC, name'

/** Rows of the facts as the provider reported them. */
function billed(
  reader: Reader,
  span: UsagePeriods,
  by: UsageBy,
  dimension: UsageDimension,
  words: readonly UsageWord[],
): readonly InsideRow[] | null {
  // Providers do not report features.
  if (dimension === 'feature' || DIMENSION_OF[by] === 'feature') return null
  const [from, to] = span.over === 'day' ? [span.from, span.to + 1] : [toFirstDay(span.from), toFirstDay(span.to + 1)]
  const of = isOwner(by) ? '1' : `f.${DIMENSION_OF[by]} IN (SELECT n FROM w)`
  return parts(
    reader,
    `SELECT f.${dimension} AS n, ${SUMS} FROM (SELECT DISTINCT connection_id FROM w) o
     CROSS JOIN usage_fact f ON f.connection_id = o.connection_id AND f.day >= :from AND f.day < :to WHERE ${of} GROUP BY f.${dimension}`,
    { from, to },
    words,
  )
}

/** Rows of a roll-up that has both dimensions; null where there is none. */
function claimed(
  reader: Reader,
  span: UsagePeriods,
  by: UsageBy,
  dimension: UsageDimension,
  words: readonly UsageWord[],
): readonly InsideRow[] | null {
  const own = DIMENSION_OF[by]
  const found = findRollup(span.over, isOwner(by) || own === dimension ? [dimension] : [own, dimension])
  const [first, last] = [found?.[0], found?.at(-1)]
  if (first === undefined || last === undefined) return null
  const of = isOwner(by) ? '1' : `u.${first.column} IN (SELECT n FROM w)`
  return parts(
    reader,
    `SELECT u.${last.column} AS n, ${SUMS} FROM (SELECT DISTINCT client_id, connection_id FROM w) o
     CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
       AND u.period BETWEEN :from AND :to WHERE ${of} GROUP BY u.${last.column}`,
    { face: first.face, from: span.from, to: span.to },
    words,
  )
}

function parts(
  reader: Reader,
  sums: string,
  params: Readonly<Record<string, string | number>>,
  words: readonly UsageWord[],
): readonly InsideRow[] {
  const w = words.map(({ client_id: client, connection_id: connection, n }) => [client, connection, n])
  const rows = reader.all<Part>(
    `WITH w (client_id, connection_id, n) AS MATERIALIZED (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:w)),
         s AS (${sums})
       SELECT nullif(ifnull(n.name, n.word), '') AS name, n.ref, s.requests, s.input, s.cached, s.cacheWrite, s.output, s.cost, s.costNano, s.estimate
       FROM s JOIN usage_name n ON n.id = s.n ${ORDER}`,
    { ...params, w: JSON.stringify(w) },
  )
  return inWholeMicros(rows).map((row) => ({ name: row.name, ref: row.ref, ...readMeasures(row) }))
}
