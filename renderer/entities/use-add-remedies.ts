import { useMutation } from '@tanstack/react-query'

import type { RemedyOrigin, RemedyRow } from '../../shared/contract/remediation.ts'
import { api } from '../data/api.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { visibleText } from '../ui/text.ts'
import { addedText } from './added.ts'
import { isReady, type RemedyWish, wishOf } from './offers.ts'

export interface AddRemedies {
  /** Puts these on the waiting list. */
  readonly add: (wishes: readonly RemedyWish[]) => void
  /**
   * Puts on the list what is most fitting for each origin, such as the items of a signed review that decided to remove or
   * to change. What is there already, and what needs more to be said, is left out and counted.
   */
  readonly addProposed: (origins: readonly RemedyOrigin[]) => void
  readonly busy: boolean
}

/**
 * Puts remedies on the waiting list, which sends nothing, and says so with a way back. When one is refused it is told
 * why, and what was added before it stays.
 */
export function useAddRemedies(): AddRemedies {
  const adding = useMutation({
    mutationFn: (put: () => Promise<Added>) => put(),
    onSuccess: ({ added, already, open, refused }) => {
      if (refused === null || added.length > 0) {
        notifyDone({
          message: addedText({
            added: added.length,
            says: added.length === 1 ? saysOf(added) : undefined,
            already,
            open,
          }),
          undo: added.length === 0 ? undefined : () => withdrawAll(added),
        })
      }
      if (refused !== null) notifyFailed(refused)
    },
    onError: notifyFailed,
  })
  return {
    add: (wishes) => adding.mutate(() => addAll(wishes)),
    addProposed: (origins) => adding.mutate(() => addFitting(origins)),
    busy: adding.isPending,
  }
}

interface Added {
  readonly added: readonly RemedyRow[]
  /** On the list before. */
  readonly already: number
  /** Origins for which nothing is proposed that could be added as it is. */
  readonly open: number
  /** Why it stopped; null when it did not. */
  readonly refused: unknown
}

async function addAll(wishes: readonly RemedyWish[]): Promise<Added> {
  const added: RemedyRow[] = []
  try {
    for (const wish of wishes) added.push(await api.remedy.add(wish))
  } catch (refused) {
    return { added, already: 0, open: 0, refused }
  }
  return { added, already: 0, open: 0, refused: null }
}

async function addFitting(origins: readonly RemedyOrigin[]): Promise<Added> {
  const added: RemedyRow[] = []
  let [already, open] = [0, 0]
  try {
    for (const origin of origins) {
      const [fitting] = await api.remedy.proposals(origin)
      if (fitting === undefined) open++
      else if (fitting.remedyId !== null) already++
      else if (isReady(fitting)) added.push(await api.remedy.add(wishOf({ ...fitting, origin })))
      else open++
    }
  } catch (refused) {
    return { added, already, open, refused }
  }
  return { added, already, open, refused: null }
}

function saysOf([row]: readonly RemedyRow[]): string {
  return visibleText(row?.says ?? '')
}

async function withdrawAll(rows: readonly RemedyRow[]): Promise<void> {
  for (const { remedyId } of rows) await api.remedy.withdraw({ remedyId })
}
