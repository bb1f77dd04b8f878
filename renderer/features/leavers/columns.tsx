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
  textColumn('name', 'Name', { ch: 17, grow: 2, sort: 'name', otherwise: 'No name' }, (row) => row.name),
  textColumn('email', 'E-mail', { ch: 18, grow: 1, hidden: true, otherwise: 'Not known' }, (row) => row.email),
  statusColumn('state', 'State', { ch: 15, sort: 'pressing' }, (row) => {
    const { tone, word } = leaverStateWord(row)
    return { tone, word }
  }),
  {
    id: 'since',
    header: 'Left',
    ch: 14,
    whole: true,
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
  dayColumn('last-day', 'Last day', { hidden: true, otherwise: 'Not reported' }, (row) => row.endsOn),
  {
    id: 'says',
    header: 'What remains',
    ch: 38,
    grow: 4,
    cell: (row) => <Sentence row={row} />,
    text: (row) => leaverSentence(row, Date.now()),
  },
  clientsColumn(),
  wordColumn('held', 'Remaining access', { ch: 21, grow: 1, hidden: true }, heldWords),
  countColumn('shared', 'Shared keys', {}, (row) => row.sharedKeys),
  {
    id: 'used',
    header: 'Used after leaving',
    ch: 17,
    whole: true,
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
  textColumn('department', 'Department', { ch: 14, hidden: true, otherwise: 'Not reported' }, (row) => row.department),
  textColumn('manager', 'Manager', { ch: 14, hidden: true, otherwise: 'Not reported' }, (row) => row.manager),
]

function Sentence({ row }: { readonly row: LeaverRow }): ReactElement {
  const says = leaverSentence(row, useNow())
  return <span title={says}>{says}</span>
}
