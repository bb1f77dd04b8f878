import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { findingsColumn } from '../../entities/finding-badge.tsx'

const count = (
  id: string,
  header: string,
  width: number,
  value: (row: ProjectRow) => number,
  sort?: string,
): DataColumn<ProjectRow> => ({
  id,
  header,
  width,
  align: 'end',
  ...(sort === undefined ? {} : { sort }),
  cell: (row) => wholeNumber(value(row)),
  text: (row) => String(value(row)),
})

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
  {
    id: 'client',
    header: 'Client',
    width: 130,
    grow: 1,
    sort: 'client',
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 140,
    grow: 1,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => row.connection.label,
  },
  {
    id: 'provider',
    header: 'Provider',
    width: 96,
    cell: (row) => <Named text={providerName(row.connection.provider)} />,
    text: (row) => providerName(row.connection.provider),
  },
  {
    id: 'status',
    header: 'Status',
    width: 104,
    cell: (row) =>
      row.status === 'active' ? (
        <Status tone="good" plain>
          Active
        </Status>
      ) : (
        <Status tone="quiet" plain>
          Archived
        </Status>
      ),
    text: (row) => (row.status === 'active' ? 'Active' : 'Archived'),
  },
  findingsColumn<ProjectRow>(),
  count('people', 'People', 84, (row) => row.people, 'people'),
  count('service-accounts', 'Service accounts', 128, (row) => row.serviceAccounts),
  count('keys', 'Keys', 72, (row) => row.keys, 'keys'),
  count('limits', 'Limits', 72, (row) => row.limits),
  {
    id: 'created',
    header: 'Created',
    width: 112,
    sort: 'created',
    cell: (row) => <When at={row.createdAt} otherwise="Not known" />,
    text: (row) => (row.createdAt === null ? '' : absoluteTime(row.createdAt)),
  },
  {
    id: 'residency',
    header: 'Residency',
    width: 100,
    hidden: true,
    cell: (row) => <Named text={row.residency} otherwise="Not reported" />,
    text: (row) => row.residency ?? '',
  },
  {
    id: 'id',
    header: 'Project id',
    width: 180,
    hidden: true,
    cell: (row) => <Named text={row.externalId} mono />,
    text: (row) => row.externalId,
  },
]
