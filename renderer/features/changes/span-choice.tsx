import { SegmentedControl } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Day } from '../../../shared/domain/day.ts'
import { DateField } from '../../ui/date-field.tsx'
import { NO_SPAN, USUAL_DAYS } from './question.ts'
import { PRESETS, type ChangesSearch } from './search.ts'

interface SpanChoiceProps {
  readonly search: ChangesSearch
  readonly today: Day
  readonly set: (change: Partial<ChangesSearch>) => void
}

const LAST_REVIEW = 'last-review'

function chosenIn({ from, since, review, days }: ChangesSearch): string {
  if (from !== undefined || since !== undefined) return ''
  if (review !== undefined) return review === 'last' ? LAST_REVIEW : ''
  return String(days ?? USUAL_DAYS)
}

/** The period: some days back, since the last signed review, or since a day. Two syncs are chosen in the timeline. */
export function SpanChoice({ search, today, set }: SpanChoiceProps): ReactElement {
  return (
    <>
      <SegmentedControl
        aria-label="Look back"
        data={[
          ...PRESETS.map((days) => ({ value: String(days), label: `${days} days` })),
          { value: LAST_REVIEW, label: 'Last review' },
        ]}
        value={chosenIn(search)}
        onChange={(value) =>
          set(
            value === LAST_REVIEW
              ? { ...NO_SPAN, review: 'last' }
              : { ...NO_SPAN, days: PRESETS.find((days) => String(days) === value) },
          )
        }
      />
      <DateField
        aria-label="Since a day (UTC)"
        placeholder="Since a day"
        max={today}
        value={search.since ?? ''}
        onChange={(since) => {
          if (since !== '') set({ ...NO_SPAN, since })
        }}
      />
    </>
  )
}
