import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { addDays, localDayOf, type Day } from '../../../shared/domain/day.ts'
import { api } from '../../app/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { useNow } from '../../ui/now.ts'
import { PanelForm } from '../keys/panel-form.tsx'

interface AcceptFormProps {
  readonly row: FindingRow
  readonly close: () => void
}

const SPANS: readonly (readonly [label: string, days: number])[] = [
  ['30 days', 30],
  ['90 days', 90],
  ['1 year', 365],
]

/** Takes a finding on until a day, with the reason; it opens again on the day after. */
export function AcceptForm({ row, close }: AcceptFormProps): ReactElement {
  const today = localDayOf(useNow())
  const { findingId, accepted } = row
  const [until, setUntil] = useState<Day>(addDays(today, 90))
  const [reason, setReason] = useState(accepted?.reason ?? '')
  const accept = useMutation({
    mutationFn: () => api.findings.accept({ findingId, until, reason }),
    onSuccess: () => {
      close()
      notifyDone({
        message: `Accepted until ${until}`,
        undo: () =>
          accepted !== null && accepted.until >= today
            ? api.findings.accept({ findingId, until: accepted.until, reason: accepted.reason })
            : api.findings.reopen({ findingId }),
      })
    },
  })
  return (
    <PanelForm
      label="Accept the finding"
      verb="Accept"
      busy={accept.isPending}
      error={accept.error}
      onSubmit={() => accept.mutate()}
      close={close}
    >
      <Textarea
        label="Reason"
        description="Stands in the journal under your name"
        value={reason}
        required
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap={6}>
        {SPANS.map(([label, days]) => (
          <Button key={days} variant="default" size="compact-xs" onClick={() => setUntil(addDays(today, days))}>
            {label}
          </Button>
        ))}
      </Group>
      <TextInput
        type="date"
        label="Until"
        description="The last day; it is open again on the day after"
        value={until}
        min={today}
        required
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </PanelForm>
  )
}
