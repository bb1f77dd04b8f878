import { useMutation } from '@tanstack/react-query'

import { api } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'

interface Pair {
  readonly keep: { readonly personId: number; readonly name: string }
  readonly other: { readonly personId: number; readonly name: string }
}

interface Merging {
  readonly merge: (pair: Pair) => void
  /** Splits a merged person off again. */
  readonly split: (merge: { readonly mergeId: number; readonly keep: number }) => void
  /** Marks two people as not the same, or undoes that. */
  readonly decide: (match: { readonly matchId: number; readonly state: 'open' | 'rejected' }) => void
  readonly busy: boolean
}

/** The decisions about possible duplicates; each can be undone in its notification. */
export function useMerging(): Merging {
  const merge = useMutation({
    mutationFn: ({ keep, other }: Pair) => api.people.merge({ keep: keep.personId, other: other.personId }),
    onSuccess: ({ mergeId }, { keep, other }) =>
      notifyDone({
        message: `${visibleText(other.name)} is now part of ${visibleText(keep.name)}`,
        undo: () => api.people.split({ mergeId }),
      }),
    onError: notifyFailed,
  })
  const split = useMutation({
    mutationFn: ({ mergeId }: Parameters<Merging['split']>[0]) => api.people.split({ mergeId }),
    onSuccess: ({ name, personId }, { keep }) =>
      notifyDone({
        message: `${visibleText(name)} split off again`,
        undo: () => api.people.merge({ keep, other: personId }),
      }),
    onError: notifyFailed,
  })
  const decide = useMutation({
    mutationFn: ({ matchId, state }: Parameters<Merging['decide']>[0]) => api.people.decideMatch({ matchId, state }),
    onSuccess: (_, { matchId, state }) =>
      notifyDone({
        message: state === 'rejected' ? 'Marked as not the same' : 'Reopened',
        undo: () => api.people.decideMatch({ matchId, state: state === 'rejected' ? 'open' : 'rejected' }),
      }),
    onError: notifyFailed,
  })
  return {
    merge: merge.mutate,
    split: split.mutate,
    decide: decide.mutate,
    busy: merge.isPending || split.isPending || decide.isPending,
  }
}
