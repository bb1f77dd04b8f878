import { Button } from '@mantine/core'
import { IconChecks, IconShieldX } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { MAX_AT_ONCE } from '../../../shared/contract/remediation.ts'
import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { Problem } from '../../ui/failure.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import type { SelectedRows } from '../../ui/table/table-props.ts'

interface BulkProps {
  readonly selected: SelectedRows<LeaverRow>
  /** Asks whether the pending changes of these people are done. */
  readonly markDone: (rows: readonly LeaverRow[]) => void
}

export function LeaverBulkActions({ selected, markDone }: BulkProps): ReactElement {
  const [busy, setBusy] = useState(false)
  const { go } = useRemediationFlow()
  const tooMany = selected.count > MAX_AT_ONCE
  const act = (work: (rows: readonly LeaverRow[]) => void): void => {
    setBusy(true)
    selected
      .read()
      .then(work)
      .catch(notifyFailed)
      .finally(() => setBusy(false))
  }
  const limit = tooMany ? `At most ${MAX_AT_ONCE} people together` : undefined
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<IconShieldX size={13} aria-hidden />}
        disabled={tooMany}
        title={limit}
        loading={busy}
        onClick={() => act((rows) => go({ step: 'person', ids: withAccess(rows) }))}
      >
        Start removal…
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconChecks size={13} aria-hidden />}
        disabled={busy || tooMany}
        title={limit}
        onClick={() => act(markDone)}
      >
        Mark changes as done…
      </Button>
    </>
  )
}

/** The people with remaining access. Throws when there are none. */
function withAccess(rows: readonly LeaverRow[]): readonly number[] {
  const ids = rows.filter(({ state }) => state === 'holds').map(({ personId }) => personId)
  if (ids.length === 0) throw new Problem('None of the selected people has access.', 'Select people with access.')
  return ids
}
