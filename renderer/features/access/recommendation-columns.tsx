import type { RecommendationRow } from '../../../shared/contract/recommendations.ts'
import { recommendationWord, changeWord, sureWord } from '../../entities/recommendation-labels.ts'
import { clientColumn } from '../../entities/ref-columns.tsx'
import { Named } from '../../ui/named.tsx'
import { statusColumn, textColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

export const COLUMNS: readonly DataColumn<RecommendationRow>[] = [
  statusColumn('sure', 'Confidence', { width: 118, sort: 'sure' }, (row) => ({
    ...sureWord(row.sure),
    title: row.sureBecause,
  })),
  textColumn('who', 'Who', { width: 150, grow: 1, sort: 'who' }, (row) => row.principal.name),
  {
    id: 'project',
    header: 'Project',
    width: 130,
    grow: 1,
    cell: (row) => (row.project === null ? 'Organization' : <Named text={row.project.name} />),
    text: (row) => row.project?.name ?? 'Organization',
  },
  textColumn('change', 'Recommended role', { width: 160 }, changeWord),
  textColumn('says', 'Why', { width: 240, grow: 3 }, (row) => row.says),
  clientColumn({ width: 140, sort: 'client' }),
  wordColumn('kind', 'Kind', { width: 180, hidden: true }, (row) => recommendationWord(row.kind)),
]
