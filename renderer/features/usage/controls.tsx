import { Group, SegmentedControl, Select } from '@mantine/core'
import { memo, useMemo, type ReactElement } from 'react'

import { USAGE_BY, type UsageBy, type UsageShown, type UsageStretch } from '../../../shared/contract/usage.ts'
import { byWord } from '../../entities/usage-labels.ts'
import { CLOSED, UNFILTERED, type UsageSearch } from './search.ts'

interface ControlsProps {
  readonly stretch: UsageStretch
  readonly stack: UsageBy
  readonly kinds: boolean
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

const SHOWS: readonly Option[] = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
]

const KINDS = 'kinds'

export const DIMENSIONS: readonly Option[] = USAGE_BY.map((value) => ({ value, label: byWord(value) }))
const DIMENSIONS_AND_KINDS: readonly Option[] = [...DIMENSIONS, { value: KINDS, label: 'Kind of token' }]

/** The choices of the chart. A choice that invalidates an open detail closes it. */
export const Controls = memo(function Controls(props: ControlsProps): ReactElement {
  const { stretch, stack, kinds, shown, show, set } = props
  const choices = useMemo(() => makeChoices(set), [set])
  return (
    <Group gap={8}>
      <Choice label="Time range" options={STRETCHES} value={stretch} width={140} choose={choices.stretch} />
      <Choice
        label="Stack by"
        options={shown === 'tokens' ? DIMENSIONS_AND_KINDS : DIMENSIONS}
        value={kinds ? KINDS : stack}
        width={140}
        choose={choices.stack}
      />
      <Switch label="Measure" options={SHOWN} value={shown} choose={choices.shown} />
      <Switch label="Show usage as" options={SHOWS} value={show} choose={choices.show} />
    </Group>
  )
})

type Choose = (value: string | null) => void

function makeChoices(
  set: (change: UsageSearch) => void,
): Readonly<Record<'stretch' | 'stack' | 'shown' | 'show', Choose>> {
  const change = (next: UsageSearch): void => set({ ...CLOSED, ...next })
  return {
    stretch: (value) => change({ stretch: STRETCHES.find((each) => each.value === value)?.value }),
    stack: (value) =>
      change({
        ...UNFILTERED,
        other: undefined,
        ...(value === KINDS ? { kinds: true } : { kinds: undefined, stack: USAGE_BY.find((each) => each === value) }),
      }),
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
export const Choice = memo(function Choice(props: ChoiceProps & { readonly width: number }): ReactElement {
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
