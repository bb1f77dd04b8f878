import type { ReactElement } from 'react'

import { REMEDY_STATES } from '../../../shared/domain/remediation/remedy.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import type { RemedySearch } from './search.ts'
import { remedyStateWord } from '../../entities/remedy-labels.ts'

/** The search params that narrow the list. */
export const REMEDY_FILTERS = ['state'] as const

const STATES = REMEDY_STATES.map((value) => ({ value, label: remedyStateWord(value).word }))

interface RemedyFiltersProps {
  readonly search: RemedySearch
  readonly set: (change: RemedySearch) => void
}

export function RemedyFilters({ search, set }: RemedyFiltersProps): ReactElement {
  return (
    <FilterBar filtered={filteredBy(search, REMEDY_FILTERS)} onClear={() => set(cleared(REMEDY_FILTERS))}>
      <FilterChip label="State" value={search.state} choices={STATES} onChange={(state) => set({ state })} />
    </FilterBar>
  )
}
