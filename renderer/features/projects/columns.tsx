import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { Named } from '../../ui/named.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { clientColumn, connectionColumn } from '../../entities/ref-columns.tsx'
import { countColumn, statusColumn, textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'

export const COLUMNS: readonly DataColumn<ProjectRow>[] = [
  {
    id: 'name',
    header: 'Project',
    ch: 20,
    grow: 2,
    sort: 'name',
    cell: (row) => (
      <>
        <Named text={row.name} otherwise="No name" />
        {row.isDefault ? <span className="c-quiet"> · default</span> : null}
      </>
    ),
    text: (row) => row.name,
  },
  clientColumn({ ch: 14, grow: 1, sort: 'client' }),
  connectionColumn({ ch: 18, grow: 1 }),
  textColumn('provider', 'Provider', { ch: 11, hidden: true }, (row) => providerName(row.connection.provider)),
  statusColumn('status', 'Status', { ch: 11 }, (row) =>
    row.status === 'active' ? { tone: 'good', word: 'Active' } : { tone: 'quiet', word: 'Archived' },
  ),
  findingsColumn(),
  countColumn('people', 'People', { sort: 'people' }, (row) => row.people),
  countColumn('service-accounts', 'Service accounts', {}, (row) => row.serviceAccounts),
  countColumn('keys', 'Keys', { sort: 'keys' }, (row) => row.keys),
  countColumn('limits', 'Limits', {}, (row) => row.limits),
  timeColumn('created', 'Created', { sort: 'created', otherwise: 'Not known' }, (row) => row.createdAt),
  textColumn('residency', 'Residency', { ch: 10, hidden: true, otherwise: 'Not reported' }, (row) => row.residency),
  textColumn('id', 'Project id', { ch: 20, hidden: true, mono: true }, (row) => row.externalId),
]
