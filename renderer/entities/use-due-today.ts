import { useMutation } from '@tanstack/react-query'

import type { Day } from '../../shared/domain/day.ts'
import { toLocalDay } from '../../shared/domain/day.ts'
import { api } from '../data/api.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { useNow } from '../ui/now.ts'
import { plural } from '../ui/relative.ts'

interface Before {
  readonly keyId: number
  /** The due date that a person had set; null when the policy sets it. */
  readonly dueOn: Day | null
}

/** Makes keys due today, because a person left who could have seen them; the notification can undo it. */
export function useDueToday(): { readonly mark: (keyIds: readonly number[]) => void; readonly busy: boolean } {
  const today = toLocalDay(useNow())
  const marking = useMutation({
    mutationFn: (keyIds: readonly number[]) => setAll(keyIds, today),
    onSuccess: ({ before, refused }) => {
      if (before.length > 0) {
        notifyDone({
          message: `${plural(before.length, 'key is', 'keys are')} due for rotation today`,
          undo: async () => {
            for (const { keyId, dueOn } of before) await api.rotation.set({ keyId, dueOn })
          },
        })
      }
      if (refused !== null) notifyFailed(refused)
    },
    onError: notifyFailed,
  })
  return { mark: (keyIds) => marking.mutate(keyIds), busy: marking.isPending }
}

/** One after the other: when one is refused, the ones before it stay set and can be undone. */
async function setAll(keyIds: readonly number[], today: Day) {
  const before: Before[] = []
  try {
    for (const keyId of keyIds) {
      const { logicalKey } = await api.keys.get({ keyId })
      await api.rotation.set({ keyId, dueOn: today })
      before.push({ keyId, dueOn: logicalKey.dueOn })
    }
  } catch (refused) {
    return { before, refused }
  }
  return { before, refused: null }
}
