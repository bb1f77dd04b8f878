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
  /** Takes a merge into a person back. */
  readonly split: (merge: { readonly mergeId: number; readonly keep: number }) => void
  /** Says that two people are not the same, or takes that back. */
  readonly decide: (match: { readonly matchId: number; readonly state: 'open' | 'rejected' }) => void
  readonly busy: boolean
}

/** What a person decides about who is who; each has its way back in the notification. */
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
        message: `${visibleText(name)} is a person of their own again`,
        undo: () => api.people.merge({ keep, other: personId }),
      }),
    onError: notifyFailed,
  })
  const decide = useMutation({
    mutationFn: ({ matchId, state }: Parameters<Merging['decide']>[0]) => api.people.decideMatch({ matchId, state }),
    onSuccess: (_, { matchId, state }) =>
      notifyDone({
        message: state === 'rejected' ? 'Kept apart' : 'Open again',
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
