import type { RemediationProposal, RemediationRow } from '../../../../shared/contract/remediation.ts'
import { REMEDIATION } from '../../../../shared/nouns/remediation.ts'
import type { Field } from '../../kit/listing.ts'
import { toFields } from '../../kit/noun.ts'
import { bad, faint, good, warning, type Painter } from '../../kit/text/paint.ts'
import type { Cell } from '../../kit/text/cell.ts'

/** A change that is done is verified only once a sync shows it. */
function stateCell(paint: Painter, { state, shown }: Pick<RemediationRow, 'state' | 'shown'>): Cell {
  if (state === 'done') {
    if (shown === true) return good(paint, 'done, verified by a sync')
    return shown === false ? warning(paint, 'done, a sync shows otherwise') : good(paint, 'done, not verified yet')
  }
  if (state === 'failed' || state === 'unsure') return bad(paint, state)
  return state === 'withdrawn' ? faint(paint, state) : warning(paint, state)
}

export function remediationFields(paint: Painter): readonly Field<RemediationRow>[] {
  return toFields(REMEDIATION, { state: (row) => stateCell(paint, row) })
}

/** A proposal with its position in the list, from 1. */
export interface NumberedProposal extends RemediationProposal {
  readonly pick: number
}

export const PROPOSAL_FIELDS: readonly Field<NumberedProposal>[] = [
  { key: 'pick', json: (row) => row.pick, column: { title: 'Pick', align: 'right' } },
  { key: 'action', json: (row) => row.action },
  { key: 'subjectKind', json: (row) => row.subject.kind },
  { key: 'subjectId', json: (row) => row.subject.id },
  { key: 'subject', json: (row) => row.subject.name },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'says', json: (row) => row.says, column: { title: 'What', sentence: true } },
  { key: 'needs', json: (row) => row.needs.join(' '), column: { title: 'Needs' } },
  { key: 'remediationId', json: (row) => row.remediationId, column: { title: 'In remediation', align: 'right' } },
]
