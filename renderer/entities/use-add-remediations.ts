import { useMutation } from '@tanstack/react-query'

import type { RemediationOrigin, RemediationRow } from '../../shared/contract/remediation.ts'
import type { RemediationRequest } from '../../shared/contract/remediation.ts'
import { api } from '../data/api.ts'
import { Problem } from '../ui/failure.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { visibleText } from '../ui/text.ts'
import { addedText } from './added.ts'

export interface AddRemediations {
  /** Puts these on the waiting list. */
  readonly add: (items: readonly RemediationRequest[]) => void
  /**
   * Puts on the list what is most fitting for each origin, such as the items of a signed review that decided to remove or
   * to change. What is there already, and what needs more to be said, is left out and counted.
   */
  readonly addProposed: (origins: readonly RemediationOrigin[]) => void
  readonly busy: boolean
}

/**
 * Puts remedies on the waiting list, which sends nothing, and says so with a way back. Where some are refused it is told
 * why, and the others stay.
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
          undo: added.length === 0 ? undefined : () => withdrawAll(added),
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

async function withdrawAll(rows: readonly RemediationRow[]): Promise<void> {
  for (const { remediationId } of rows) await api.remediation.withdraw({ remediationId })
}
