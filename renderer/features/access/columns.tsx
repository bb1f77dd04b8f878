import type { AccessRow } from '../../../shared/contract/access.ts'
import { GRANT_STATE_WORDS } from '../../../shared/domain/access/grant-state.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { levelWord, pathWords, principalName, principalWord } from '../../entities/access-labels.ts'
import { LevelMark } from '../../entities/level.tsx'
import { clientColumn, connectionOfProviderColumn, projectColumn } from '../../entities/ref-columns.tsx'
import { textColumn, timeColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { visibleText } from '../../ui/text.ts'

export const COLUMNS: readonly DataColumn<AccessRow>[] = [
  clientColumn({ ch: 12, grow: 1, sort: 'client' }),
  connectionOfProviderColumn({ ch: 20, grow: 1 }),
  textColumn('principal', 'Who', { ch: 17, grow: 2, sort: 'principal' }, (row) => principalName(row.principal)),
  wordColumn('kind', 'Kind', { ch: 13 }, (row) => principalWord(row.principal.kind)),
  textColumn('email', 'E-mail', { ch: 20, grow: 1, hidden: true }, (row) => row.principal.email),
  projectColumn({ ch: 14, grow: 1, sort: 'project' }),
  textColumn('role', 'Role', { ch: 15 }, (row) => roleLabel(row.roleRaw)),
  {
    id: 'level',
    header: 'Level',
    ch: 9,
    whole: true,
    sort: 'level',
    cell: (row) => <LevelMark level={row.level} />,
    text: (row) => levelWord(row.level),
  },
  {
    id: 'path',
    header: 'Path',
    ch: 21,
    grow: 1,
    cell: (row) => <bdi>{visibleText(pathWords(row))}</bdi>,
    text: (row) => pathWords(row),
  },
  wordColumn('state', 'State', { ch: 24 }, (row) => GRANT_STATE_WORDS[row.state]),
  timeColumn('granted', 'Granted', { hidden: true, otherwise: 'Not reported' }, (row) => row.grantedAt),
]
