import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { clientColumn } from '../../entities/ref-columns.tsx'
import { reviewStatusWord } from '../../entities/review-labels.ts'
import { wholeNumber } from '../../ui/relative.ts'
import {
  dayColumn,
  rareColumn,
  statusColumn,
  textColumn,
  timeColumn,
  wordColumn,
} from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

/** The columns of the reviews. */
export const OPENED_COLUMNS: readonly DataColumn<ReviewRow>[] = [
  statusColumn('status', 'State', { width: 138 }, reviewStatusWord),
  wordColumn('kind', 'Review', { width: 140, grow: 1 }, (row) => reviewTitle(row.kind)),
  clientColumn({ width: 130, grow: 1 }),
  timeColumn('opened', 'Opened', { width: 106 }, (row) => row.openedAt),
  dayColumn('due', 'Due', { width: 100 }, (row) => row.dueOn),
  {
    id: 'decided',
    header: 'Decided',
    width: 92,
    align: 'end',
    cell: (row) => `${wholeNumber(row.decided)} of ${wholeNumber(row.items)}`,
    text: (row) => `${row.decided} of ${row.items}`,
  },
  rareColumn('flagged', 'Flagged', { width: 78 }, (row) => row.flagged),
  rareColumn('pending', 'Not yet applied', { width: 116 }, (row) => row.pending),
  textColumn('signed', 'Signed by', { width: 120, grow: 1 }, (row) => row.signed?.by),
  textColumn('acknowledged', 'Acknowledged by', { width: 144, grow: 1 }, (row) => row.acknowledged?.by),
]
