import type { ReactElement } from 'react'

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { standingWord } from '../../entities/review-labels.ts'

/** The reviews that were opened. */
export const OPENED_COLUMNS: readonly DataColumn<ReviewRow>[] = [
  {
    id: 'standing',
    header: 'State',
    width: 138,
    cell: (row) => (
      <Status tone={standingWord(row).tone} plain>
        {standingWord(row).word}
      </Status>
    ),
    text: (row) => standingWord(row).word,
  },
  {
    id: 'kind',
    header: 'Review',
    width: 140,
    grow: 1,
    cell: (row) => reviewTitle(row.kind),
    text: (row) => reviewTitle(row.kind),
  },
  {
    id: 'client',
    header: 'Client',
    width: 130,
    grow: 1,
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'opened',
    header: 'Opened',
    width: 106,
    cell: (row) => <When at={row.openedAt} />,
    text: (row) => absoluteTime(row.openedAt),
  },
  {
    id: 'due',
    header: 'Due',
    width: 100,
    cell: (row) => <WhenDay day={row.dueOn} show="day" />,
    text: (row) => row.dueOn,
  },
  {
    id: 'decided',
    header: 'Decided',
    width: 92,
    align: 'end',
    cell: (row) => `${wholeNumber(row.decided)} of ${wholeNumber(row.items)}`,
    text: (row) => `${row.decided} of ${row.items}`,
  },
  {
    id: 'flagged',
    header: 'Flagged',
    width: 78,
    align: 'end',
    cell: (row) => count(row.flagged),
    text: (row) => String(row.flagged),
  },
  {
    id: 'pending',
    header: 'Not done yet',
    width: 116,
    align: 'end',
    cell: (row) => count(row.pending),
    text: (row) => String(row.pending),
  },
  {
    id: 'signed',
    header: 'Signed by',
    width: 120,
    grow: 1,
    cell: (row) => <Named text={row.signed?.by} />,
    text: (row) => row.signed?.by ?? '',
  },
  {
    id: 'acknowledged',
    header: 'Acknowledged by',
    width: 144,
    grow: 1,
    cell: (row) => <Named text={row.acknowledged?.by} />,
    text: (row) => row.acknowledged?.by ?? '',
  },
]

function count(value: number): ReactElement | string {
  return value === 0 ? <span className="c-quiet">0</span> : wholeNumber(value)
}
