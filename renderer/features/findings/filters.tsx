import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { CERTAINTY_FILTERS, FINDING_STATES } from '../../../shared/contract/findings.ts'
import { SUBJECT_KINDS } from '../../../shared/domain/facts.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { query } from '../../data/api.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FixedChip } from '../../ui/table/filter-chip.tsx'
import { toFilters, type SetSearch } from '../../ui/table/filters.ts'
import { PersonChip } from '../../entities/person-chip.tsx'
import type { FindingsSearch } from '../../entities/findings-search.ts'
import { certaintyWord, severityWord, stateWord, subjectKindWord } from '../../entities/finding-labels.ts'

/** The search params that filter the findings. */
export const FINDING_FILTERS = ['q', 'severity', 'certainty', 'rule', 'state', 'kind', 'subject', 'person'] as const

interface FindingFiltersProps {
  readonly search: FindingsSearch
  readonly set: SetSearch<FindingsSearch>
}

const LEVELS = SEVERITIES.map((value) => ({ value, label: severityWord(value).word }))
const CERTAINTIES = CERTAINTY_FILTERS.map((value) => ({
  value,
  label: value === 'all' ? 'All, also uncounted' : certaintyWord(value).word,
}))
const STATES = FINDING_STATES.filter((value) => value !== 'open').map((value) => ({
  value,
  label: stateWord(value).word,
}))
const KINDS = SUBJECT_KINDS.map((value) => ({ value, label: subjectKindWord(value) }))

export function FindingFilters({ search, set }: FindingFiltersProps): ReactElement {
  const rules = useQuery(query.findings.rules.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? []
  const { bar, chip } = toFilters(search, set, FINDING_FILTERS)
  return (
    <FilterBar {...bar('Search subjects')}>
      <FilterChip label="Severity" choices={LEVELS} {...chip('severity')} />
      <FilterChip label="Certainty" choices={CERTAINTIES} {...chip('certainty')} />
      <FilterChip
        label="Rule"
        choices={rules.map(({ id, title }) => ({ value: id, label: title }))}
        {...chip('rule')}
      />
      <FilterChip
        label="State"
        choices={STATES}
        {...chip('state')}
        value={search.state === 'open' ? undefined : search.state}
      />
      <FilterChip
        label="Kind"
        value={search.kind}
        choices={KINDS}
        onChange={(kind) => set({ kind, subject: undefined })}
      />
      <PersonChip {...chip('person')} />
      {search.subject === undefined ? null : (
        <FixedChip label="Subject" onRemove={() => set({ subject: undefined, kind: undefined })}>
          {search.kind === undefined ? 'one' : `one ${subjectKindWord(search.kind).toLowerCase()}`}
        </FixedChip>
      )}
    </FilterBar>
  )
}
