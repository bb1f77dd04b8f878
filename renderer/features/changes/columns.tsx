import { formatRolePath, splitRolePath } from '../../../shared/domain/access/role-path.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { type Change, CHANGES } from '../../../shared/nouns/changes.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
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

const COLUMNS = toColumns(CHANGES, {
  kind: { cell: (row) => <KindMark kind={row.kind} />, text: (row) => changeWord(row.kind) },
  before: (row) => toWord(row, 'before'),
  after: (row) => toWord(row, 'after'),
})

/** `wide`: one client is in scope, so that there is room to name who made each change. */
export const makeColumns = (wide: boolean): readonly DataColumn<Change>[] =>
  COLUMNS.map((column) => (column.id === 'by' ? { ...column, hidden: !wide } : column))
