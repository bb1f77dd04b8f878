import { SegmentedControl, Select } from '@mantine/core'
import type { ReactElement } from 'react'

import {
  USAGE_BY,
  type UsageBy,
  type UsageShown,
  type UsageSource,
  type UsageStretch,
} from '../../../shared/contract/usage.ts'
import type { UsageSearch } from './search.ts'
import styles from './usage.module.css'
import { byWord } from './words.ts'

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

const STRETCHES = [
  { value: 'month', label: 'A month, by day' },
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

const KINDS = 'kinds'

/** What is looked at, and how. A choice that another takes the ground from closes what was open. */
export function Controls(props: ControlsProps): ReactElement {
  const { month, months, stretch, by, kinds, source, shown, show, set } = props
  const change = (next: UsageSearch): void => set({ at: undefined, row: undefined, ...next })
  const things: readonly { readonly value: string; readonly label: string }[] = USAGE_BY.map((value) => ({
    value,
    label: byWord(value),
  }))
  return (
    <div className={styles['controls']}>
      <Select
        aria-label="Stretch of time"
        data={STRETCHES.map((each) => ({ ...each }))}
        value={stretch}
        allowDeselect={false}
        w={150}
        onChange={(value) => change({ stretch: STRETCHES.find((each) => each.value === value)?.value })}
      />
      <Select
        aria-label="Month"
        data={[...new Set([month, ...months])]}
        value={month}
        allowDeselect={false}
        w={110}
        onChange={(value) => change({ month: value ?? undefined })}
      />
      <Select
        aria-label="Add up by"
        data={shown === 'tokens' ? [...things, { value: KINDS, label: 'Kind of token' }] : [...things]}
        value={kinds ? KINDS : by}
        allowDeselect={false}
        w={150}
        onChange={(value) =>
          change(value === KINDS ? { kinds: true } : { kinds: undefined, by: USAGE_BY.find((each) => each === value) })
        }
      />
      <SegmentedControl
        aria-label="Source"
        data={[
          { value: 'billed', label: 'Billed' },
          { value: 'claimed', label: 'Own records' },
        ]}
        value={source}
        onChange={(value) => change({ source: value === 'claimed' ? 'claimed' : 'billed' })}
      />
      <SegmentedControl
        aria-label="Measure"
        data={SHOWN.map((each) => ({ ...each }))}
        value={shown}
        onChange={(value) => change({ shown: SHOWN.find((each) => each.value === value)?.value })}
      />
      <SegmentedControl
        aria-label="Show usage as"
        data={[
          { value: 'chart', label: 'Chart' },
          { value: 'table', label: 'Table' },
        ]}
        value={show}
        onChange={(value) => set({ show: value === 'table' ? 'table' : undefined })}
      />
    </div>
  )
}
