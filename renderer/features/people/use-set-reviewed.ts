import { useMutation } from '@tanstack/react-query'

import type { Day } from '../../../shared/domain/day.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

interface Review {
  readonly principalId: number
  readonly on: Day | null
  /** What stood there, for the way back. */
  readonly before: Day | null
}

interface SetReviewed {
  readonly set: (review: Review) => void
  readonly busy: boolean
}

/** Records that a person's access in one connection was looked at; the notification takes it back. */
export function useSetReviewed(): SetReviewed {
  const mutation = useMutation({
    mutationFn: ({ principalId, on }: Review) => api.people.setReviewed({ principalId, on }),
    onSuccess: (_, { principalId, before }) =>
      notifyDone({ message: 'Review recorded', undo: () => api.people.setReviewed({ principalId, on: before }) }),
    onError: notifyFailed,
  })
  return { set: mutation.mutate, busy: mutation.isPending }
}
