import { Select } from '@mantine/core'
import type { ReactElement } from 'react'

import { formatMonth } from '../../shared/domain/text/dates.ts'

interface MonthSelectProps {
  readonly month: string
  /** Those that can be chosen; the month that is shown is one of them in any case. */
  readonly months: readonly string[]
  readonly onChange: (month: string) => void
}

/** Chooses the month that a page shows. */
export function MonthSelect({ month, months, onChange }: MonthSelectProps): ReactElement {
  return (
    <Select
      aria-label="Month"
      data={[...new Set([month, ...months])].map((value) => ({ value, label: formatMonth(value) }))}
      value={month}
      allowDeselect={false}
      w={150}
      onChange={(value) => {
        if (value !== null) onChange(value)
      }}
    />
  )
}
