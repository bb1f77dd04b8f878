import type { ReactElement } from 'react'

import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { clientsColumn } from '../../entities/ref-columns.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import { countColumn, dayColumn, statusColumn, textColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import { useNow } from '../../ui/now.ts'
import { heldWords, hoursWords, leaverSentence, leaverStateWord } from './labels.ts'

export const COLUMNS: readonly DataColumn<LeaverRow>[] = [
  textColumn('name', 'Name', { width: 150, grow: 2, sort: 'name', otherwise: 'No name' }, (row) => row.name),
  textColumn('email', 'E-mail', { width: 160, grow: 1, hidden: true, otherwise: 'Not known' }, (row) => row.email),
  statusColumn('state', 'State', { width: 138, sort: 'pressing' }, (row) => {
    const { tone, word } = leaverStateWord(row)
    return { tone, word }
  }),
  {
    id: 'since',
    header: 'Left',
    width: 112,
    hidden: true,
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
  dayColumn('last-day', 'Last day', { width: 112, hidden: true, otherwise: 'Not reported' }, (row) => row.endsOn),
  {
    id: 'says',
    header: 'What remains',
    width: 330,
    grow: 4,
    cell: (row) => <Sentence row={row} />,
    text: (row) => leaverSentence(row, Date.now()),
  },
  clientsColumn(),
  wordColumn('held', 'Remaining access', { width: 190, grow: 1, hidden: true }, heldWords),
  countColumn('shared', 'Shared keys', { width: 112 }, (row) => row.sharedKeys),
  {
    id: 'used',
    header: 'Used after leaving',
    width: 112,
    hidden: true,
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
  textColumn(
    'department',
    'Department',
    { width: 130, hidden: true, otherwise: 'Not reported' },
    (row) => row.department,
  ),
  textColumn('manager', 'Manager', { width: 130, hidden: true, otherwise: 'Not reported' }, (row) => row.manager),
]

function Sentence({ row }: { readonly row: LeaverRow }): ReactElement {
  const says = leaverSentence(row, useNow())
  return <span title={says}>{says}</span>
}
