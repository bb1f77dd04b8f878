import { GRANT_STATE_WORDS } from '../../../shared/domain/access/grant-state.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { ACCESS } from '../../../shared/nouns/access.ts'
import { pathWords, principalName, principalWord } from '../../entities/access-labels.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { visibleText } from '../../ui/text.ts'

export const COLUMNS = toColumns(ACCESS, {
  principalName: (row) => principalName(row.principal),
  principalKind: (row) => principalWord(row.principal.kind),
  role: (row) => roleLabel(row.roleRaw),
  via: { cell: (row) => <bdi>{visibleText(pathWords(row))}</bdi>, text: pathWords },
  state: (row) => GRANT_STATE_WORDS[row.state],
})
