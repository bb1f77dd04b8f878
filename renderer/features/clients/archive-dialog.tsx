import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { TypedWord } from '../../ui/typed-word.tsx'
import { useQueries } from '../../ui/use-query.ts'

interface ArchiveDialogProps {
  /** Null: the dialog is closed. */
  readonly client: Client | null
  readonly close: () => void
}

/** Shows what leaves every list with a client, and archives it. */
export function ArchiveDialog({ client, close }: ArchiveDialogProps): ReactElement {
  return (
    <Dialog
      opened={client !== null}
      onClose={close}
      title={client === null ? '' : `Archive ${visibleText(client.name)}`}
      size={480}
    >
      {client === null ? null : <Covered client={client} close={close} />}
    </Dialog>
  )
}

interface CoveredProps {
  readonly client: Client
  readonly close: () => void
}

function Covered({ client, close }: CoveredProps): ReactElement {
  const input = { client: client.slug, limit: 0 }
  const [keys, people, leavers] = useQueries({
    queries: [
      query.keys.list.queryOptions({ input }),
      query.people.list.queryOptions({ input }),
      query.leavers.list.queryOptions({ input: { ...input, state: 'holds' } }),
    ],
  })
  return (
    <Answer of={keys} what="the keys" rows={2}>
      {({ total: keyCount }) => (
        <Answer of={people} what="the people" rows={2}>
          {({ total: personCount }) => (
            <Answer of={leavers} what="the leavers" rows={1}>
              {({ total: leaverCount }) => (
                <ArchiveForm client={client} counts={{ keyCount, personCount, leaverCount }} close={close} />
              )}
            </Answer>
          )}
        </Answer>
      )}
    </Answer>
  )
}

interface ArchiveFormProps extends CoveredProps {
  readonly counts: Readonly<Record<'keyCount' | 'personCount' | 'leaverCount', number>>
}

function ArchiveForm({ client, counts, close }: ArchiveFormProps): ReactElement {
  const { client: scope, setClient } = useScope()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const name = visibleText(client.name)
  const { keyCount, personCount, leaverCount } = counts
  const { isReasonNeeded, word } = findRequirements('ARCHIVE', { count: keyCount, isGrave: leaverCount > 0 })
  const archive = useMutation({
    mutationFn: () => api.client.archive({ slug: client.slug, reason, ...(word === null ? {} : { confirm: typed }) }),
    onSuccess: () => {
      close()
      if (scope === client.slug) setClient(undefined)
      notifyDone({ message: `Archived ${name}`, undo: () => api.client.restore({ slug: client.slug }) })
    },
  })
  return (
    <DialogForm
      label="Archive client"
      verb="Archive client"
      danger
      disabled={(isReasonNeeded && reason.trim() === '') || (word !== null && typed.trim() !== word)}
      busy={archive.isPending}
      error={archive.error}
      onSubmit={() => archive.mutate()}
      close={close}
    >
      <p className="c-prose">
        {`${plural(keyCount, 'key')} and ${plural(personCount, 'person', 'people')} leave every list, Today and the reminders. Nothing changes at the providers: the keys and the access there go on.`}
        {leaverCount === 0
          ? null
          : ` ${plural(leaverCount, 'leaver')} still ${leaverCount === 1 ? 'has' : 'have'} access: remove it first, or give the reason for archiving now.`}
      </p>
      {isReasonNeeded ? (
        <TextInput
          label="Reason"
          name="reason"
          description="Recorded in the audit log under your name"
          value={reason}
          required
          maxLength={2000}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      {word === null ? null : <TypedWord word={word} value={typed} onChange={setTyped} focused={!isReasonNeeded} />}
    </DialogForm>
  )
}
