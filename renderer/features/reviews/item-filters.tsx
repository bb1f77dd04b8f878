import { Button } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FlagChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { useQuery } from '../../ui/use-query.ts'
import { itemFilter } from './item-source.ts'
import { ITEM_FILTERS, type ReviewsSearch, type SetSearch } from './search.ts'
import { listDecisions, decisionWord, isClosed } from '../../entities/review-labels.ts'

interface ItemFiltersProps {
  readonly row: ReviewRow
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

const CLOSURES = [
  { value: 'pending', label: 'Not yet' },
  { value: 'done', label: 'Done' },
] as const

/** The filters of the items, and the button that decides about all listed ones. */
export function ItemFilters({ row, search, set }: ItemFiltersProps): ReactElement {
  const { reviewId, state } = row
  const connections = useQuery(query.connection.list.queryOptions({ input: { client: row.client.slug } })).data ?? []
  const shown = useQuery(query.reviews.items.queryOptions({ input: { reviewId, ...itemFilter(search), limit: 0 } }))
    .data?.total
  const { bar, chip } = toFilters(search, set, ITEM_FILTERS)
  return (
    <FilterBar {...bar('Search items')}>
      {state === 'open' ? <FlagChip label="Decided" yes="Decided" no="Undecided" {...chip('decided')} /> : null}
      <FilterChip
        label="Decision"
        choices={listDecisions(row.kind).map((value) => ({ value, label: decisionWord(value).word }))}
        {...chip('decision')}
      />
      <FlagChip label="Findings" yes="Flagged" no="Not flagged" {...chip('flagged')} />
      {connections.length > 1 || search.connection !== undefined ? (
        <FilterChip
          label="Connection"
          value={search.connection === undefined ? undefined : String(search.connection)}
          choices={connections.map(({ id, label }) => ({ value: String(id), label }))}
          onChange={(next) => set({ connection: next === undefined ? undefined : Number(next) })}
        />
      ) : null}
      {isClosed(row) ? <FilterChip label="Applied" choices={CLOSURES} {...chip('closure')} /> : null}
      {state === 'open' ? (
        <Button
          variant="default"
          size="compact-sm"
          disabled={shown === undefined || shown === 0}
          onClick={() => set({ step: 'bulk' })}
        >
          {`Decide all ${shown === undefined ? '' : wholeNumber(shown)} listed…`}
        </Button>
      ) : null}
    </FilterBar>
  )
}
