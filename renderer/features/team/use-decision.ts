import { useMutation, useQueryClient } from '@tanstack/react-query'

import { query } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

/** Runs a decision about the team, reports what it did in words, and reads the team again. `done`: after it succeeded. */
export function useDecision<Input>(
  decide: (input: Input) => Promise<{ readonly sentence: string }>,
  done: (() => void) | null = null,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: decide,
    ...(done === null ? { onError: notifyFailed } : {}),
    onSuccess: ({ sentence }) => {
      done?.()
      notifyDone({ message: sentence })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: query.team.key() }),
  })
}
