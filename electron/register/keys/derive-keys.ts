import { policyLookup } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { indexForSearch } from '../db/search-index.ts'
import { deriveDue } from './due.ts'

/**
 * Derives what follows from decisions about logical keys: the due days of all their current keys, which share an interval
 * and a date, and what a search finds them by where they were described.
 */
export function deriveKeys(writer: Writer, logicalKeys: ReadonlySet<number>, isDescribed: boolean): void {
  const of = { l: idsParam([...logicalKeys]) }
  const current = (column: string): string =>
    `SELECT ${column} FROM key WHERE logical_key_id IN (SELECT value FROM json_each(:l)) AND standing = 1`
  deriveDue(writer, policyLookup(writer), current('id'), of)
  if (isDescribed) indexForSearch(writer, 'key', current('id AS value'), of)
}
