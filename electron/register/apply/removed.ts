import type { Params, Writer } from '../db/handles.ts'

const REMOVED =
  'NOT EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = principal.id AND v.to_sync IS NULL)'

/** Stores on each of some accounts whether it has no current version. `accounts` is a subquery of their ids. */
export function deriveRemoved(writer: Writer, accounts: string, params: Params = []): void {
  // Only where it changes, since a write updates two indexes.
  writer.run(`UPDATE principal SET removed = ${REMOVED} WHERE id IN (${accounts}) AND removed <> ${REMOVED}`, params)
}
