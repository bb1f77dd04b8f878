import type { AccessRow } from '../../../shared/contract/access.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import type { DataColumn } from '../../ui/table/column.ts'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { levelWord, pathWords, principalName, principalWord } from '../../entities/access-labels.ts'

export const COLUMNS: readonly DataColumn<AccessRow>[] = [
  {
    id: 'client',
    header: 'Client',
    width: 110,
    grow: 1,
    sort: 'client',
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 130,
    grow: 1,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => `${row.connection.label} (${providerName(row.connection.provider)})`,
  },
  {
    id: 'principal',
    header: 'Who',
    width: 150,
    grow: 2,
    sort: 'principal',
    cell: (row) => <Named text={principalName(row.principal)} />,
    text: (row) => principalName(row.principal),
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 116,
    cell: (row) => principalWord(row.principal.kind),
    text: (row) => principalWord(row.principal.kind),
  },
  {
    id: 'email',
    header: 'E-mail',
    width: 180,
    grow: 1,
    hidden: true,
    cell: (row) => <Named text={row.principal.email} />,
    text: (row) => row.principal.email ?? '',
  },
  {
    id: 'project',
    header: 'Project',
    width: 130,
    grow: 1,
    sort: 'project',
    cell: (row) => (row.project === null ? <strong>Organization</strong> : <Named text={row.project.name} />),
    text: (row) => row.project?.name ?? 'Organization',
  },
  {
    id: 'role',
    header: 'Role',
    width: 140,
    cell: (row) => <Named text={roleLabel(row.roleRaw)} />,
    text: (row) => roleLabel(row.roleRaw),
  },
  {
    id: 'level',
    header: 'Level',
    width: 96,
    sort: 'level',
    cell: (row) => <LevelMark level={row.level} />,
    text: (row) => levelWord(row.level),
  },
  {
    id: 'path',
    header: 'Path',
    width: 186,
    grow: 1,
    cell: (row) => <bdi>{visibleText(pathWords(row))}</bdi>,
    text: (row) => pathWords(row),
  },
  {
    id: 'granted',
    header: 'Granted',
    width: 112,
    hidden: true,
    cell: (row) => <When at={row.grantedAt} otherwise="Not reported" />,
    text: (row) => (row.grantedAt === null ? '' : absoluteTime(row.grantedAt)),
  },
]
