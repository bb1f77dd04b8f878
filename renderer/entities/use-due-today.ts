import { useMutation } from '@tanstack/react-query'

import { toLocalDay } from '../../shared/domain/day.ts'
import { api } from '../data/api.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { useNow } from '../ui/now.ts'
import { plural } from '../ui/relative.ts'

/** Makes keys due today, because a person left who could have seen them; the notification can undo it. */
export function useDueToday(): { readonly mark: (keyIds: readonly number[]) => void; readonly busy: boolean } {
  const dueOn = toLocalDay(useNow())
  const marking = useMutation({
    mutationFn: (keyIds: readonly number[]) =>
      api.rotation.setMany({ changes: keyIds.map((keyId) => ({ keyId, dueOn })) }),
    onSuccess: ({ before }) =>
      notifyDone({
        message: `${plural(before.length, 'key is', 'keys are')} due for rotation today`,
        undo: () => api.rotation.setMany({ changes: before }),
      }),
    onError: notifyFailed,
  })
  return { mark: (keyIds) => marking.mutate(keyIds), busy: marking.isPending }
}
