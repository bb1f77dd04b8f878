import { useMutation } from '@tanstack/react-query'

import type { RemediationOrigin } from '../../shared/contract/remediation.ts'
import type { RemediationRequest } from '../../shared/contract/remediation.ts'
import { api } from '../data/api.ts'
import { Problem } from '../ui/failure.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { visibleText } from '../ui/text.ts'
import { addedText } from './added.ts'

export interface AddRemediations {
  /** Adds these changes to the remediation list. */
  readonly add: (items: readonly RemediationRequest[]) => void
  /**
   * Adds the most fitting change for each origin, such as the items of a signed review that decided to remove or to
   * change. Origins whose change is already in the list, or needs further input, are skipped and counted.
   */
  readonly addProposed: (origins: readonly RemediationOrigin[]) => void
  readonly busy: boolean
}

/**
 * Adds changes to the remediation list, which sends nothing, and notifies with an undo. When some are refused the
 * reason is shown, and the others stay.
 */
export function useAddRemediations(): AddRemediations {
  const adding = useMutation({
    mutationFn: (asked: Parameters<typeof api.remediation.addMany>[0]) => api.remediation.addMany(asked),
    onSuccess: ({ added, already, open, refused: [refused] }) => {
      if (refused === undefined || added.length > 0) {
        const [only, ...more] = added
        const says = only === undefined || more.length > 0 ? undefined : visibleText(only.says)
        notifyDone({
          message: addedText({ added: added.length, says, already, open }),
          undo:
            added.length === 0
              ? undefined
              : () => api.remediation.withdrawMany({ remediations: added.map(({ remediationId }) => remediationId) }),
          action:
            only === undefined
              ? undefined
              : {
                  label: more.length > 0 ? 'View changes' : 'View change',
                  does: more.length > 0 ? '/remediation' : `/remediation?remediation=${only.remediationId}`,
                },
        })
      }
      if (refused !== undefined) notifyFailed(new Problem(refused.message, refused.hint))
    },
    onError: notifyFailed,
  })
  return {
    add: (items) => adding.mutate({ items: [...items] }),
    addProposed: (origins) => adding.mutate({ origins: [...origins] }),
    busy: adding.isPending,
  }
}
