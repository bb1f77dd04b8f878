import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { findSilence } from '../../../shared/nouns/keys.ts'
import { api, query } from '../../data/api.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'

interface DecoyFormProps {
  readonly row: KeyRow
  readonly close: () => void
}

/** Marks a key as a decoy with a reason, changes the reason, or removes the mark. */
export function DecoyForm(props: DecoyFormProps): ReactElement {
  return (
    <Editing
      of={query.keys.get.queryOptions({ input: { keyId: props.row.keyId } })}
      find={({ row }) => ({ reason: row.decoyReason, since: row.decoySince })}
      what="the decoy"
      saving="all fields"
      rows={3}
    >
      {(edited) => <DecoyFields {...props} edited={edited} />}
    </Editing>
  )
}

interface DecoyFieldsProps extends DecoyFormProps {
  readonly edited: FormStart<{ readonly reason: string | null; readonly since: number | null }>
}

function DecoyFields({ row, close, edited }: DecoyFieldsProps): ReactElement {
  const { keyId } = row
  const { reason: before, since } = edited.began
  const silence = findSilence(row)
  const [reason, setReason] = useState(before ?? '')
  useTyped(reason !== (before ?? ''), edited.setTyped)
  const set = useMutation({
    mutationFn: async (decoy: boolean) => {
      await edited.check()
      return api.rotation.setDecoy({ keyId, decoy, reason: decoy ? reason : '' })
    },
    onSuccess: (_, decoy) => {
      close()
      notifyDone({
        message: `${visibleText(row.name)} is ${decoy ? '' : 'no longer '}a decoy`,
        undo: () =>
          api.rotation.setDecoy({
            keyId,
            ...(before === null || since === null ? { decoy: false } : { decoy: true, reason: before, since }),
          }),
      })
    },
  })
  return (
    <PanelForm
      label={before === null ? 'Mark as decoy' : 'Edit decoy'}
      verb={before === null ? 'Mark as decoy' : 'Save'}
      busy={set.isPending}
      error={set.error}
      onSubmit={() => set.mutate(true)}
      close={close}
    >
      <TextInput
        label="Reason"
        name="reason"
        description={`Where the key was put, or why. ${silence ?? 'Nothing should use a decoy: its use is a critical finding.'}`}
        required
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {before === null ? null : (
        <Button variant="subtle" size="compact-xs" disabled={set.isPending} onClick={() => set.mutate(false)}>
          Remove mark
        </Button>
      )}
    </PanelForm>
  )
}
