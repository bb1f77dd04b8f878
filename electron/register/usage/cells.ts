import { USAGE_FACES, USAGE_MEASURES } from '../../../shared/domain/usage/faces.ts'
import type { Writer } from '../handles.ts'

/** What is added to one cell of a face: dimensions that the face does not have are 0. Measures as in `USAGE_MEASURES`. */
export interface CellSum {
  /** Position in `USAGE_FACES`. */
  readonly face: number
  readonly period: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly measures: ArrayLike<number>
}

/** Where usage belongs. `connectionId` is 0 for what a client's own records claim. */
export interface UsageOwner {
  readonly clientId: number
  readonly connectionId: number
}

/**
 * Adds sums to their cells; measures may be negative, where something is taken back, and a cell that comes to nothing goes.
 * Give them in the order of the table (face, period, a, b, c): a million cells are then written nearly in a row.
 */
export function addToCells(writer: Writer, owner: UsageOwner, sums: Iterable<CellSum>): void {
  const add = writer.prepare(
    `INSERT INTO usage_cell (face, client_id, connection_id, period, a, b, c, requests, input, cached, cache_write, output, cost, estimate)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (face, client_id, connection_id, period, a, b, c) DO UPDATE SET
       requests = requests + excluded.requests, input = input + excluded.input, cached = cached + excluded.cached,
       cache_write = cache_write + excluded.cache_write, output = output + excluded.output, cost = cost + excluded.cost,
       estimate = estimate + excluded.estimate`,
  )
  const removeEmpty = writer.prepare(
    `DELETE FROM usage_cell WHERE face = ? AND client_id = ? AND connection_id = ? AND period = ? AND a = ? AND b = ? AND c = ?
       AND requests = 0 AND input = 0 AND cached = 0 AND cache_write = 0 AND output = 0 AND cost = 0 AND estimate = 0`,
  )
  const row: number[] = [0, owner.clientId, owner.connectionId]
  for (const { face, period, a, b, c, measures } of sums) {
    let takesBack = false
    row[0] = USAGE_FACES[face]?.code ?? 0
    row[3] = period
    row[4] = a
    row[5] = b
    row[6] = c
    for (let n = 0; n < USAGE_MEASURES.length; n += 1) {
      const measure = measures[n] ?? 0
      if (measure < 0) takesBack = true
      row[7 + n] = measure
    }
    add(row)
    if (takesBack) removeEmpty(row.slice(0, 7))
  }
}
