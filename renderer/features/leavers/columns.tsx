import type { ReactElement } from 'react'

import { type LeaverRow, LEAVERS } from '../../../shared/nouns/leavers.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { useNow } from '../../ui/now.ts'
import { heldWords, hoursWords, leaverSentence, leaverStateWord } from './labels.ts'

export const COLUMNS = toColumns(LEAVERS, {
  state: (row) => {
    const { tone, word } = leaverStateWord(row)
    return { tone, word }
  },
  hours: {
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
  says: { cell: (row) => <Sentence row={row} />, text: (row) => leaverSentence(row, Date.now()) },
  held: heldWords,
  usedAfterAt: {
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
})

function Sentence({ row }: { readonly row: LeaverRow }): ReactElement {
  const says = leaverSentence(row, useNow())
  return <span title={says}>{says}</span>
}
