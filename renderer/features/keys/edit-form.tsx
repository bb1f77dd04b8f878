import { Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyDetail } from '../../../shared/contract/keys.ts'
import { api, query } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { NumberField } from '../../ui/fields/number-field.tsx'
import { useTyped } from '../../ui/kept.tsx'
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
export function EditForm(props: EditFormProps): ReactElement {
  const { keyId } = props.detail.row
  return (
    <Editing
      of={query.keys.get.queryOptions({ input: { keyId } })}
      find={editValues}
      what="the key"
      saving="the changed fields"
    >
      {(edited) => <Fields {...props} edited={edited} />}
    </Editing>
  )
}

function Fields({ detail, close, edited }: EditFormProps & { readonly edited: FormStart<EditValues> }): ReactElement {
  const { began, setTyped, check } = edited
  const [values, setValues] = useState<EditValues>(began)
  useTyped(Object.keys(editChange(began, values)).length > 0, setTyped)
  const keyId = detail.row.keyId
  const save = useMutation({
    mutationFn: async () => {
      await check()
      return api.rotation.set({ keyId, ...editChange(began, values) })
    },
    onSuccess: () => {
      close()
      notifyDone({ message: 'Saved', undo: () => api.rotation.set({ keyId, ...editChange(values, began) }) })
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
