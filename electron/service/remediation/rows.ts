import type { RemedyRow } from '../../../shared/contract/remediation.ts'
import { remediesById, type StoredRemedy } from '../../register/remediation/list.ts'
import { type Context, readerOf } from '../core/context.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { holdsSecret } from '../core/secrets.ts'

/** A row as the contract has it. */
export function shownRow(context: Context, row: StoredRemedy['row']): RemedyRow {
  return { ...row, secretHeld: row.state === 'deploying' && holdsSecret(context.session(), row.remedyId) }
}

export function shownRows(context: Context, ids: readonly number[]): RemedyRow[] {
  return remediesById(readerOf(context), ids).map(({ row }) => shownRow(context, row))
}

/** Throws `Refusal` NOT_FOUND. */
export function existingRemedy(context: Context, id: number): StoredRemedy {
  const [stored] = remediesById(readerOf(context), [id])
  if (stored === undefined) throw notFound(`Remedy ${id}`, READ_AGAIN)
  return stored
}
