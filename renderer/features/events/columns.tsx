import type { EventRow } from '../../../shared/contract/events.ts'
import { eventWord } from '../../../shared/domain/events/event.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { actorName, eventSubjectName } from '../../entities/event-words.ts'
import { clientColumn, connectionColumn } from '../../entities/ref-columns.tsx'
import { textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

export const EVENT_COLUMNS: readonly DataColumn<EventRow>[] = [
  timeColumn('at', 'When', { ch: 12 }, (row) => row.at),
  textColumn('event', 'Event', { ch: 22, grow: 1 }, (row) => eventWord(row.subject.kind, row.act)),
  textColumn('subject', 'Subject', { ch: 18, grow: 2 }, eventSubjectName),
  textColumn('by', 'By', { ch: 18, grow: 2, otherwise: 'Not reported' }, actorName),
  textColumn('role', 'Role', { ch: 11 }, (row) => (row.role === null ? null : roleLabel(row.role))),
  textColumn('project', 'Project', { ch: 13, grow: 1 }, (row) => row.project?.name ?? row.projectExternalId),
  clientColumn({ ch: 14, grow: 1 }),
  connectionColumn({ ch: 16, hidden: true }),
  textColumn('type', 'Provider’s word', { ch: 24, hidden: true, mono: true }, (row) => row.type),
  textColumn('address', 'Address', { ch: 15, hidden: true, mono: true }, (row) => row.actor.address),
  textColumn('id', 'Event id', { ch: 22, hidden: true, mono: true }, (row) => row.externalId),
]
