import type { PersonRow } from '../../../shared/contract/people.ts'
import { levelWord } from '../../entities/access-labels.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { clientsColumn } from '../../entities/ref-columns.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { countColumn, dayColumn, textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { Departed, PersonStatus } from './status-badge.tsx'
import { personStatus } from './labels.ts'

export const COLUMNS: readonly DataColumn<PersonRow>[] = [
  textColumn('name', 'Name', { ch: 17, grow: 2, sort: 'name', otherwise: 'No name' }, (row) => row.name),
  textColumn('email', 'E-mail', { ch: 19, grow: 2, sort: 'email', otherwise: 'Not known' }, (row) => row.email),
  {
    id: 'level',
    header: 'Highest access',
    ch: 11,
    whole: true,
    sort: 'level',
    cell: (row) => <LevelMark level={row.level} />,
    text: (row) => levelWord(row.level),
  },
  {
    id: 'status',
    header: 'Status',
    ch: 13,
    whole: true,
    cell: (row) => (row.departed ? <Departed status={row.status} plain /> : <PersonStatus status={row.status} />),
    text: (row) => (row.departed ? `Left, ${personStatus(row.status).word}` : personStatus(row.status).word),
  },
  clientsColumn(),
  findingsColumn(),
  countColumn('projects', 'Projects', { sort: 'projects' }, (row) => row.projects),
  countColumn('keys', 'Keys', { sort: 'keys' }, (row) => row.keys),
  countColumn('connections', 'Connections', { hidden: true }, (row) => row.connections),
  {
    ...timeColumn<PersonRow>('last-used', 'Last used', { sort: 'last-used' }, (row) => row.lastUsedAt),
    ch: 19,
    cell: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null ? (
        <When at={lastUsedAt} otherwise="Not reported" />
      ) : (
        <>
          <When at={knownUseAt} /> or later
        </>
      ),
    text: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null
        ? lastUsedAt === null
          ? ''
          : absoluteTime(lastUsedAt)
        : `${absoluteTime(knownUseAt)} or later`,
  },
  dayColumn(
    'last-review',
    'Last review',
    { sort: 'last-review', otherwise: 'Never', show: 'distance' },
    (row) => row.lastReviewedOn,
  ),
  {
    id: 'external',
    header: 'Domain',
    ch: 11,
    whole: true,
    hidden: true,
    cell: (row) =>
      row.external ? (
        <Status tone="warn" plain title="Outside every domain of the clients and the agency">
          External
        </Status>
      ) : (
        'Internal'
      ),
    text: (row) => (row.external ? 'External' : 'Internal'),
  },
]
