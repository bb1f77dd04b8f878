import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { TodayEntry } from '../../../shared/contract/today.ts'
import { addDays, toLocalDay } from '../../../shared/domain/day.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { DateField } from '../../ui/date-field.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { useNow } from '../../ui/now.ts'
import { dismissEntry, noteEntry, snoozeEntry, type NoteValues } from './decisions.ts'
import type { Form } from './search.ts'

interface DecideProps {
  readonly entry: TodayEntry
  readonly form: Form
  readonly close: () => void
}

const TITLES: Readonly<Record<Form, string>> = {
  snooze: 'Snooze entry',
  note: 'Add note',
  dismiss: 'Dismiss entry',
}

/** The form that snoozes, notes or dismisses an entry. */
export function DecideDialog({ entry, form, close }: DecideProps): ReactElement {
  const Body = { snooze: SnoozeForm, note: NoteForm, dismiss: DismissForm }[form]
  return (
    <Dialog opened onClose={close} title={TITLES[form]} size="md">
      <p className="c-quiet">{entry.says}</p>
      <Body entry={entry} close={close} />
    </Dialog>
  )
}

interface FormProps {
  readonly entry: TodayEntry
  readonly close: () => void
}

const SPANS: readonly (readonly [label: string, days: number])[] = [
  ['Tomorrow', 1],
  ['3 days', 3],
  ['1 week', 7],
  ['30 days', 30],
]

function SnoozeForm({ entry, close }: FormProps): ReactElement {
  const { client } = useScope()
  const today = toLocalDay(useNow())
  const [until, setUntil] = useState(addDays(today, 7))
  const [reason, setReason] = useState('')
  const snooze = useMutation({ mutationFn: () => snoozeEntry({ client, entry }, until, reason), onSuccess: close })
  return (
    <DialogForm
      label={TITLES.snooze}
      verb="Snooze"
      busy={snooze.isPending}
      error={snooze.error}
      onSubmit={() => snooze.mutate()}
      close={close}
    >
      <Group gap={6}>
        {SPANS.map(([label, days]) => (
          <Button key={days} variant="default" size="compact-xs" onClick={() => setUntil(addDays(today, days))}>
            {label}
          </Button>
        ))}
      </Group>
      <DateField
        label="Until"
        name="until"
        description="It returns earlier when its facts get worse."
        value={until}
        min={addDays(today, 1)}
        required
        onChange={setUntil}
      />
      <TextInput
        label="Reason"
        description="Optional. Recorded in the audit log."
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

function DismissForm({ entry, close }: FormProps): ReactElement {
  const { client } = useScope()
  const [reason, setReason] = useState('')
  const dismiss = useMutation({ mutationFn: () => dismissEntry({ client, entry }, reason), onSuccess: close })
  return (
    <DialogForm
      label={TITLES.dismiss}
      verb="Dismiss entry"
      busy={dismiss.isPending}
      error={dismiss.error}
      disabled={reason.trim() === ''}
      onSubmit={() => dismiss.mutate()}
      close={close}
    >
      <Textarea
        label="Reason"
        description="Recorded in the audit log. The entry returns when its facts get worse."
        value={reason}
        maxLength={2000}
        required
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

function NoteForm(props: FormProps): ReactElement {
  const { client } = useScope()
  return (
    <Editing
      of={query.today.list.queryOptions({ input: { client, hidden: false } })}
      find={({ entries }) => {
        const entry = entries.find(({ entryId }) => entryId === props.entry.entryId)
        return entry === undefined ? null : { note: entry.note, contact: entry.contact }
      }}
      what="the entry"
      saving="the changed fields"
      rows={3}
    >
      {(edited) => <NoteFields {...props} edited={edited} />}
    </Editing>
  )
}

function NoteFields({ entry, close, edited }: FormProps & { readonly edited: FormStart<NoteValues> }): ReactElement {
  const { client } = useScope()
  const { began, setTyped, check } = edited
  const [note, setNote] = useState(began.note)
  const [contact, setContact] = useState(began.contact)
  useTyped(note !== began.note || contact !== began.contact, setTyped)
  const save = useMutation({
    mutationFn: async () => {
      await check()
      await noteEntry({ client, entry }, began, { note, contact })
    },
    onSuccess: close,
  })
  return (
    <DialogForm
      label={TITLES.note}
      verb="Save note"
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      close={close}
    >
      <Textarea
        label="Note"
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <TextInput
        label="Contact"
        description="Who takes care of it."
        value={contact}
        maxLength={200}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
