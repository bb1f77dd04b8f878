import { Button, Group, Textarea } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { addDays, toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { DateField } from '../../ui/date-field.tsx'
import { useNow } from '../../ui/now.ts'

const SPANS: readonly (readonly [label: string, days: number])[] = [
  ['30 days', 30],
  ['90 days', 90],
  ['1 year', 365],
]

export interface AcceptanceDraft {
  readonly until: Day
  readonly reason: string
}

/** The values of a risk acceptance; for 90 days by default. */
export function useAcceptance(reason = ''): readonly [AcceptanceDraft, (draft: AcceptanceDraft) => void] {
  return useState({ until: addDays(toLocalDay(useNow()), 90), reason })
}

interface AcceptanceFieldsProps {
  readonly draft: AcceptanceDraft
  readonly onChange: (draft: AcceptanceDraft) => void
}

/** The reason and the last day of a risk acceptance. */
export function AcceptanceFields({ draft, onChange }: AcceptanceFieldsProps): ReactElement {
  const today = toLocalDay(useNow())
  return (
    <>
      <Textarea
        label="Reason"
        description="Recorded in the audit log under your name"
        value={draft.reason}
        required
        maxLength={2000}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => onChange({ ...draft, reason: event.currentTarget.value })}
      />
      <Group gap={6}>
        {SPANS.map(([label, days]) => (
          <Button
            key={days}
            variant="default"
            size="compact-xs"
            onClick={() => onChange({ ...draft, until: addDays(today, days) })}
          >
            {label}
          </Button>
        ))}
      </Group>
      <DateField
        label="Until"
        description="Reopens the day after"
        value={draft.until}
        min={today}
        required
        onChange={(until) => onChange({ ...draft, until })}
      />
    </>
  )
}
