import { IconClipboardCheck } from '@tabler/icons-react'
import { useMemo, type ReactElement } from 'react'

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { REVIEW_KINDS, REVIEW_STATES, reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Empty } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { OPENED_COLUMNS } from './opened-columns.tsx'
import classes from './reviews.module.css'
import { REVIEW_FILTERS, type ReviewsSearch, type SetSearch } from './search.ts'
import { reviewStateWord } from '../../entities/review-labels.ts'

interface OpenedListProps {
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

const KINDS = REVIEW_KINDS.map((value) => ({ value, label: reviewTitle(value) }))
const STATES = REVIEW_STATES.map((value) => ({ value, label: reviewStateWord(value).word }))

/** The list has one order: newest first. */
const SORT = { by: 'opened', direction: 'desc' } as const

const idOf = (row: ReviewRow): string => String(row.reviewId)

/** Every review that was opened in scope. */
export function OpenedList({ search, set }: OpenedListProps): ReactElement {
  const { client } = useScope()
  const { kind, state } = search
  const source = useMemo((): ListSource<ReviewRow> => {
    const input = { client, kind, state }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.reviews.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, kind, state])
  const filtered = filteredBy(search, REVIEW_FILTERS)
  const clear = (): void => set(cleared(REVIEW_FILTERS))
  return (
    <>
      <div className={classes['opened-head']}>
        <h2 className={classes['heading']} id="opened">
          Opened
        </h2>
        <FilterBar filtered={filtered} onClear={clear}>
          <FilterChip label="Review" value={kind} choices={KINDS} onChange={(next) => set({ kind: next })} />
          <FilterChip label="State" value={state} choices={STATES} onChange={(next) => set({ state: next })} />
        </FilterBar>
      </div>
      <DataTable
        id="reviews"
        label="Reviews that were opened"
        noun={['review', 'reviews']}
        source={source}
        columns={OPENED_COLUMNS}
        rowId={idOf}
        sort={SORT}
        onOpen={(row) => set({ review: row.reviewId })}
        empty={
          filtered ? (
            <ListEmpty what="reviews" filtered onClear={clear} />
          ) : (
            <Empty icon={IconClipboardCheck} title="No review was opened yet">
              Open the one that is due first. It freezes who and what there is, and you decide about each.
            </Empty>
          )
        }
      />
    </>
  )
}
