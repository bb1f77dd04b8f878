import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { teamContract } from '../../../shared/contract/team-log.ts'
import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'

/** The operations of a team. */
export const teamApi = api.team as unknown as ContractRouterClient<typeof teamContract>

/** Query and mutation options of each. */
export const team = createTanstackQueryUtils(teamApi, { path: ['team'] })

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
    onSettled: () => queries.invalidateQueries(),
  })
}
