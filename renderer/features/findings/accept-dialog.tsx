import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { api } from '../../data/api.ts'
import { severityWord } from '../../entities/finding-labels.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormEnd } from '../../ui/dialog-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { formatDay, plural, wholeNumber } from '../../ui/relative.ts'
import { TypedWord } from '../../ui/typed-word.tsx'
import { AcceptanceFields, useAcceptance } from './acceptance-fields.tsx'

interface AcceptDialogProps {
  /** Open findings; null: the dialog is closed. */
  readonly rows: readonly FindingRow[] | null
  readonly close: () => void
}

/** Asks for the day and the reason with which the risk of findings is accepted. */
export function AcceptDialog({ rows, close }: AcceptDialogProps): ReactElement {
  return (
    <Dialog
      opened={rows !== null}
      onClose={close}
      title={`Accept risk for ${plural(rows?.length ?? 0, 'finding')}`}
      size={480}
    >
      {rows === null ? null : <AcceptForm rows={rows} close={close} />}
    </Dialog>
  )
}

interface AcceptFormProps {
  readonly rows: readonly FindingRow[]
  readonly close: () => void
}

function AcceptForm({ rows, close }: AcceptFormProps): ReactElement {
  const [draft, setDraft] = useAcceptance()
  const [typed, setTyped] = useState('')
  const isCritical = rows.some(({ severity }) => severity === 'critical')
  const { word } = findRequirements('ACCEPT', { count: rows.length, isGrave: isCritical })
  const what = plural(rows.length, 'finding')
  const accept = useMutation({
    mutationFn: () =>
      api.findings.acceptMany({
        findings: rows.map(({ findingId }) => findingId),
        ...draft,
        ...(word === null ? {} : { confirm: typed }),
      }),
    onSuccess: ({ at }) => {
      close()
      notifyDone({
        message: `Accepted the risk of ${what} until ${formatDay(draft.until)}`,
        undo: () => api.findings.reopenAll({ at }),
      })
    },
  })
  const isReady = word === null || typed.trim() === word
  return (
    <form
      className="c-form"
      aria-label="Accept risk"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) accept.mutate()
      }}
    >
      <p className="c-prose">
        {`${bySeverity(rows)}. They are hidden until the day after the date below. One reason applies to all; each acceptance is recorded in the audit log.`}
      </p>
      <AcceptanceFields draft={draft} onChange={setDraft} />
      {word === null ? null : (
        <TypedWord
          word={word}
          reason={isCritical ? 'A critical finding is among them.' : undefined}
          value={typed}
          onChange={setTyped}
        />
      )}
      <FormEnd
        verb="Accept risk"
        danger={word !== null}
        disabled={!isReady}
        error={accept.error}
        busy={accept.isPending}
        close={close}
      />
    </form>
  )
}

/** `1 critical, 2 high`, the most severe first. */
function bySeverity(rows: readonly FindingRow[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = rows.filter((row) => row.severity === severity).length
    return count === 0 ? [] : `${wholeNumber(count)} ${severityWord(severity).word.toLowerCase()}`
  }).join(', ')
}
