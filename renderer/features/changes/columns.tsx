import type { Change } from '../../../shared/contract/changes.ts'
import { formatRolePath, splitRolePath } from '../../../shared/domain/access/role-path.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { clientColumn, connectionOfProviderColumn } from '../../entities/ref-columns.tsx'
import { textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { KindMark } from './kind-badge.tsx'

function toLabel(words: string): string {
  const path = splitRolePath(words)
  return formatRolePath({ ...path, role: roleLabel(path.role) })
}

/** Role labels; other words unchanged. */
function toWord(row: Change, end: 'before' | 'after'): string {
  const word = row[end] ?? ''
  const isRoles = row.levelBefore !== null || row.levelAfter !== null
  return isRoles ? word.split(', ').map(toLabel).join(', ') : word
}

/** `wide`: one client is in scope, so that there is room to name who made each change. */
export const makeColumns = (wide: boolean): readonly DataColumn<Change>[] => [
  timeColumn('read', 'Detected', { ch: 11 }, (row) => row.sync.at),
  {
    id: 'kind',
    header: 'Change',
    ch: 15,
    cell: (row) => <KindMark kind={row.kind} />,
    text: (row) => changeWord(row.kind),
  },
  textColumn('subject', 'Subject', { ch: 15, grow: 2 }, (row) => row.subject.name),
  textColumn('project', 'Project', { ch: 12, grow: 1 }, (row) => row.project?.name),
  textColumn('before', 'Before', { ch: 9, grow: 1 }, (row) => toWord(row, 'before')),
  textColumn('after', 'After', { ch: 9, grow: 1 }, (row) => toWord(row, 'after')),
  textColumn('by', 'By', { ch: 13, grow: 1, otherwise: '', hidden: !wide }, (row) => row.madeBy?.name),
  clientColumn({ ch: 12, grow: 1 }),
  connectionOfProviderColumn({ ch: 12, grow: 1, hidden: true }),
]
