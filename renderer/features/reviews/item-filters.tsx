import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FlagChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import { itemFilter } from './item-source.ts'
import { ITEM_FILTERS, type ReviewsSearch, type SetSearch } from './search.ts'
import { decisionsOf, decisionWord, isClosed } from '../../entities/review-labels.ts'

interface ItemFiltersProps {
  readonly row: ReviewRow
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

const CLOSURES = [
  { value: 'pending', label: 'Not yet' },
  { value: 'done', label: 'Done' },
] as const

/** What narrows the items, and the way to decide about all that are left. */
export function ItemFilters({ row, search, set }: ItemFiltersProps): ReactElement {
  const { reviewId, state } = row
  const connections = useQuery(query.connection.list.queryOptions({ input: { client: row.client.slug } })).data ?? []
  const shown = useQuery(query.reviews.items.queryOptions({ input: { reviewId, ...itemFilter(search), limit: 0 } }))
    .data?.total
  return (
    <FilterBar
      search={{
        label: 'Search items',
        value: search.q ?? '',
        onChange: (text) => set({ q: textOrNone(text) }, true),
      }}
      filtered={filteredBy(search, ITEM_FILTERS)}
      onClear={() => set(cleared(ITEM_FILTERS))}
    >
      {state === 'open' ? (
        <FlagChip
          label="Decided"
          value={search.decided}
          yes="Decided"
          no="Undecided"
          onChange={(decided) => set({ decided })}
        />
      ) : null}
      <FilterChip
        label="Decision"
        value={search.decision}
        choices={decisionsOf(row.kind).map((value) => ({ value, label: decisionWord(value).word }))}
        onChange={(decision) => set({ decision })}
      />
      <FlagChip
        label="Findings"
        value={search.flagged}
        yes="Flagged"
        no="Not flagged"
        onChange={(flagged) => set({ flagged })}
      />
      {connections.length > 1 || search.connection !== undefined ? (
        <FilterChip
          label="Connection"
          value={search.connection === undefined ? undefined : String(search.connection)}
          choices={connections.map(({ id, label }) => ({ value: String(id), label }))}
          onChange={(next) => set({ connection: next === undefined ? undefined : Number(next) })}
        />
      ) : null}
      {isClosed(row) ? (
        <FilterChip
          label="Carried out"
          value={search.closure}
          choices={CLOSURES}
          onChange={(closure) => set({ closure })}
        />
      ) : null}
      {state === 'open' ? (
        <Button
          variant="default"
          size="compact-sm"
          disabled={shown === undefined || shown === 0}
          onClick={() => set({ step: 'bulk' })}
        >
          {`Decide all ${shown === undefined ? '' : wholeNumber(shown)} shown…`}
        </Button>
      ) : null}
    </FilterBar>
  )
}
