import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { NO_ROW } from '../../../shared/contract/view-subjects.ts'
import { CERTAINTY_FILTERS, FINDING_STATES, type FindingCount } from '../../../shared/contract/findings.ts'
import { SUBJECT_KINDS } from '../../../shared/domain/facts.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { FINDINGS } from '../../../shared/nouns/findings.ts'
import { query } from '../../data/api.ts'
import { listParams } from '../../data/search-params.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FixedChip, type Choice } from '../../ui/table/filter-chip.tsx'
import { toFilters, type SetSearch } from '../../ui/table/filters.ts'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { PersonChip } from '../../entities/person-chip.tsx'
import type { FindingsSearch } from '../../entities/findings-search.ts'
import { certaintyWord, severityWord, stateWord, subjectKindWord } from '../../entities/finding-labels.ts'

/** The search params that filter the findings. */
export const FINDING_FILTERS = listParams(FINDINGS)

type Filter = Inputs['findings']['counts']['filter']

interface FindingFiltersProps {
  readonly search: FindingsSearch
  /** The filter of the list, for the numbers of the choices. */
  readonly filter: Filter
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

export function FindingFilters({ search, filter, set }: FindingFiltersProps): ReactElement {
  const rules = useQuery(query.findings.rules.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? []
  const { bar, chip } = toFilters(search, set, FINDING_FILTERS)
  const kinds = search.kind ?? []
  return (
    <FilterBar {...bar('Search subjects')}>
      <CountedChip label="Severity" by="severity" choices={LEVELS} filter={filter} {...chip('severity')} />
      <CountedChip label="Certainty" by="certainty" choices={CERTAINTIES} filter={filter} {...chip('certainty')} />
      <CountedChip
        label="Rule"
        by="rule"
        choices={rules.map(({ id, title }) => ({ value: id, label: title }))}
        filter={filter}
        {...chip('rule')}
      />
      <FilterChip
        label="State"
        choices={STATES}
        {...chip('state')}
        value={search.state === 'open' ? undefined : search.state}
      />
      <CountedChip
        label="Kind"
        by="subjectKind"
        choices={KINDS}
        filter={filter}
        value={search.kind}
        onChange={(kind) => set({ kind, subject: undefined })}
      />
      <PersonChip {...chip('person')} />
      {search.subject === undefined ? null : (
        <FixedChip label="Subject" onRemove={() => set({ subject: undefined, kind: undefined })}>
          {search.subject === NO_ROW
            ? 'Not found'
            : kinds[0] === undefined
              ? 'one'
              : `one ${subjectKindWord(kinds[0]).toLowerCase()}`}
        </FixedChip>
      )}
    </FilterBar>
  )
}

interface CountedChipProps<Value extends string> {
  readonly label: string
  readonly by: FindingCount
  readonly filter: Filter
  readonly value: readonly Value[] | undefined
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: readonly Value[] | undefined) => void
}

/** A filter whose menu counts the findings of each value once it is open. */
function CountedChip<Value extends string>({ by, filter, ...chip }: CountedChipProps<Value>): ReactElement {
  const [opened, setOpened] = useState(false)
  const counts = useQuery({ ...query.findings.counts.queryOptions({ input: { filter, by } }), enabled: opened }).data
  const total = counts?.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <ManyChip
      {...chip}
      counts={counts && new Map([['all', total], ...counts.map(({ value, count }) => [value, count] as const)])}
      onOpen={() => setOpened(true)}
    />
  )
}
