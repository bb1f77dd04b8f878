import { KEPT_MEASURES, USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import { carriedCost } from '../../../shared/domain/usage/cost.ts'
import { MOST_USAGE_SUM } from '../../../shared/domain/usage/bounds.ts'
import type { Writer } from '../db/handles.ts'
import { assertExact, assertExactTotals, SumRefused } from './exact-sums.ts'

/**
 * The addition to one cell of a roll-up: dimensions that the roll-up does not have are 0. Measures as in
 * `KEPT_MEASURES`.
 */
export interface CellSum {
  /** Position in `USAGE_ROLLUPS`. */
  readonly face: number
  readonly period: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly measures: ArrayLike<number>
}

/** The owner of usage. `connectionId` is 0 for a client's internal records. */
export interface UsageOwner {
  readonly clientId: number
  readonly connectionId: number
}

const MEASURES = KEPT_MEASURES.length

/** Numbers that identify a cell within a roll-up: period, a, b, c. */
export const PLACES = 4

/** Numbers of a row in `CellRows`: the cell's place, and what is added to its measures. */
export const ROW_WIDTH = PLACES + MEASURES

/** Rows of one roll-up, one after the other in one array. */
export interface CellRows {
  /** Position in `USAGE_ROLLUPS`. */
  readonly face: number
  readonly count: number
  readonly rows: Float64Array
}

const COLUMNS = 'period a b c requests input cached cache_write output cost estimate cost_nano'.split(' ')
const [COST, COST_NANO] = [COLUMNS.indexOf('cost'), COLUMNS.indexOf('cost_nano')]
const KEY = 'face, client_id, connection_id, period, a, b, c'

/** Rows that one statement writes, since a million calls of SQLite cost more than the work itself. */
const AT_ONCE = 64

/**
 * Adds rows to the cells of a roll-up; measures may be negative, where usage is taken back, and a cell whose sums are
 * zero is deleted. The rows' costs are carried in place. Pass them in the order of the table (period, a, b, c), so that
 * a million cells are written almost sequentially. Throws `SumRefused`.
 */
export function addCellRows(
  writer: Writer,
  { clientId, connectionId }: UsageOwner,
  { face, count, rows }: CellRows,
): void {
  carryCosts(rows, count)
  const owner = [USAGE_ROLLUPS[face]?.code ?? 0, clientId, connectionId]
  const used = usedColumns(rows, count)
  const prepared = (atOnce: number): ((params: readonly number[]) => number) => writer.prepare(makeInsert(used, atOnce))
  const [many, one] = [prepared(AT_ONCE), prepared(1)]
  const params = [...owner]
  for (let row = 0; row < count;) {
    const atOnce = row + AT_ONCE <= count ? AT_ONCE : 1
    params.length = owner.length + atOnce * used.length
    let to = owner.length
    for (const end = row + atOnce; row < end; row += 1) {
      for (const column of used) {
        params[to] = rows[row * ROW_WIDTH + column] ?? 0
        to += 1
      }
    }
    // A cell that would not stay exact is not changed, and so not counted among the changes.
    if ((atOnce === 1 ? one : many)(params) < atOnce) throw new SumRefused()
  }
  removeEmpty(writer, owner, rows, count)
  assertExactTotals(writer, face)
}

/** Moves the whole micro-USD of nano-USD sums to the cost: a cell keeps 0 to 999 nano-USD. */
function carryCosts(rows: Float64Array, count: number): void {
  for (let at = 0; at < count * ROW_WIDTH; at += ROW_WIDTH) {
    const nano = rows[at + COST_NANO] ?? 0
    if (nano >= 0 && nano < 1000) continue
    const { cost, costNano } = carriedCost({ cost: rows[at + COST] ?? 0, costNano: nano })
    rows[at + COST] = cost
    rows[at + COST_NANO] = costNano
  }
}

/** The period, and the columns in which any row is not 0; the others are not passed row by row. */
function usedColumns(rows: Float64Array, count: number): number[] {
  const isUsed = new Uint8Array(ROW_WIDTH)
  isUsed[0] = 1
  for (let at = 0; at < count * ROW_WIDTH; at += ROW_WIDTH) {
    for (let column = 0; column < ROW_WIDTH; column += 1) {
      if (rows[at + column] === 0) continue
      isUsed[column] = 1
      assertExact(rows[at + column] ?? 0)
    }
  }
  return COLUMNS.flatMap((_, column) => (isUsed[column] === 1 ? [column] : []))
}

/** Binds the owner once, then the used columns of each row: passing a number costs as much as SQLite's work with it. */
function makeInsert(used: readonly number[], atOnce: number): string {
  const row = `(${used.map(() => '?').join(', ')})`
  const columns = COLUMNS.map((_, column) => (used.includes(column) ? `r.column${used.indexOf(column) + 1}` : '0'))
  const sums = COLUMNS.slice(PLACES).map(
    (measure) => `${measure} = ${SUM_OF[measure] ?? `${measure} + excluded.${measure}`}`,
  )
  return `INSERT INTO usage_cell (face, client_id, connection_id, ${COLUMNS.join(', ')})
     SELECT o.face, o.client, o.connection, ${columns.join(', ')}
     FROM (SELECT ? AS face, ? AS client, ? AS connection) o CROSS JOIN (VALUES ${Array.from({ length: atOnce }, () => row).join(', ')}) r WHERE true
     ON CONFLICT (${KEY}) DO UPDATE SET ${sums.join(', ')} WHERE ${IS_EXACT}`
}

/** How a cell keeps its cost exact: both sides hold 0 to 999 nano-USD, and so does their sum. */
const SUM_OF: Readonly<Record<string, string>> = {
  cost: 'cost + excluded.cost + (cost_nano + excluded.cost_nano) / 1000',
  cost_nano: '(cost_nano + excluded.cost_nano) % 1000',
}

/** Credits make a total smaller than its cells, so a total in bounds does not prove that each cost is. */
const IS_EXACT = `abs(cost + excluded.cost) < ${MOST_USAGE_SUM}`

/** Removes cells that are empty after usage was taken back. */
function removeEmpty(writer: Writer, owner: readonly number[], rows: Float64Array, count: number): void {
  const remove = writer.prepare(
    `DELETE FROM usage_cell WHERE face = ? AND client_id = ? AND connection_id = ? AND period = ? AND a = ? AND b = ? AND c = ?
       AND requests = 0 AND input = 0 AND cached = 0 AND cache_write = 0 AND output = 0 AND cost = 0 AND estimate = 0 AND cost_nano = 0`,
  )
  for (let at = 0; at < count * ROW_WIDTH; at += ROW_WIDTH) {
    let takesBack = false
    for (let n = PLACES; n < ROW_WIDTH; n += 1) if ((rows[at + n] ?? 0) < 0) takesBack = true
    if (takesBack) remove([...owner, ...rows.subarray(at, at + PLACES)])
  }
}

/** Adds sums to their cells, of any roll-up, as `addCellRows` does. */
export function addToCells(writer: Writer, owner: UsageOwner, sums: Iterable<CellSum>): void {
  const faces = Map.groupBy(sums, ({ face }) => face)
  for (const [face, cells] of faces) {
    const rows = cells.flatMap(({ period, a, b, c, measures }) => [period, a, b, c, ...Array.from(measures)])
    addCellRows(writer, owner, { face, count: cells.length, rows: Float64Array.from(rows) })
  }
}
