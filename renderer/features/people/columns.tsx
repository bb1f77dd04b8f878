import type { PersonRow } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { levelWord } from '../../entities/access-labels.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { ClientMarks } from '../../entities/client-marks.tsx'
import { Departed, PersonStatus } from './status-mark.tsx'
import { personStatus } from './words.ts'

const count = (
  id: string,
  header: string,
  value: (row: PersonRow) => number,
  more: Partial<DataColumn<PersonRow>> = {},
): DataColumn<PersonRow> => ({
  id,
  header,
  width: 80,
  align: 'end',
  cell: (row) => wholeNumber(value(row)),
  text: (row) => String(value(row)),
  ...more,
})

export const COLUMNS: readonly DataColumn<PersonRow>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 150,
    grow: 2,
    sort: 'name',
    cell: (row) => <Named text={row.name} otherwise="No name" />,
    text: (row) => row.name,
  },
  {
    id: 'email',
    header: 'E-mail',
    width: 170,
    grow: 2,
    sort: 'email',
    cell: (row) => <Named text={row.email} otherwise="Not known" />,
    text: (row) => row.email ?? '',
  },
  {
    id: 'level',
    header: 'Strongest level',
    width: 124,
    sort: 'level',
    cell: (row) => <LevelMark level={row.level} />,
    text: (row) => levelWord(row.level),
  },
  {
    id: 'status',
    header: 'Status',
    width: 122,
    cell: (row) => (row.departed ? <Departed status={row.status} plain /> : <PersonStatus status={row.status} />),
    text: (row) => (row.departed ? `Departed, ${personStatus(row.status).word}` : personStatus(row.status).word),
  },
  {
    id: 'clients',
    header: 'Clients',
    width: 140,
    grow: 1,
    cell: (row) => <ClientMarks clients={row.clients} />,
    text: (row) => row.clients.map((client) => client.name).join(', '),
  },
  findingsColumn<PersonRow>(),
  count('projects', 'Projects', (row) => row.projects, { sort: 'projects' }),
  count('keys', 'Keys', (row) => row.keys, { sort: 'keys', width: 66 }),
  count('connections', 'Connections', (row) => row.connections, { hidden: true, width: 100 }),
  {
    id: 'last-used',
    header: 'Last used',
    width: 106,
    sort: 'last-used',
    cell: (row) => <When at={row.lastUsedAt} otherwise="None known" />,
    text: (row) => (row.lastUsedAt === null ? '' : absoluteTime(row.lastUsedAt)),
  },
  {
    id: 'last-review',
    header: 'Last review',
    width: 106,
    sort: 'last-review',
    cell: (row) => <WhenDay day={row.lastReviewedOn} otherwise="Never" />,
    text: (row) => row.lastReviewedOn ?? '',
  },
  {
    id: 'external',
    header: 'Address',
    width: 100,
    hidden: true,
    cell: (row) =>
      row.external ? (
        <Status tone="warn" plain title="Outside every domain of the clients and of the agency">
          External
        </Status>
      ) : (
        'Internal'
      ),
    text: (row) => (row.external ? 'External' : 'Internal'),
  },
]
