import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { api } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { useNow } from '../../ui/now.ts'
import { formatDay } from '../../ui/relative.ts'
import { TypedWord } from '../../ui/typed-word.tsx'
import { PanelForm } from '../../entities/panel-form.tsx'
import { AcceptanceFields, useAcceptance } from './acceptance-fields.tsx'

interface AcceptFormProps {
  readonly row: FindingRow
  readonly close: () => void
}

/** Accepts the risk of a finding until a day, with the reason; the finding reopens on the day after. */
export function AcceptForm({ row, close }: AcceptFormProps): ReactElement {
  const today = toLocalDay(useNow())
  const { findingId, accepted } = row
  const [draft, setDraft] = useAcceptance(accepted?.reason)
  const [confirm, setConfirm] = useState('')
  const { word } = findRequirements('ACCEPT', { count: 1, isGrave: row.severity === 'critical' })
  const accept = useMutation({
    mutationFn: () => api.findings.accept({ findingId, ...draft, confirm }),
    onSuccess: () => {
      close()
      notifyDone({
        message: `Accepted the risk until ${formatDay(draft.until)}`,
        undo: () =>
          accepted !== null && accepted.until >= today
            ? api.findings.accept({ findingId, until: accepted.until, reason: accepted.reason, confirm })
            : api.findings.reopen({ findingId }),
      })
    },
  })
  return (
    <PanelForm
      label="Accept risk"
      verb="Accept risk"
      busy={accept.isPending}
      error={accept.error}
      onSubmit={() => accept.mutate()}
      close={close}
    >
      <AcceptanceFields draft={draft} onChange={setDraft} />
      {word === null ? null : (
        <TypedWord word={word} reason="The finding is critical." value={confirm} onChange={setConfirm} />
      )}
    </PanelForm>
  )
}
