import { MOST_USAGE_SUM } from '../../../shared/domain/usage/bounds.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'

/** An addition would take a sum of usage beyond exact numbers; the transaction is rolled back. */
export class SumRefused extends Error {
  override readonly name = 'SumRefused'
  readonly hint =
    'Look for records with too large values: castellan usage import list. Undo the import that brought them: castellan usage import undo ID.'

  constructor() {
    super(`A sum of usage would pass ${new Intl.NumberFormat('en').format(MOST_USAGE_SUM)}, so nothing was added.`)
  }
}

/** The roll-up with the fewest cells; each roll-up has the same total. */
const TOTALS = USAGE_ROLLUPS.findIndex(({ period, by }) => period === 'month' && by.length === 1 && by[0] === 'model')

/** Throws `SumRefused` for a value that is not an exact whole number. */
export function assertExact(sum: number): void {
  if (!Number.isSafeInteger(sum)) throw new SumRefused()
}

/**
 * Throws `SumRefused` if a total of all usage of the register, after a roll-up was written, is too large to be exact;
 * otherwise every partial sum is exact too. Adding doubles loses digits but not magnitude, so this check is reliable.
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
