import type { RemedyProposal, RemedyRow } from '../../../../shared/contract/remediation.ts'
import type { RemedyState } from '../../../../shared/domain/remediation/remedy.ts'
import type { Field } from '../../kit/listing.ts'
import { bad, faint, good, warning, type Painter } from '../../kit/text/paint.ts'
import type { Cell } from '../../kit/text/table.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'

function stateCell(paint: Painter, state: RemedyState): Cell {
  if (state === 'done') return good(paint, state)
  if (state === 'failed' || state === 'unsure') return bad(paint, state)
  return state === 'withdrawn' ? faint(paint, state) : warning(paint, state)
}

export function remedyFields(paint: Painter): readonly Field<RemedyRow>[] {
  return [
    { key: 'remedyId', json: (row) => row.remedyId, column: { title: 'ID', align: 'right' } },
    {
      key: 'state',
      json: (row) => row.state,
      column: { title: 'State' },
      cell: (row) => stateCell(paint, row.state),
    },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'connectionId', json: (row) => row.connection.id },
    { key: 'connection', json: (row) => row.connection.label },
    { key: 'access', json: (row) => row.connection.access },
    { key: 'action', json: (row) => row.action },
    { key: 'subjectKind', json: (row) => row.subject.kind },
    { key: 'subjectId', json: (row) => row.subject.id },
    { key: 'subject', json: (row) => row.subject.name },
    { key: 'says', json: (row) => row.says, column: { title: 'What', flexible: true } },
    { key: 'originKind', json: (row) => row.origin?.kind ?? null },
    { key: 'originId', json: (row) => row.origin?.id ?? null },
    { key: 'outcome', json: (row) => row.outcome, column: { title: 'Outcome', flexible: true } },
    { key: 'shown', json: (row) => row.shown },
    { key: 'addedBy', json: (row) => row.addedBy },
    {
      key: 'addedAt',
      json: (row) => isoTime(row.addedAt),
      column: { title: 'Added' },
      cell: (row) => dayCell(row.addedAt),
    },
    { key: 'endedAt', json: (row) => isoTime(row.endedAt) },
  ]
}

/** A proposal with its place among the others, from 1. */
export interface NumberedProposal extends RemedyProposal {
  readonly pick: number
}

export const PROPOSAL_FIELDS: readonly Field<NumberedProposal>[] = [
  { key: 'pick', json: (row) => row.pick, column: { title: 'Pick', align: 'right' } },
  { key: 'action', json: (row) => row.action },
  { key: 'subjectKind', json: (row) => row.subject.kind },
  { key: 'subjectId', json: (row) => row.subject.id },
  { key: 'subject', json: (row) => row.subject.name },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'says', json: (row) => row.says, column: { title: 'What', flexible: true } },
  { key: 'needs', json: (row) => row.needs.join(' '), column: { title: 'Needs' } },
  { key: 'remedyId', json: (row) => row.remedyId, column: { title: 'On the list', align: 'right' } },
]
