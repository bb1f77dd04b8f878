import { Button } from '@mantine/core'
import { IconTool } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { api } from '../../data/api.ts'
import { addedText } from '../../entities/added.ts'
import { MAX_AT_ONCE, useRemediationFlow } from '../../entities/remediation-flow.ts'
import { Problem } from '../../ui/failure.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import type { Selected } from '../../ui/table/table-props.ts'

/** Adds the most fitting change for each selected finding to remediation, and previews them. */
export function MendSelected({ selected }: { readonly selected: Selected<FindingRow> }): ReactElement {
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
      size="compact-xs"
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
