import type { RemediationProposal, RemediationRow } from '../../../../shared/contract/remediation.ts'
import type { Field } from '../../kit/listing.ts'
import { bad, faint, good, warning, type Painter } from '../../kit/text/paint.ts'
import type { Cell } from '../../kit/text/cell.ts'
import { isoTime } from '../../kit/text/when.ts'
import { plain, CONNECTION_FIELDS, dayField } from '../../kit/fields.ts'

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
  return [
    { key: 'remediationId', json: (row) => row.remediationId, column: { title: 'ID', align: 'right' } },
    {
      key: 'state',
      json: (row) => row.state,
      column: { title: 'State' },
      cell: (row) => stateCell(paint, row),
    },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    ...CONNECTION_FIELDS,
    { key: 'access', json: (row) => row.connection.access },
    { key: 'action', json: (row) => row.action },
    { key: 'subjectKind', json: (row) => row.subject.kind },
    { key: 'subjectId', json: (row) => row.subject.id },
    { key: 'subject', json: (row) => row.subject.name },
    { key: 'says', json: (row) => row.says, column: { title: 'What', sentence: true } },
    { key: 'originKind', json: (row) => row.origin?.kind ?? null },
    { key: 'originId', json: (row) => row.origin?.id ?? null },
    { key: 'outcome', json: (row) => row.outcome, column: { title: 'Outcome', flexible: true } },
    {
      key: 'approval',
      json: (row) => row.approval?.state ?? null,
    },
    { key: 'approvedBy', json: (row) => row.approval?.approved?.by ?? null },
    { key: 'approvedAt', json: (row) => isoTime(row.approval?.approved?.at ?? null) },
    ...plain('shown', 'addedBy'),
    dayField('addedAt', { title: 'Added' }, (row) => row.addedAt),
    { key: 'endedAt', json: (row) => isoTime(row.endedAt) },
    { key: 'recordedAt', json: (row) => isoTime(row.recorded?.at ?? null) },
    { key: 'recordedBy', json: (row) => row.recorded?.by ?? null },
  ]
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
