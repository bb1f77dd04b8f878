import { MOST_USAGE_SUM } from '../../../shared/domain/usage/bounds.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'

/** What would be added takes a sum of usage beyond what is exact; the transaction is undone. */
export class SumRefused extends Error {
  override readonly name = 'SumRefused'
  readonly hint =
    'Look for records that hold too much: castellan usage imports. Undo the import that brought them: castellan usage undo ID.'

  constructor() {
    super(`A sum of usage would pass ${new Intl.NumberFormat('en').format(MOST_USAGE_SUM)}, so nothing was added.`)
  }
}

/** The face with the fewest cells; each face has the same total. */
const TOTALS = USAGE_ROLLUPS.findIndex(({ period, by }) => period === 'month' && by.length === 1 && by[0] === 'model')

/** Throws `SumRefused` for a number that is not an exact whole number. */
export function assertExact(sum: number): void {
  if (!Number.isSafeInteger(sum)) throw new SumRefused()
}

/**
 * Throws `SumRefused` when all usage of the register together, after a face was written, has a sum that is not exact: then
 * any sum of some of it is. Adding up in doubles loses digits and never a size, so that it tells.
 */
export function assertExactTotals(reader: Reader, face: number): void {
  if (face !== TOTALS) return
  const totals = reader.get<Readonly<Record<string, number>>>(
    `SELECT total(requests) AS requests, total(input) AS input, total(cached) AS cached, total(cache_write) AS cacheWrite,
       total(output) AS output, total(abs(cost)) + 1 AS cost, total(abs(estimate)) AS estimate FROM usage_cell WHERE face = ?`,
    [USAGE_ROLLUPS[face]?.code ?? 0],
  )
  Object.values(totals ?? {}).forEach(assertExact)
}
