import type { ReactElement } from 'react'

import { PERSON_STATUSES } from '../../../shared/contract/people.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FlagChip } from '../../ui/table/filter-chip.tsx'
import type { Filters } from '../../ui/table/filters.ts'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { levelWord } from '../../entities/access-labels.ts'
import { ProjectChip } from '../../entities/project-chip.tsx'
import type { PeopleSearch } from './search.ts'
import { personStatus } from './labels.ts'

const STATUSES = PERSON_STATUSES.map((value) => ({
  value,
  label: personStatus(value).word,
}))

const LEVEL_CHOICES = LEVELS.map((value) => ({ value, label: levelWord(value) }))

export function PeopleFilters({ bar, chip }: Filters<PeopleSearch>): ReactElement {
  return (
    <FilterBar {...bar('Search names and e-mails')}>
      <ManyChip label="Status" choices={STATUSES} {...chip('status')} />
      <ManyChip label="Level" choices={LEVEL_CHOICES} {...chip('level')} />
      <FlagChip label="Privileged" yes="Owners and admins" no="All others" {...chip('privileged')} />
      <FlagChip label="Domain" yes="External" no="Internal" {...chip('external')} />
      <FlagChip label="Employment" yes="Leavers" no="All others" {...chip('departed')} />
      <ConnectionChip {...chip('connection')} />
      <ProjectChip {...chip('project')} />
    </FilterBar>
  )
}
