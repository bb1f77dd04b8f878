import { useState, type ReactElement, type ReactNode } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import {
  KEY_ACCOUNTS,
  type KEY_COUNTS,
  type KeyAccount,
  type KeyFilter,
  type KeyFlag,
} from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { KEY_STATUSES } from '../../../shared/domain/key-status.ts'
import { ROTATION_STATES, type RotationState } from '../../../shared/domain/rotation.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { query } from '../../data/api.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { keyKindWord } from '../../entities/key-labels.ts'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, type Choice } from '../../ui/table/filter-chip.tsx'
import type { Filters } from '../../ui/table/filters.ts'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { rotationWord } from '../../ui/words.ts'
import { COMMON_FILTERS, type KeysSearch } from './search.ts'

/** The search params that filter the list of all keys. */
export const KEY_FILTERS = [...COMMON_FILTERS, 'rotation', 'within'] as const

const ROTATIONS = ROTATION_STATES.map((value) => ({ value, label: rotationWord(value).word }))

const FLAGS: readonly Choice<KeyFlag>[] = [
  { value: 'unowned', label: 'No active owner' },
  { value: 'unused', label: 'Unused by policy' },
  { value: 'never', label: 'Never used' },
  { value: 'personal', label: 'Personal key' },
  { value: 'decoy', label: 'Decoy' },
]

const KINDS = KEY_KINDS.map((value) => ({ value, label: keyKindWord(value) }))

const STATUSES = KEY_STATUSES.map((value) => ({ value, label: capitalize(value) }))

const ACCOUNT: Readonly<Record<KeyAccount, string>> = {
  person: 'Person',
  'service-account': 'Service account',
  none: 'No owner',
  unknown: 'Not reported',
}

const ACCOUNTS = KEY_ACCOUNTS.map((value) => ({ value, label: ACCOUNT[value] }))

const WITHIN: readonly Choice<string>[] = [
  { value: '7', label: 'Within 7 days' },
  { value: '30', label: 'Within 30 days' },
  { value: '90', label: 'Within 90 days' },
]

interface KeyFiltersProps extends Filters<Pick<KeysSearch, (typeof COMMON_FILTERS)[number]>> {
  /** The filter of the list, for the number of keys of each value. */
  readonly filter: Inputs['keys']['counts']['filter']
  /** Further chips, about due days. */
  readonly children?: ReactNode
}

/** The filters of a list of keys. */
export function KeyFilters({ bar, chip, filter, children }: KeyFiltersProps): ReactElement {
  return (
    <FilterBar {...bar('Search keys')}>
      <EnvironmentChip filter={filter} {...chip('environment')} />
      {children}
      <CountedChip label="Owner kind" by="account" choices={ACCOUNTS} filter={filter} {...chip('account')} />
      <ManyChip label="Issue" choices={FLAGS} {...chip('flag')} />
      <CountedChip label="Kind" by="kind" choices={KINDS} filter={filter} {...chip('kind')} />
      <CountedChip label="Status" by="status" choices={STATUSES} filter={filter} {...chip('status')} />
      <ConnectionChip {...chip('connection')} />
      <ProjectChip {...chip('project')} />
      <PersonChip {...chip('owner')} />
    </FilterBar>
  )
}

type RotationChipProps = Pick<CountedChipProps<RotationState>, 'filter' | 'value' | 'onChange'>

/** A filter by rotation state. */
export function RotationChip(props: RotationChipProps): ReactElement {
  return <CountedChip label="Rotation" by="rotation" choices={ROTATIONS} {...props} />
}

interface DueChipProps {
  /** In days, overdue keys included. */
  readonly value: number | undefined
  readonly onChange: (within: number | undefined) => void
}

/** A filter by the days until keys are due. */
export function DueChip({ value, onChange }: DueChipProps): ReactElement {
  return (
    <FilterChip
      label="Due"
      choices={WITHIN}
      value={value === undefined ? undefined : String(value)}
      onChange={(days) => onChange(days === undefined ? undefined : Number(days))}
    />
  )
}

interface CountedChipProps<Value extends string> {
  readonly label: string
  readonly by: (typeof KEY_COUNTS)[number]
  readonly filter: KeyFilter
  readonly value: readonly Value[] | undefined
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: readonly Value[] | undefined) => void
}

/** A filter whose menu counts the keys of each value once it is open. */
function CountedChip<Value extends string>({ by, filter, ...chip }: CountedChipProps<Value>): ReactElement {
  const [opened, setOpened] = useState(false)
  const counts = useQuery({ ...query.keys.counts.queryOptions({ input: { filter, by } }), enabled: opened }).data
  return (
    <ManyChip
      {...chip}
      counts={counts && new Map(counts.map(({ value, count }) => [value, count]))}
      onOpen={() => setOpened(true)}
    />
  )
}

type EnvironmentChipProps = Pick<CountedChipProps<string>, 'filter' | 'value' | 'onChange'>

/** A filter by the environments that the keys in scope have, read once its menu is open. */
function EnvironmentChip({ filter, value, onChange }: EnvironmentChipProps): ReactElement {
  const [opened, setOpened] = useState(false)
  const read = useQuery({
    ...query.keys.counts.queryOptions({ input: { filter, by: 'environment' } }),
    enabled: opened,
  })
  const counts = read.data ?? []
  const values = [...new Set([...counts.map((each) => each.value), ...(value ?? [])])]
  return (
    <ManyChip
      label="Environment"
      choices={values.map((each) => ({ value: each, label: each }))}
      value={value}
      onChange={onChange}
      counts={read.data && new Map(counts.map((each) => [each.value, each.count]))}
      reading={read}
      onOpen={() => (read.isError ? void read.refetch() : setOpened(true))}
    />
  )
}
