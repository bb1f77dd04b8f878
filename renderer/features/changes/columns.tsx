import type { Change } from '../../../shared/contract/changes.ts'
import { formatRolePath, splitRolePath } from '../../../shared/domain/access/role-path.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { KindMark } from './kind-mark.tsx'

function labelOf(words: string): string {
  const path = splitRolePath(words)
  return formatRolePath({ ...path, role: roleLabel(path.role) })
}

/** Roles as people write them; other words as they are. */
function wordOf(row: Change, end: 'before' | 'after'): string {
  const word = row[end] ?? ''
  const isRoles = row.levelBefore !== null || row.levelAfter !== null
  return isRoles ? word.split(', ').map(labelOf).join(', ') : word
}

export const COLUMNS: readonly DataColumn<Change>[] = [
  {
    id: 'read',
    header: 'Read',
    width: 104,
    cell: (row) => <When at={row.sync.at} />,
    text: (row) => absoluteTime(row.sync.at),
  },
  {
    id: 'kind',
    header: 'Change',
    width: 138,
    cell: (row) => <KindMark kind={row.kind} />,
    text: (row) => changeWord(row.kind),
  },
  {
    id: 'subject',
    header: 'What',
    width: 140,
    grow: 2,
    cell: (row) => <Named text={row.subject.name} />,
    text: (row) => row.subject.name,
  },
  {
    id: 'project',
    header: 'Project',
    width: 110,
    grow: 1,
    cell: (row) => <Named text={row.project?.name} />,
    text: (row) => row.project?.name ?? '',
  },
  {
    id: 'before',
    header: 'Before',
    width: 90,
    grow: 1,
    cell: (row) => <Named text={wordOf(row, 'before')} />,
    text: (row) => wordOf(row, 'before'),
  },
  {
    id: 'after',
    header: 'After',
    width: 90,
    grow: 1,
    cell: (row) => <Named text={wordOf(row, 'after')} />,
    text: (row) => wordOf(row, 'after'),
  },
  {
    id: 'client',
    header: 'Client',
    width: 110,
    grow: 1,
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 110,
    grow: 1,
    hidden: true,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => `${row.connection.label} (${providerName(row.connection.provider)})`,
  },
]
