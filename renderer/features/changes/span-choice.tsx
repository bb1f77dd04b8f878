import { SegmentedControl, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'

import { isDay, type Day } from '../../../shared/domain/day.ts'
import { NO_SPAN, USUAL_DAYS } from './question.ts'
import { PRESETS, type ChangesSearch } from './search.ts'

interface SpanChoiceProps {
  readonly search: ChangesSearch
  readonly today: Day
  readonly set: (change: Partial<ChangesSearch>) => void
}

/** How far to look back: some days, or a day. Two syncs are chosen in the timeline. */
export function SpanChoice({ search, today, set }: SpanChoiceProps): ReactElement {
  const chosen = search.from !== undefined || search.since !== undefined ? '' : String(search.days ?? USUAL_DAYS)
  return (
    <>
      <SegmentedControl
        aria-label="Look back"
        data={PRESETS.map((days) => ({ value: String(days), label: `${days} days` }))}
        value={chosen}
        onChange={(value) => set({ ...NO_SPAN, days: PRESETS.find((days) => String(days) === value) })}
      />
      <TextInput
        type="date"
        aria-label="Since a day (UTC)"
        max={today}
        value={search.since ?? ''}
        onChange={(event) => {
          const since = event.currentTarget.value
          if (isDay(since)) set({ ...NO_SPAN, since })
        }}
      />
    </>
  )
}
