import type { ReactElement } from 'react'

import type { KeyFilter } from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FixedChip, type Choice } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import { visibleText } from '../../ui/text.ts'
import { rotationWord } from '../../ui/words.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import type { KeysSearch } from './search.ts'
import { keyKindWord } from '../../entities/key-labels.ts'

/** The search params that narrow the list of keys. */
export const KEY_FILTERS = [
  'q',
  'connection',
  'project',
  'owner',
  'kind',
  'rotation',
  'flag',
  'environment',
  'status',
] as const

const ROTATIONS = ROTATION_STATES.map((value) => ({ value, label: rotationWord(value).word }))

const FLAGS: readonly Choice<NonNullable<KeyFilter['flag']>>[] = [
  { value: 'unowned', label: 'No owner, or a gone one' },
  { value: 'unused', label: 'Not used in 90 days' },
  { value: 'never', label: 'Never used' },
  { value: 'personal', label: 'In a person’s name' },
]

const KINDS = KEY_KINDS.map((value) => ({ value, label: keyKindWord(value) }))

const STATUSES: readonly Choice<NonNullable<KeyFilter['status']>>[] = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'archived', label: 'Archived' },
  { value: 'expired', label: 'Expired' },
]

interface KeyFiltersProps {
  readonly search: KeysSearch
  readonly set: (change: KeysSearch, replace?: boolean) => void
}

export function KeyFilters({ search, set }: KeyFiltersProps): ReactElement {
  return (
    <FilterBar
      search={{
        label: 'Search keys',
        value: search.q ?? '',
        onChange: (text) => set({ q: textOrNone(text) }, true),
      }}
      filtered={filteredBy(search, KEY_FILTERS)}
      onClear={() => set(cleared(KEY_FILTERS))}
    >
      <FilterChip
        label="Rotation"
        value={search.rotation}
        choices={ROTATIONS}
        onChange={(rotation) => set({ rotation })}
      />
      <FilterChip label="Concern" value={search.flag} choices={FLAGS} onChange={(flag) => set({ flag })} />
      <FilterChip label="Kind" value={search.kind} choices={KINDS} onChange={(kind) => set({ kind })} />
      <FilterChip label="Status" value={search.status} choices={STATUSES} onChange={(status) => set({ status })} />
      <ConnectionChip value={search.connection} onChange={(connection) => set({ connection })} />
      <ProjectChip value={search.project} onRemove={() => set({ project: undefined })} />
      <PersonChip value={search.owner} onRemove={() => set({ owner: undefined })} />
      {search.environment === undefined ? null : (
        <FixedChip label="Environment" onRemove={() => set({ environment: undefined })}>
          {visibleText(search.environment)}
        </FixedChip>
      )}
    </FilterBar>
  )
}
