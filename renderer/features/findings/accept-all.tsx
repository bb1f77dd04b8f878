import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { type FindingFilter, MAX_ACCEPTED } from '../../../shared/contract/findings.ts'
import { api, query } from '../../data/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { formatDay, plural } from '../../ui/relative.ts'
import { AcceptanceFields, useAcceptance } from './acceptance-fields.tsx'
import { FormEnd } from '../../ui/dialog-form.tsx'

interface AcceptAllProps {
  /** The filters of the list; only open findings are accepted, whatever the state filter is. */
  readonly filter: FindingFilter
}

/** Accepts the risk of all listed findings, until a day and with one reason. */
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
        title={tooMany ? `At most ${MAX_ACCEPTED.toLocaleString('en')} together: filter the list` : undefined}
        onClick={() => setOpen(true)}
      >
        {`Accept risk for all ${count.toLocaleString('en')}…`}
      </Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title="Accept risk for all listed findings" size={480}>
        <AcceptAllForm filter={filter} count={count} close={() => setOpen(false)} />
      </Dialog>
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
      notifyDone({
        message: `Accepted ${what} until ${formatDay(draft.until)}`,
        undo: () => api.findings.reopenAll({ at }),
      })
    },
  })
  return (
    <form
      className="c-form"
      aria-label="Accept risk"
      onSubmit={(event) => {
        event.preventDefault()
        accept.mutate()
      }}
    >
      <p className="c-prose">
        {`All ${what} that match the filters, including those out of view. One reason applies to all; each acceptance is recorded in the audit log.`}
      </p>
      <AcceptanceFields draft={draft} onChange={setDraft} />
      <FormEnd verb={`Accept ${what}`} error={accept.error} busy={accept.isPending} close={close} />
    </form>
  )
}
