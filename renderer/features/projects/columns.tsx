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
    width: 180,
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
  clientColumn({ width: 130, grow: 1, sort: 'client' }),
  connectionColumn({ width: 140, grow: 1 }),
  textColumn('provider', 'Provider', { width: 96 }, (row) => providerName(row.connection.provider)),
  statusColumn('status', 'Status', { width: 104 }, (row) =>
    row.status === 'active' ? { tone: 'good', word: 'Active' } : { tone: 'quiet', word: 'Archived' },
  ),
  findingsColumn(),
  countColumn('people', 'People', { width: 84, sort: 'people' }, (row) => row.people),
  countColumn('service-accounts', 'Service accounts', { width: 128 }, (row) => row.serviceAccounts),
  countColumn('keys', 'Keys', { width: 72, sort: 'keys' }, (row) => row.keys),
  countColumn('limits', 'Limits', { width: 72 }, (row) => row.limits),
  timeColumn('created', 'Created', { width: 112, sort: 'created', otherwise: 'Not known' }, (row) => row.createdAt),
  textColumn('residency', 'Residency', { width: 100, hidden: true, otherwise: 'Not reported' }, (row) => row.residency),
  textColumn('id', 'Project id', { width: 180, hidden: true, mono: true }, (row) => row.externalId),
]
