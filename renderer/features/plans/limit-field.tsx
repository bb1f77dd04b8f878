import { Group, NumberInput, SegmentedControl } from '@mantine/core'
import type { ReactElement } from 'react'

import type { PlannedLimit } from '../../../shared/domain/plans/plan.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/usage/threshold.ts'

const CENT = 10_000

interface LimitFieldProps {
  readonly limit: PlannedLimit | null
  readonly onChange: (limit: PlannedLimit | null) => void
}

/** The monthly amount, in dollars; empty for none. */
export function LimitField({ limit, onChange }: LimitFieldProps): ReactElement {
  const set = (dollars: string | number): void => {
    if (dollars === '') onChange(null)
    else {
      const amount = Math.round(Number(dollars) * 100) * CENT
      onChange({ enforcement: 'alert', thresholds: DEFAULT_THRESHOLDS, ...limit, amount })
    }
  }
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <NumberInput
        label="Monthly limit (USD)"
        placeholder="None"
        value={limit === null ? '' : limit.amount / CENT / 100}
        min={0}
        decimalScale={2}
        thousandSeparator=","
        flex={1}
        onChange={set}
      />
      {limit === null ? null : (
        <SegmentedControl
          aria-label="Effect of the limit"
          data={[
            { value: 'alert', label: 'Alert' },
            { value: 'hard', label: 'Hard' },
          ]}
          value={limit.enforcement}
          onChange={(value) => onChange({ ...limit, enforcement: value === 'hard' ? 'hard' : 'alert' })}
        />
      )}
    </Group>
  )
}
