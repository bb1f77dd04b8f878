import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { addDays, toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { api, query } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { useNow } from '../../ui/now.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { notifySnoozed } from './rotation-notices.ts'

interface SnoozeFormProps {
  readonly row: KeyRow
  readonly close: () => void
}

const SPANS: readonly (readonly [label: string, days: number])[] = [
  ['1 week', 7],
  ['2 weeks', 14],
  ['30 days', 30],
]

/** Snoozes the reminders of a key until a day. The key stays due. */
export function SnoozeForm(props: SnoozeFormProps): ReactElement {
  return (
    <Editing
      of={query.keys.get.queryOptions({ input: { keyId: props.row.keyId } })}
      find={({ row }) => ({ until: row.rotation.snoozedUntil })}
      what="the reminders"
      saving="all fields"
      rows={3}
    >
      {(edited) => <SnoozeFields {...props} edited={edited} />}
    </Editing>
  )
}

interface SnoozeFieldsProps extends SnoozeFormProps {
  readonly edited: FormStart<{ readonly until: Day | null }>
}

function SnoozeFields({ row, close, edited }: SnoozeFieldsProps): ReactElement {
  const today = toLocalDay(useNow())
  const before = edited.began.until
  const began = before ?? addDays(today, 7)
  const [day, setDay] = useState<Day>(began)
  useTyped(day !== began, edited.setTyped)
  const snooze = useMutation({
    mutationFn: async (until: Day | null) => {
      await edited.check()
      return api.rotation.snooze({ keyId: row.keyId, until })
    },
    onSuccess: (_, until) => {
      close()
      notifySnoozed(row, until)
    },
  })
  return (
    <PanelForm
      label="Snooze reminders"
      verb="Snooze"
      busy={snooze.isPending}
      error={snooze.error}
      onSubmit={() => snooze.mutate(day)}
      close={close}
    >
      <Group gap={6}>
        {SPANS.map(([label, days]) => (
          <Button key={days} variant="default" size="compact-xs" onClick={() => setDay(addDays(today, days))}>
            {label}
          </Button>
        ))}
        {before === null ? null : (
          <Button variant="subtle" size="compact-xs" onClick={() => snooze.mutate(null)}>
            Resume reminders
          </Button>
        )}
      </Group>
      <DateField
        label="No reminders until"
        name="until"
        description="The key stays due; only its reminders pause."
        value={day}
        min={addDays(today, 1)}
        required
        onChange={setDay}
      />
    </PanelForm>
  )
}
