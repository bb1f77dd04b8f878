import type { AdviceRow } from '../../../shared/contract/recommendations.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { adviceWord, changeWord, sureWord } from '../../entities/recommendation-labels.ts'

export const COLUMNS: readonly DataColumn<AdviceRow>[] = [
  {
    id: 'sure',
    header: 'How sure',
    width: 118,
    sort: 'sure',
    cell: (row) => {
      const { tone, word } = sureWord(row.sure)
      return (
        <Status tone={tone} plain title={row.sureBecause}>
          {word}
        </Status>
      )
    },
    text: (row) => sureWord(row.sure).word,
  },
  {
    id: 'who',
    header: 'Who',
    width: 150,
    grow: 1,
    sort: 'who',
    cell: (row) => <Named text={row.principal.name} />,
    text: (row) => row.principal.name,
  },
  {
    id: 'project',
    header: 'Project',
    width: 130,
    grow: 1,
    cell: (row) => (row.project === null ? 'Organization' : <Named text={row.project.name} />),
    text: (row) => row.project?.name ?? 'Organization',
  },
  {
    id: 'change',
    header: 'Role → enough',
    width: 160,
    cell: (row) => <Named text={changeWord(row)} />,
    text: changeWord,
  },
  {
    id: 'says',
    header: 'Why',
    width: 240,
    grow: 3,
    cell: (row) => <Named text={row.says} />,
    text: (row) => row.says,
  },
  {
    id: 'client',
    header: 'Client',
    width: 140,
    sort: 'client',
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 180,
    hidden: true,
    cell: (row) => adviceWord(row.kind),
    text: (row) => adviceWord(row.kind),
  },
]
