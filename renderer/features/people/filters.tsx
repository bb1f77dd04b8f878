import type { ReactElement } from 'react'

import { PERSON_STATUSES } from '../../../shared/contract/people.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FlagChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { levelWord } from '../../entities/access-labels.ts'
import { ProjectChip } from '../../entities/project-chip.tsx'
import type { PeopleSearch } from './search.ts'
import { personStatus } from './words.ts'

/** The search params that narrow the list of people. */
export const PEOPLE_FILTERS = [
  'q',
  'connection',
  'project',
  'level',
  'privileged',
  'status',
  'external',
  'departed',
] as const

interface PeopleFiltersProps {
  readonly search: PeopleSearch
  readonly set: (change: PeopleSearch, replace?: boolean) => void
}

const STATUSES = PERSON_STATUSES.map((value) => ({
  value,
  label: personStatus(value).word,
}))

const LEVEL_CHOICES = LEVELS.map((value) => ({ value, label: levelWord(value) }))

export function PeopleFilters({ search, set }: PeopleFiltersProps): ReactElement {
  return (
    <FilterBar
      search={{
        label: 'Search names and e-mails',
        value: search.q ?? '',
        onChange: (text) => set({ q: textOrNone(text) }, true),
      }}
      filtered={filteredBy(search, PEOPLE_FILTERS)}
      onClear={() => set(cleared(PEOPLE_FILTERS))}
    >
      <FilterChip label="Status" value={search.status} choices={STATUSES} onChange={(status) => set({ status })} />
      <FilterChip label="Level" value={search.level} choices={LEVEL_CHOICES} onChange={(level) => set({ level })} />
      <FlagChip
        label="Privileged"
        value={search.privileged}
        yes="Owners and admins"
        no="All others"
        onChange={(privileged) => set({ privileged })}
      />
      <FlagChip
        label="Address"
        value={search.external}
        yes="External"
        no="Internal"
        onChange={(external) => set({ external })}
      />
      <FlagChip
        label="Personnel"
        value={search.departed}
        yes="Departed"
        no="Not departed"
        onChange={(departed) => set({ departed })}
      />
      <ConnectionChip value={search.connection} onChange={(connection) => set({ connection })} />
      <ProjectChip value={search.project} onRemove={() => set({ project: undefined })} />
    </FilterBar>
  )
}
