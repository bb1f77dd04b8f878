import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { type FindingFilter, MAX_ACCEPTED } from '../../../shared/contract/findings.ts'
import { api, query } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { AcceptanceFields, useAcceptance } from './acceptance-fields.tsx'
import { FormEnd } from '../../ui/dialog-form.tsx'

interface AcceptAllProps {
  /** What narrows the list; open findings are meant, whatever it says of the state. */
  readonly filter: FindingFilter
}

/** Takes on all findings that are shown, until a day and with one reason. */
export function AcceptAll({ filter }: AcceptAllProps): ReactElement | null {
  const [isOpen, setOpen] = useState(false)
  const shown = useQuery(query.findings.list.queryOptions({ input: { ...filter, limit: 0 } }))
  const count = shown.data?.total ?? 0
  if (count === 0) return null
  const tooMany = count > MAX_ACCEPTED
  return (
    <>
      <Button
        variant="default"
        disabled={tooMany}
        title={tooMany ? `At most ${MAX_ACCEPTED.toLocaleString('en')} at once: narrow the list` : undefined}
        onClick={() => setOpen(true)}
      >
        {`Accept all ${count.toLocaleString('en')}…`}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Accept all that are shown" size={480}>
        <AcceptAllForm filter={filter} count={count} close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

interface AcceptAllFormProps extends AcceptAllProps {
  readonly count: number
  readonly close: () => void
}

function AcceptAllForm({ filter, count, close }: AcceptAllFormProps): ReactElement {
  const [draft, setDraft] = useAcceptance()
  const what = plural(count, 'finding')
  const accept = useMutation({
    mutationFn: () => api.findings.acceptAll({ filter, count, ...draft }),
    onSuccess: ({ at }) => {
      close()
      notifyDone({ message: `Accepted ${what} until ${draft.until}`, undo: () => api.findings.reopenAll({ at }) })
    },
  })
  return (
    <form
      className="c-form"
      aria-label="Accept all that are shown"
      onSubmit={(event) => {
        event.preventDefault()
        accept.mutate()
      }}
    >
      <p className="c-prose">
        {`All ${what} that the list shows, also those further down, are taken on with one reason. Each is written to the journal.`}
      </p>
      <AcceptanceFields draft={draft} onChange={setDraft} />
      <FormEnd verb={`Accept ${what}`} error={accept.error} busy={accept.isPending} close={close} />
    </form>
  )
}
