import { Group } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { REVIEW_KINDS, REVIEW_STATES, reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Empty } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { REVIEW_FILTERS, type ReviewsSearch, type SetSearch } from './search.ts'
import { reviewersWords, reviewStateWord, reviewStatusWord } from '../../entities/review-labels.ts'
import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { clientColumn } from '../../entities/noun-columns.tsx'
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

/** The columns of the reviews: what is left to do, and by whom, before what a narrow window has no room for. */
export const OPENED_COLUMNS: readonly DataColumn<ReviewRow>[] = [
  statusColumn('status', 'State', { ch: 15 }, reviewStatusWord),
  wordColumn('kind', 'Review', { ch: 15, grow: 1 }, (row) => reviewTitle(row.kind)),
  clientColumn({ ch: 14, grow: 1 }),
  dayColumn('due', 'Due', { ch: 10 }, (row) => row.dueOn),
  {
    id: 'decided',
    header: 'Decided',
    ch: 9,
    align: 'end',
    cell: (row) => `${wholeNumber(row.decided)} of ${wholeNumber(row.items)}`,
    text: (row) => `${row.decided} of ${row.items}`,
  },
  textColumn('reviewers', 'Reviewers', { ch: 18, grow: 1, otherwise: 'None yet' }, (row) => reviewersWords(row)),
  rareColumn('questions', 'Need more info', { ch: 13 }, (row) => row.decisions.unknown ?? 0),
  timeColumn('active', 'Last active', { ch: 11 }, (row) => row.reviewers[0]?.lastAt ?? null),
  timeColumn('opened', 'Opened', { ch: 11 }, (row) => row.openedAt),
  rareColumn('flagged', 'Flagged', { ch: 8 }, (row) => row.flagged),
  rareColumn('pending', 'Not yet applied', { ch: 12 }, (row) => row.pending),
  textColumn('signed', 'Signed by', { ch: 13, grow: 1 }, (row) => row.signed?.by),
  textColumn('acknowledged', 'Acknowledged by', { ch: 16, grow: 1 }, (row) => row.acknowledged?.by),
]

interface OpenedListProps {
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

const KINDS = REVIEW_KINDS.map((value) => ({ value, label: reviewTitle(value) }))
const STATES = REVIEW_STATES.map((value) => ({ value, label: reviewStateWord(value).word }))

/** The list has one order: newest first. */
const SORT = { by: 'opened', direction: 'desc' } as const

/** Every review in scope. */
export function OpenedList({ search, set }: OpenedListProps): ReactElement {
  const { client } = useScope()
  const { kind, state } = search
  const filters = toFilters(search, set, REVIEW_FILTERS)
  return (
    <>
      <Group gap={14} wrap="nowrap">
        <h2 className="c-card-title" id="opened">
          Reviews
        </h2>
        <FilterBar {...filters.bar()}>
          <FilterChip label="Review" choices={KINDS} {...filters.chip('kind')} />
          <FilterChip label="State" choices={STATES} {...filters.chip('state')} />
        </FilterBar>
      </Group>
      <DataTable
        id="reviews"
        label="Reviews"
        noun={['review', 'reviews']}
        source={toListSource({ client, kind, state }, (input) => query.reviews.list.queryOptions({ input }))}
        columns={OPENED_COLUMNS}
        rowId={(row) => String(row.reviewId)}
        sort={SORT}
        onOpen={(row) => set({ review: row.reviewId })}
        empty={
          <ListEmpty what="reviews" {...filters}>
            <Empty icon={IconClipboardCheck} title="No reviews yet">
              Start the one that is due first. It takes a snapshot of the access, and you decide about each item.
            </Empty>
          </ListEmpty>
        }
      />
    </>
  )
}
