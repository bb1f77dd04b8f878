import { useMutation, useQueryClient } from '@tanstack/react-query'

import { query, refetchAll } from '../../data/api.ts'

export interface Unlocking {
  /** Unlocks with a recovery code, or without one with the key in the keychain. */
  readonly unlock: (code?: string) => void
  readonly isPending: boolean
  /** Why it stayed locked; null before the first attempt. */
  readonly error: Error | null
  /** Clears the result of the last attempt. */
  readonly reset: () => void
}

/** Opens a locked register, and returns to the page on which it was locked. */
export function useUnlock(go: (to: string) => void): Unlocking {
  const queryClient = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation(
    query.app.unlock.mutationOptions({
      // A code is kept in the mutation cache only as long as it is on screen.
      gcTime: 0,
      onSuccess: async ({ place }) => {
        if (place !== null) go(place)
        await queryClient.invalidateQueries({ queryKey: query.app.info.key() })
        refetchAll(queryClient)
      },
    }),
  )
  return { unlock: (code) => mutate(code === undefined ? {} : { code }), isPending, error, reset }
}
