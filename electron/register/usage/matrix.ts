import type { UsageMatrix } from '../../../shared/contract/usage.ts'
import { carriedCost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { usageOwners, type UsageSpan } from './by.ts'

/** Two dimensions of usage, with their columns in the roll-up that has both. */
const PAIRS = {
  'key-model': { face: USAGE_ROLLUPS[6], row: 'b', column: 'c' },
  'feature-key': { face: USAGE_ROLLUPS[8], row: 'a', column: 'b' },
} as const

export type UsagePair = keyof typeof PAIRS

interface Cell {
  /** Words of the row and of the column. */
  readonly of: number
  readonly by: number
  readonly cost: number
  readonly costNano: number
  readonly input: number
  readonly output: number
}

/**
 * Spend of each pair of two dimensions in a span of months; most expensive first. Cells are read in table order, then
 * added up and named here: for tens of thousands of cells, SQLite takes three times as long to group, join and sort.
 */
export function usageMatrix(reader: Reader, span: UsageSpan, pair: UsagePair): UsageMatrix['cells'] {
  const { face, row, column } = PAIRS[pair]
  const owners = usageOwners(span, span.source)
  const cells = addedUp(
    reader.all<Cell>(
      `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text})
       SELECT u.${row} AS "of", u.${column} AS "by", u.cost, u.cost_nano AS costNano, u.input, u.output
       FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
         AND u.period BETWEEN :from AND :to`,
      { face: face.code, from: span.fromMonth, to: span.toMonth, ...owners.params },
    ),
  )
  const names = listNames(reader, [...new Set(cells.flatMap((cell) => [cell.of, cell.by]))])
  const sorted = cells.toSorted((x, y) => y.cost - x.cost || y.costNano - x.costNano || y.input - x.input)
  return inWholeMicros(sorted).map((cell) => ({
    row: names.get(cell.of) ?? null,
    column: names.get(cell.by) ?? null,
    cost: cell.cost,
    input: cell.input,
    output: cell.output,
  }))
}

/** One cell for each pair of words; a word belongs to one client. */
function addedUp(parts: readonly Cell[]): Cell[] {
  const rows = new Map<number, Map<number, Cell>>()
  for (const part of parts) {
    const row = rows.get(part.of) ?? new Map<number, Cell>()
    rows.set(part.of, row)
    const before = row.get(part.by)
    row.set(
      part.by,
      before === undefined
        ? part
        : {
            of: part.of,
            by: part.by,
            ...carriedCost({ cost: before.cost + part.cost, costNano: before.costNano + part.costNano }),
            input: before.input + part.input,
            output: before.output + part.output,
          },
    )
  }
  return [...rows.values()].flatMap((row) => [...row.values()])
}

function listNames(reader: Reader, words: readonly number[]): ReadonlyMap<number, string | null> {
  const rows = reader.all<{ readonly id: number; readonly name: string | null }>(
    `SELECT n.id, nullif(ifnull(n.name, n.word), '') AS name FROM json_each(:words) j JOIN usage_name n ON n.id = j.value`,
    { words: idsParam(words) },
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
