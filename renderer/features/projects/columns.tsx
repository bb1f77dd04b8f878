import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { Named } from '../../ui/named.tsx'

export const COLUMNS = toColumns(PROJECTS, {
  name: {
    cell: (row) => (
      <>
        <Named text={row.name} otherwise="No name" />
        {row.isDefault ? <span className="c-quiet"> · default</span> : null}
      </>
    ),
    text: (row) => row.name,
  },
  status: (row) => (row.status === 'active' ? { tone: 'good', word: 'Active' } : { tone: 'quiet', word: 'Archived' }),
})
