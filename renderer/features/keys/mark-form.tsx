import { SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { ROTATION_TRIGGERS, type RotationTrigger } from '../../../shared/domain/rotation.ts'
import { api } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { useNow } from '../../ui/now.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { triggerWord } from '../../entities/key-labels.ts'
import { notifyMarked } from './rotation-notices.ts'

interface MarkFormProps {
  readonly row: KeyRow
  readonly close: () => void
}

const TRIGGERS = ROTATION_TRIGGERS.map((value) => ({ value, label: triggerWord(value) }))

/** Records that a key was rotated: why, when, and a note. The notification can undo it. */
export function MarkForm({ row, close }: MarkFormProps): ReactElement {
  const today = toLocalDay(useNow())
  const [trigger, setTrigger] = useState<RotationTrigger>('scheduled')
  const [day, setDay] = useState<Day | null>(null)
  const [note, setNote] = useState('')
  const mark = useMutation({
    mutationFn: () => api.rotation.mark({ keyId: row.keyId, trigger, rotatedOn: day ?? today, note }),
    onSuccess: (marked) => {
      close()
      notifyMarked(marked)
    },
  })
  return (
    <PanelForm
      label="Mark rotated"
      verb="Mark rotated"
      busy={mark.isPending}
      error={mark.error}
      onSubmit={() => mark.mutate()}
      close={close}
    >
      <SegmentedControl
        fullWidth
        aria-label="Why it was rotated"
        data={TRIGGERS}
        value={trigger}
        onChange={setTrigger}
      />
      <DateField label="Rotated on" name="rotatedOn" value={day ?? today} max={today} required onChange={setDay} />
      <TextInput
        label="Note"
        name="note"
        placeholder="Ticket, owner or note"
        value={note}
        required={findRequirements('ROTATED', { count: 1, isGrave: row.kind === 'admin' }).isReasonNeeded}
        maxLength={200}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </PanelForm>
  )
}
