import { SegmentedControl, Select } from '@mantine/core'
import { memo, useMemo, type ReactElement } from 'react'

import {
  USAGE_BY,
  type UsageBy,
  type UsageShown,
  type UsageSource,
  type UsageStretch,
} from '../../../shared/contract/usage.ts'
import { SOURCE_LABELS, USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import type { UsageSearch } from './search.ts'
import styles from './usage.module.css'
import { byWord } from '../../entities/usage-labels.ts'

interface ControlsProps {
  readonly month: string
  readonly months: readonly string[]
  readonly stretch: UsageStretch
  readonly by: UsageBy
  readonly kinds: boolean
  readonly source: UsageSource
  readonly shown: UsageShown
  readonly show: 'chart' | 'table'
  readonly set: (change: UsageSearch) => void
}

interface Option {
  readonly value: string
  readonly label: string
}

const STRETCHES = [
  { value: 'month', label: 'Month' },
  { value: '30-days', label: 'Last 30 days' },
  { value: '90-days', label: 'Last 90 days' },
  { value: '12-months', label: 'Twelve months' },
] as const satisfies readonly { readonly value: UsageStretch; readonly label: string }[]

const SHOWN = [
  { value: 'cost', label: 'Cost' },
  { value: 'estimate', label: '≈ Estimate' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'requests', label: 'Requests' },
] as const satisfies readonly { readonly value: UsageShown; readonly label: string }[]

const SOURCES: readonly Option[] = USAGE_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }))

const SHOWS: readonly Option[] = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
]

const KINDS = 'kinds'

const THINGS: readonly Option[] = USAGE_BY.map((value) => ({ value, label: byWord(value) }))
const THINGS_AND_KINDS: readonly Option[] = [...THINGS, { value: KINDS, label: 'Kind of token' }]

/** The choices of the usage page. A choice that invalidates an open detail closes it. */
export const Controls = memo(function Controls(props: ControlsProps): ReactElement {
  const { month, months, stretch, by, kinds, source, shown, show, set } = props
  const choices = useMemo(() => makeChoices(set), [set])
  const known = useMemo(
    () => [...new Set([month, ...months])].map((value): Option => ({ value, label: value })),
    [month, months],
  )
  return (
    <div className={styles['controls']}>
      <Choice label="Time range" options={STRETCHES} value={stretch} width={150} choose={choices.stretch} />
      <Choice label="Month" options={known} value={month} width={110} choose={choices.month} />
      <Choice
        label="Group by"
        options={shown === 'tokens' ? THINGS_AND_KINDS : THINGS}
        value={kinds ? KINDS : by}
        width={150}
        choose={choices.by}
      />
      <Switch label="Source" options={SOURCES} value={source} choose={choices.source} />
      <Switch label="Measure" options={SHOWN} value={shown} choose={choices.shown} />
      <Switch label="Show usage as" options={SHOWS} value={show} choose={choices.show} />
    </div>
  )
})

type Choose = (value: string | null) => void

function makeChoices(
  set: (change: UsageSearch) => void,
): Readonly<Record<'stretch' | 'month' | 'by' | 'source' | 'shown' | 'show', Choose>> {
  const change = (next: UsageSearch): void => set({ at: undefined, row: undefined, ...next })
  return {
    stretch: (value) => change({ stretch: STRETCHES.find((each) => each.value === value)?.value }),
    month: (value) => change({ month: value ?? undefined }),
    by: (value) =>
      change(value === KINDS ? { kinds: true } : { kinds: undefined, by: USAGE_BY.find((each) => each === value) }),
    source: (value) => change({ source: USAGE_SOURCES.find((each) => each === value) }),
    shown: (value) => change({ shown: SHOWN.find((each) => each.value === value)?.value }),
    show: (value) => set({ show: value === 'table' ? 'table' : undefined }),
  }
}

interface ChoiceProps {
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string
  readonly choose: Choose
}

/** A select. It is redrawn only when its own value changes. */
const Choice = memo(function Choice(props: ChoiceProps & { readonly width: number }): ReactElement {
  const { label, options, value, width, choose } = props
  return (
    <Select
      aria-label={label}
      data={options.map((each) => ({ ...each }))}
      value={value}
      allowDeselect={false}
      w={width}
      onChange={choose}
    />
  )
})

/** A segmented control: one of a few choices, all visible. */
const Switch = memo(function Switch({ label, options, value, choose }: ChoiceProps): ReactElement {
  return (
    <SegmentedControl aria-label={label} data={options.map((each) => ({ ...each }))} value={value} onChange={choose} />
  )
})
