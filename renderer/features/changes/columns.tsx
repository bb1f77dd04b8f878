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

export const COLUMNS: readonly DataColumn<Change>[] = [
  timeColumn('read', 'Detected', { width: 104 }, (row) => row.sync.at),
  {
    id: 'kind',
    header: 'Change',
    width: 138,
    cell: (row) => <KindMark kind={row.kind} />,
    text: (row) => changeWord(row.kind),
  },
  textColumn('subject', 'Subject', { width: 140, grow: 2 }, (row) => row.subject.name),
  textColumn('project', 'Project', { width: 110, grow: 1 }, (row) => row.project?.name),
  textColumn('before', 'Before', { width: 90, grow: 1 }, (row) => toWord(row, 'before')),
  textColumn('after', 'After', { width: 90, grow: 1 }, (row) => toWord(row, 'after')),
  clientColumn({ width: 110, grow: 1 }),
  connectionOfProviderColumn({ width: 110, grow: 1, hidden: true }),
]
