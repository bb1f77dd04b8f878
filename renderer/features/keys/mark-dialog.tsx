import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { api } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { useNow } from '../../ui/now.ts'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { TypedWord } from '../../ui/typed-word.tsx'
import { markedWords } from './rotation-notices.ts'

interface MarkDialogProps {
  /** The keys that are marked; null: the dialog is closed. */
  readonly rows: readonly KeyRow[] | null
  readonly close: () => void
}

/** Asks for the day and the reason with which the rotation of several keys, or of an admin key, is recorded. */
export function MarkDialog({ rows, close }: MarkDialogProps): ReactElement {
  return (
    <Dialog
      opened={rows !== null}
      onClose={close}
      title={`Mark ${plural(rows?.length ?? 0, 'key')} rotated`}
      size={480}
    >
      {rows === null ? null : <MarkManyForm rows={rows} close={close} />}
    </Dialog>
  )
}

interface MarkManyFormProps {
  readonly rows: readonly KeyRow[]
  readonly close: () => void
}

function MarkManyForm({ rows, close }: MarkManyFormProps): ReactElement {
  const today = toLocalDay(useNow())
  const [rotatedOn, setRotatedOn] = useState<Day>(today)
  const [note, setNote] = useState('')
  const [typed, setTyped] = useState('')
  const { word } = findRequirements('ROTATED', {
    count: rows.length,
    isGrave: rows.some(({ kind }) => kind === 'admin'),
  })
  const mark = useMutation({
    mutationFn: () =>
      api.rotation.markMany({
        keys: rows.map(({ keyId }) => keyId),
        rotatedOn,
        note,
        ...(word === null ? {} : { confirm: typed }),
      }),
    onSuccess: ({ rotations }) => {
      close()
      notifyDone({
        message: markedWords(rotations.length),
        undo: () => api.rotation.undoMany({ rotations }),
      })
    },
  })
  const isReady = note.trim() !== '' && (word === null || typed.trim() === word)
  return (
    <DialogForm
      label="Mark rotated"
      verb="Mark rotated"
      disabled={!isReady}
      busy={mark.isPending}
      error={mark.error}
      onSubmit={() => mark.mutate()}
      close={close}
    >
      <p className="c-prose">
        {`You attest that these keys were replaced at their providers. ${countByClient(rows)}. Their due days move, and findings about them end.`}
      </p>
      <DateField label="Rotated on" name="rotatedOn" value={rotatedOn} max={today} required onChange={setRotatedOn} />
      <TextInput
        label="Reason"
        name="note"
        description="Recorded in the audit log under your name"
        placeholder="Ticket, or how they were replaced"
        value={note}
        required
        maxLength={200}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {word === null ? null : <TypedWord word={word} value={typed} onChange={setTyped} />}
    </DialogForm>
  )
}

/** The text names this many clients. */
const NAMED = 5

/** `Northfold 12, Acme Corp 3`, the clients with most keys first, with the number of admin keys. */
function countByClient(rows: readonly KeyRow[]): string {
  const counts = [...Map.groupBy(rows, ({ client }) => client.slug).values()].toSorted((a, b) => b.length - a.length)
  const named = counts
    .slice(0, NAMED)
    .map((own) => `${visibleText(own[0]?.client.name ?? '')} ${wholeNumber(own.length)}`)
  const rest = counts.slice(NAMED).reduce((sum, own) => sum + own.length, 0)
  const admin = rows.filter(({ kind }) => kind === 'admin').length
  return [
    ...named,
    ...(rest === 0 ? [] : [`${plural(counts.length - NAMED, 'other client')} ${wholeNumber(rest)}`]),
    ...(admin === 0 ? [] : [`${plural(admin, 'admin key')} among them`]),
  ].join(', ')
}
