import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { ClientMarks } from '../../entities/client-marks.tsx'
import { heldWords, hoursWords, leaverStateWord } from './words.ts'

export const COLUMNS: readonly DataColumn<LeaverRow>[] = [
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
    width: 160,
    grow: 1,
    hidden: true,
    cell: (row) => <Named text={row.email} otherwise="Not known" />,
    text: (row) => row.email ?? '',
  },
  {
    id: 'state',
    header: 'State',
    width: 138,
    sort: 'pressing',
    cell: (row) => {
      const { tone, word } = leaverStateWord(row)
      return (
        <Status tone={tone} plain>
          {word}
        </Status>
      )
    },
    text: (row) => leaverStateWord(row).word,
  },
  {
    id: 'since',
    header: 'Gone for',
    width: 112,
    sort: 'departed',
    cell: (row) => (
      <Status
        tone={row.late ? 'bad' : 'quiet'}
        icon={STATUS_ICONS.clock}
        plain
        title={`Since ${absoluteTime(row.departedAt)}${row.late ? '; access should end within 24 hours' : ''}`}
      >
        {hoursWords(row.hours)}
      </Status>
    ),
    text: (row) => `${row.hours} hours`,
  },
  {
    id: 'last-day',
    header: 'Last day',
    width: 104,
    cell: (row) => <WhenDay day={row.endsOn} otherwise="Not told" show="day" />,
    text: (row) => row.endsOn ?? '',
  },
  {
    id: 'clients',
    header: 'Clients',
    width: 140,
    grow: 1,
    cell: (row) => <ClientMarks clients={row.clients} />,
    text: (row) => row.clients.map((client) => client.name).join(', '),
  },
  {
    id: 'held',
    header: 'Still there',
    width: 190,
    grow: 1,
    cell: (row) => heldWords(row),
    text: heldWords,
  },
  {
    id: 'shared',
    header: 'Shared keys',
    width: 112,
    align: 'end',
    cell: (row) => wholeNumber(row.sharedKeys),
    text: (row) => String(row.sharedKeys),
  },
  {
    id: 'used',
    header: 'Used since',
    width: 112,
    cell: (row) =>
      row.usedAfterAt === null ? (
        <When at={null} otherwise="None known" />
      ) : (
        <Status tone="bad" plain>
          <When at={row.usedAfterAt} />
        </Status>
      ),
    text: (row) => (row.usedAfterAt === null ? '' : absoluteTime(row.usedAfterAt)),
  },
  {
    id: 'department',
    header: 'Department',
    width: 130,
    hidden: true,
    cell: (row) => <Named text={row.department} otherwise="Not told" />,
    text: (row) => row.department ?? '',
  },
  {
    id: 'manager',
    header: 'Manager',
    width: 130,
    hidden: true,
    cell: (row) => <Named text={row.manager} otherwise="Not told" />,
    text: (row) => row.manager ?? '',
  },
]
