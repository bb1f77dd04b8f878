import { Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyDetail } from '../../../shared/contract/keys.ts'
import { api } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { NumberField } from '../../ui/fields/number-field.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import type { KeyWord } from './columns.tsx'
import { editChange, editValues, type EditValues } from './edit-values.ts'
import classes from './keys.module.css'
import { PanelForm } from '../../entities/panel-form.tsx'

interface EditFormProps {
  readonly detail: KeyDetail
  readonly close: () => void
}

/** The purpose of a key and when it is due. An emptied field follows the name or the policy again. */
export function EditForm({ detail, close }: EditFormProps): ReactElement {
  const before = editValues(detail)
  const [values, setValues] = useState<EditValues>(before)
  const keyId = detail.row.keyId
  const save = useMutation({
    mutationFn: () => api.rotation.set({ keyId, ...editChange(before, values) }),
    onSuccess: () => {
      close()
      notifyDone({ message: 'Saved', undo: () => api.rotation.set({ keyId, ...editChange(values, before) }) })
    },
  })
  const text = (name: KeyWord, label: string): ReactElement => (
    <TextInput
      label={label}
      name={name}
      placeholder={detail.row[name] ?? ''}
      value={values[name]}
      maxLength={200}
      onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
    />
  )
  return (
    <PanelForm
      label="Edit key"
      verb="Save"
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      close={close}
    >
      <div className={classes['pair']}>
        {text('purpose', 'Purpose')}
        {text('contact', 'Contact')}
        {text('environment', 'Environment')}
        {text('team', 'Team')}
        <NumberField
          label="Rotate every"
          name="intervalDays"
          unit="days"
          placeholder="Policy"
          min={1}
          max={3650}
          value={values.intervalDays}
          onChange={(intervalDays) => setValues({ ...values, intervalDays })}
        />
        <DateField
          label="Due on"
          name="dueOn"
          value={values.dueOn}
          onChange={(dueOn) => setValues({ ...values, dueOn })}
        />
      </div>
      <Textarea
        label="Notes"
        name="notes"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={values.notes}
        onChange={(event) => setValues({ ...values, notes: event.currentTarget.value })}
      />
    </PanelForm>
  )
}
