import type { BlastReport } from '../../../shared/contract/blast.ts'
import type { RemedyAction } from '../../../shared/domain/remedy/remedy.ts'
import { blastOf } from '../../register/blast/blast.ts'
import type { Reader } from '../../register/handles.ts'
import type { StoredRemedy } from '../../register/remedies/list.ts'

/** Actions that end the subject, so that all that depends on it is in question. */
const ENDS: ReadonlySet<RemedyAction> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-disable',
  'key-delete',
])

/** What goes and what stays; null for an action after which the subject goes on. */
export function blastOfRemedy(reader: Reader, row: StoredRemedy['row'], now: number): BlastReport | null {
  const { kind, id } = row.subject
  if (!ENDS.has(row.action) || kind === 'connection') return null
  return blastOf(reader, { kind, id }, { now })
}
