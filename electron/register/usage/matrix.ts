import type { UsageMatrix } from '../../../shared/contract/usage.ts'
import { carriedCost, newCostRounding } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { type UsageMonths, usageOwners } from './by.ts'
import { orderBy } from './order-by.ts'

/** Two dimensions of usage, with their columns in the roll-up that has both. */
const PAIRS = {
  'key-model': { face: USAGE_ROLLUPS[6], row: 'b', column: 'c' },
  'feature-key': { face: USAGE_ROLLUPS[8], row: 'a', column: 'b' },
} as const

/** Pairs without what was read of their month. */
export type UsagePairs = Pick<UsageMatrix, 'cells' | 'count'>

export type UsagePair = keyof typeof PAIRS

/** The values of each cell: the words of its row and of its column, and its sums. */
const VALUES = ['of', 'by', 'cost', 'costNano', 'input', 'output'] as const

/** Cells by value: objects are slow to visit in any other order than they were made in. */
type Columns = Readonly<Record<(typeof VALUES)[number], Float64Array>>

/**
 * Spend of each pair of two dimensions in a span of months, most expensive first, and how many pairs there are. Cells are
 * read in table order, then added up, ordered and named here: for tens of thousands of cells, SQLite takes three times as
 * long to group, join and sort.
 */
export function usageMatrix(reader: Reader, span: UsageMonths, pair: UsagePair, limit = Infinity): UsagePairs {
  const { face, row, column } = PAIRS[pair]
  const owners = usageOwners(span, span.source)
  const columns = toColumns(
    reader.all<Readonly<Record<(typeof VALUES)[number], number>>>(
      `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text})
       SELECT u.${row} AS "of", u.${column} AS "by", u.cost, u.cost_nano AS costNano, u.input, u.output
       FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
         AND u.period BETWEEN :from AND :to`,
      { face: face.code, from: span.from, to: span.to, ...owners.params },
    ),
  )
  const pairs = addUp(columns)
  return { cells: listCells(reader, columns, mostExpensive(columns, pairs).subarray(0, limit)), count: pairs.length }
}

/** The named cells at some places. Loops, since copying typed arrays by a function for each element takes most of the time. */
function listCells(reader: Reader, columns: Columns, places: Uint32Array): UsageMatrix['cells'] {
  const words = new Set<number>()
  for (const at of places) words.add(columns.of[at] ?? 0).add(columns.by[at] ?? 0)
  const names = listNames(reader, [...words])
  const round = newCostRounding()
  const cells: UsageMatrix['cells'] = []
  for (const at of places) {
    cells.push({
      row: names.get(columns.of[at] ?? 0) ?? null,
      column: names.get(columns.by[at] ?? 0) ?? null,
      cost: round({ cost: columns.cost[at] ?? 0, costNano: columns.costNano[at] ?? 0 }),
      input: columns.input[at] ?? 0,
      output: columns.output[at] ?? 0,
    })
  }
  return cells
}

function toColumns(rows: readonly Readonly<Record<(typeof VALUES)[number], number>>[]): Columns {
  const newColumn = (): Float64Array => new Float64Array(rows.length)
  const columns = {
    of: newColumn(),
    by: newColumn(),
    cost: newColumn(),
    costNano: newColumn(),
    input: newColumn(),
    output: newColumn(),
  }
  for (const [at, row] of rows.entries()) {
    columns.of[at] = row.of
    columns.by[at] = row.by
    columns.cost[at] = row.cost
    columns.costNano[at] = row.costNano
    columns.input[at] = row.input
    columns.output[at] = row.output
  }
  return columns
}

/**
 * Adds all cells of each pair of words to the first of them, and returns the places of these. A word belongs to one
 * client.
 */
function addUp({ of, by, cost, costNano, input, output }: Columns): Uint32Array {
  const isFirst = new Uint8Array(of.length)
  let [first, count] = [-1, 0]
  for (const at of orderBy([of, by], of.length)) {
    if (of[at] !== of[first] || by[at] !== by[first]) {
      first = at
      isFirst[at] = 1
      count += 1
      continue
    }
    const sum = carriedCost({
      cost: (cost[first] ?? 0) + (cost[at] ?? 0),
      costNano: (costNano[first] ?? 0) + (costNano[at] ?? 0),
    })
    cost[first] = sum.cost
    costNano[first] = sum.costNano
    input[first] = (input[first] ?? 0) + (input[at] ?? 0)
    output[first] = (output[first] ?? 0) + (output[at] ?? 0)
  }
  const places = new Uint32Array(count)
  for (let [at, n] = [0, 0]; n < count; at += 1) {
    places[n] = at
    n += isFirst[at] ?? 0
  }
  return places
}

/** Places of cells by cost, then by input, largest first; equal ones keep their order. */
function mostExpensive({ cost, costNano, input }: Columns, places: Uint32Array): Uint32Array {
  const negated = [cost, costNano, input].map((column) => {
    const picked = new Float64Array(places.length)
    for (let n = 0; n < places.length; n += 1) picked[n] = -(column[places[n] ?? 0] ?? 0)
    return picked
  })
  const order = orderBy(negated, places.length)
  for (let n = 0; n < order.length; n += 1) order[n] = places[order[n] ?? 0] ?? 0
  return order
}

function listNames(reader: Reader, words: readonly number[]): ReadonlyMap<number, string | null> {
  const rows = reader.all<{ readonly id: number; readonly name: string | null }>(
    `SELECT n.id, nullif(ifnull(n.name, n.word), '') AS name FROM json_each(:words) j JOIN usage_name n ON n.id = j.value`,
    { words: idsParam(words) },
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
