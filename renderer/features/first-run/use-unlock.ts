import { useMutation, useQueryClient } from '@tanstack/react-query'

import { query } from '../../data/api.ts'

export interface Unlocking {
  /** Unlocks by a recovery code, or without one by the key in the keychain. */
  readonly unlock: (code?: string) => void
  readonly isPending: boolean
  /** Why it stayed locked; null before the first try. */
  readonly error: Error | null
  /** Forgets the last try. */
  readonly reset: () => void
}

/** Opens a locked register, and goes to the place in the window where it was locked. */
export function useUnlock(go: (to: string) => void): Unlocking {
  const queryClient = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation(
    query.app.unlock.mutationOptions({
      // A code is in the cache of mutations for no longer than it is on screen.
      gcTime: 0,
      onSuccess: async ({ place }) => {
        if (place !== null) go(place)
        await queryClient.invalidateQueries()
      },
    }),
  )
  return { unlock: (code) => mutate(code === undefined ? {} : { code }), isPending, error, reset }
}
