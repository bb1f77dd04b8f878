import { eventWord } from '../../../shared/domain/events/event.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { EVENTS } from '../../../shared/nouns/events.ts'
import { actorName, eventSubjectName } from '../../entities/event-words.ts'
import { toColumns } from '../../entities/noun-columns.tsx'

export const EVENT_COLUMNS = toColumns(EVENTS, {
  subjectKind: (row) => eventWord(row.subject.kind, row.act),
  subject: eventSubjectName,
  actor: actorName,
  role: (row) => (row.role === null ? null : roleLabel(row.role)),
})
