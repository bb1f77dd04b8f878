import type { ReactElement } from 'react'

import type { KeyFilter } from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FixedChip, type Choice } from '../../ui/table/filter-chip.tsx'
import type { Filters } from '../../ui/table/filters.ts'
import { visibleText } from '../../ui/text.ts'
import { rotationWord } from '../../ui/words.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import type { KeysSearch } from './search.ts'
import { keyKindWord } from '../../entities/key-labels.ts'

/** The search params that filter the list of keys. */
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
  { value: 'unowned', label: 'No active owner' },
  { value: 'unused', label: 'Not used in 90 days' },
  { value: 'never', label: 'Never used' },
  { value: 'personal', label: 'Personal key' },
]

const KINDS = KEY_KINDS.map((value) => ({ value, label: keyKindWord(value) }))

const STATUSES: readonly Choice<NonNullable<KeyFilter['status']>>[] = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'archived', label: 'Archived' },
  { value: 'expired', label: 'Expired' },
]

export function KeyFilters({ bar, chip }: Filters<KeysSearch>): ReactElement {
  const environment = chip('environment')
  return (
    <FilterBar {...bar('Search keys')}>
      <FilterChip label="Rotation" choices={ROTATIONS} {...chip('rotation')} />
      <FilterChip label="Issue" choices={FLAGS} {...chip('flag')} />
      <FilterChip label="Kind" choices={KINDS} {...chip('kind')} />
      <FilterChip label="Status" choices={STATUSES} {...chip('status')} />
      <ConnectionChip {...chip('connection')} />
      <ProjectChip {...chip('project')} />
      <PersonChip {...chip('owner')} />
      {environment.value === undefined ? null : (
        <FixedChip label="Environment" onRemove={() => environment.onChange(undefined)}>
          {visibleText(environment.value)}
        </FixedChip>
      )}
    </FilterBar>
  )
}
