import { Button } from '@mantine/core'
import { IconShieldCheck, IconTool } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { MAX_AT_ONCE } from '../../../shared/contract/remediation.ts'
import { type FindingRow, MAX_ACCEPTED } from '../../../shared/contract/findings.ts'
import { api } from '../../data/api.ts'
import { addedText } from '../../entities/added.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { Problem } from '../../ui/failure.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import type { SelectedRows } from '../../ui/table/table-props.ts'

interface BulkProps {
  readonly selected: SelectedRows<FindingRow>
  /** Asks for the day and the reason of a risk acceptance. */
  readonly accept: (rows: readonly FindingRow[]) => void
}

/** The actions on the selected findings: the primary one mends them. */
export function FindingBulkActions({ selected, accept }: BulkProps): ReactElement {
  const [busy, setBusy] = useState(false)
  const tooMany = selected.count > MAX_ACCEPTED
  const askToAccept = async (): Promise<void> => {
    const open = (await selected.read()).filter(({ state }) => state === 'open')
    if (open.length === 0) throw new Problem('None of the selected findings is open.', 'Select open findings.')
    accept(open)
  }
  return (
    <>
      <MendSelected selected={selected} />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconShieldCheck size={13} aria-hidden />}
        loading={busy}
        disabled={tooMany}
        title={tooMany ? `At most ${wholeNumber(MAX_ACCEPTED)} together: filter the list` : undefined}
        onClick={() => {
          setBusy(true)
          askToAccept()
            .catch(notifyFailed)
            .finally(() => setBusy(false))
        }}
      >
        Accept risk…
      </Button>
    </>
  )
}

/** Adds the most fitting change for each selected finding to remediation, and previews them. */
function MendSelected({ selected }: Pick<BulkProps, 'selected'>): ReactElement {
  const { go } = useRemediationFlow()
  const tooMany = selected.count > MAX_AT_ONCE
  const adding = useMutation({
    mutationFn: async () => {
      const origins = (await selected.read()).map(({ findingId }) => ({ kind: 'finding', id: findingId }) as const)
      return api.remediation.addMany({ origins })
    },
    onSuccess: ({ added, already, open, refused: [refused] }) => {
      if (refused !== undefined && added.length === 0) notifyFailed(new Problem(refused.message, refused.hint))
      else notifyDone({ message: addedText({ added: added.length, already, open }) })
      if (added.length > 0) go({ step: 'changes', ids: added.map(({ remediationId }) => remediationId) })
    },
    onError: notifyFailed,
  })
  return (
    <Button
      size="compact-sm"
      leftSection={<IconTool size={13} aria-hidden />}
      disabled={tooMany}
      title={tooMany ? `At most ${MAX_AT_ONCE} together` : undefined}
      loading={adding.isPending}
      onClick={() => adding.mutate()}
    >
      Add to remediation…
    </Button>
  )
}
