import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { addDays, toLocalDay, type Day } from '../../../shared/domain/day.ts'
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

/** What somebody is about to write down; for 90 days unless they say otherwise. */
export function useAcceptance(reason = ''): readonly [AcceptanceDraft, (draft: AcceptanceDraft) => void] {
  return useState({ until: addDays(toLocalDay(useNow()), 90), reason })
}

interface AcceptanceFieldsProps {
  readonly draft: AcceptanceDraft
  readonly onChange: (draft: AcceptanceDraft) => void
}

/** Why, and until when. */
export function AcceptanceFields({ draft, onChange }: AcceptanceFieldsProps): ReactElement {
  const today = toLocalDay(useNow())
  return (
    <>
      <Textarea
        label="Reason"
        description="Stands in the journal under your name"
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
      <TextInput
        type="date"
        label="Until"
        description="The last day; it is open again on the day after"
        value={draft.until}
        min={today}
        required
        onChange={(event) => onChange({ ...draft, until: event.currentTarget.value })}
      />
    </>
  )
}
