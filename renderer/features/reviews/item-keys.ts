import { ITEM_DECISIONS, type ItemDecision } from '../../../shared/domain/reviews/review.ts'
import type { AreaLink } from '../../data/areas.ts'
import { areaAfterG } from '../../data/shortcuts.ts'
import { decisionWord } from '../../entities/review-labels.ts'

/** The action of a key on an item: decide, open the form of an exception, or go to a neighbour. */
export type ItemAct =
  | { readonly kind: 'decide'; readonly decision: ItemDecision }
  | { readonly kind: 'exception' }
  | { readonly kind: 'step'; readonly by: 1 | -1 }

/** The key of an exception: kept, with a reason and until a day. */
export const EXCEPTION_KEY = 'e'
export const NEXT_KEY = 'n'
export const PREVIOUS_KEY = 'p'

/** The action of a key press on an item; null for every other key. */
export function actOfKey(key: string): ItemAct | null {
  if (key === EXCEPTION_KEY) return { kind: 'exception' }
  if (key === NEXT_KEY || key === 'j') return { kind: 'step', by: 1 }
  if (key === PREVIOUS_KEY) return { kind: 'step', by: -1 }
  const decision = ITEM_DECISIONS.find((each) => decisionWord(each).key === key)
  return decision === undefined ? null : { kind: 'decide', decision }
}

/** Distinguishes the letters that follow `g` and open an area from those that decide. */
export function afterG(areas: readonly AreaLink[]): (key: string, at: number) => boolean {
  let begunAt = Number.NEGATIVE_INFINITY
  return (key, at) => {
    const goes = areaAfterG(areas, key, at - begunAt) !== null
    begunAt = key === 'g' ? at : Number.NEGATIVE_INFINITY
    return goes
  }
}
