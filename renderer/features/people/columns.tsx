import type { PersonRow } from '../../../shared/contract/people.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { LevelMark } from '../access/level.tsx'
import { levelWord } from '../access/words.ts'
import { personStatus } from './words.ts'

const count = (
  id: string,
  header: string,
  value: (row: PersonRow) => number,
  more: Partial<DataColumn<PersonRow>> = {},
): DataColumn<PersonRow> => ({
  id,
  header,
  width: 86,
  align: 'end',
  cell: (row) => wholeNumber(value(row)),
  text: (row) => String(value(row)),
  ...more,
})

/** Clients named in a cell; the rest are counted. */
const NAMED_CLIENTS = 2

export const COLUMNS: readonly DataColumn<PersonRow>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 170,
    grow: 2,
    sort: 'name',
    cell: (row) => <Named text={row.name} otherwise="No name" />,
    text: (row) => row.name,
  },
  {
    id: 'email',
    header: 'E-mail',
    width: 190,
    grow: 2,
    sort: 'email',
    cell: (row) => <Named text={row.email} otherwise="Not known" />,
    text: (row) => row.email ?? '',
  },
  {
    id: 'level',
    header: 'Strongest level',
    width: 126,
    sort: 'level',
    cell: (row) => <LevelMark level={row.level} />,
    text: (row) => levelWord(row.level),
  },
  {
    id: 'status',
    header: 'Status',
    width: 124,
    cell: (row) => {
      const { tone, word } = personStatus(row.status)
      return (
        <Status tone={tone} plain>
          {word}
        </Status>
      )
    },
    text: (row) => personStatus(row.status).word,
  },
  {
    id: 'clients',
    header: 'Clients',
    width: 150,
    grow: 1,
    cell: (row) => (
      <span className="c-marks">
        {row.clients.slice(0, NAMED_CLIENTS).map((client) => (
          <ClientMark key={client.slug} client={client} />
        ))}
        {row.clients.length > NAMED_CLIENTS ? (
          <span className="c-quiet">{`+${row.clients.length - NAMED_CLIENTS}`}</span>
        ) : null}
      </span>
    ),
    text: (row) => row.clients.map((client) => client.name).join(', '),
  },
  count('projects', 'Projects', (row) => row.projects, { sort: 'projects' }),
  count('keys', 'Keys', (row) => row.keys, { sort: 'keys', width: 70 }),
  count('connections', 'Connections', (row) => row.connections, { hidden: true, width: 100 }),
  {
    id: 'last-used',
    header: 'Last used',
    width: 112,
    sort: 'last-used',
    cell: (row) => <When at={row.lastUsedAt} otherwise="None known" />,
    text: (row) => (row.lastUsedAt === null ? '' : absoluteTime(row.lastUsedAt)),
  },
  {
    id: 'last-review',
    header: 'Last review',
    width: 112,
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
