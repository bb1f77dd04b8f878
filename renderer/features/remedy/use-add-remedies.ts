import { useMutation } from '@tanstack/react-query'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { RemedyOrigin, RemedyRow } from '../../../shared/contract/remedy.ts'
import { api } from '../../app/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { addedText, isOnTheList } from './added.ts'

export type RemedyWish = Inputs['remedy']['add']

export interface AddRemedies {
  /** Puts these on the waiting list. */
  readonly add: (wishes: readonly RemedyWish[]) => void
  /** Puts on the list what is proposed for each origin: for the items of a review that decided to remove or change. */
  readonly addProposed: (origins: readonly RemedyOrigin[]) => void
  readonly busy: boolean
}

/**
 * Puts remedies on the waiting list, which sends nothing, and says so with a way back. What is on the list already is
 * counted, not refused; anything else that is refused is told, and what was added before it stays.
 */
export function useAddRemedies(): AddRemedies {
  const adding = useMutation({
    mutationFn: async (wishes: () => AsyncIterable<RemedyWish>) => addAll(wishes()),
    onSuccess: ({ added, already, refused }) => {
      if (added.length + already > 0 || refused === null) {
        notifyDone({ message: addedText(added.length, already), undo: added.length === 0 ? undefined : undoOf(added) })
      }
      if (refused !== null) notifyFailed(refused)
    },
    onError: notifyFailed,
  })
  return {
    add: (wishes) => adding.mutate(() => each(wishes)),
    addProposed: (origins) => adding.mutate(() => proposedFor(origins)),
    busy: adding.isPending,
  }
}

// oxlint-disable-next-line typescript/require-await -- one shape for wishes that are there and wishes that are asked for
async function* each(wishes: readonly RemedyWish[]): AsyncGenerator<RemedyWish> {
  yield* wishes
}

async function* proposedFor(origins: readonly RemedyOrigin[]): AsyncGenerator<RemedyWish> {
  for (const origin of origins) {
    for (const { action, subject, values } of await api.remedy.proposals(origin)) {
      yield { action, subject: { kind: subject.kind, id: subject.id }, values, origin }
    }
  }
}

interface Added {
  readonly added: readonly RemedyRow[]
  readonly already: number
  /** Why it stopped; null when it did not. */
  readonly refused: unknown
}

async function addAll(wishes: AsyncIterable<RemedyWish>): Promise<Added> {
  const added: RemedyRow[] = []
  let already = 0
  try {
    for await (const wish of wishes) {
      const row = await api.remedy.add(wish).catch((error: unknown) => {
        if (isOnTheList(error)) return null
        throw error
      })
      if (row === null) already++
      else added.push(row)
    }
  } catch (refused) {
    return { added, already, refused }
  }
  return { added, already, refused: null }
}

function undoOf(rows: readonly RemedyRow[]): () => Promise<void> {
  return async () => {
    for (const { remedyId } of rows) await api.remedy.withdraw({ remedyId })
  }
}
