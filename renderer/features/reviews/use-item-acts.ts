import { useState } from 'react'

import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { needsWhy } from '../../../shared/domain/reviews/needs-why.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import type { ItemAct } from './item-keys.ts'
import type { Deciding } from './use-deciding.ts'
import { canChange, findWeight } from '../../entities/review-labels.ts'

/** A decision that needs further input. */
export interface ItemForm {
  readonly itemId: number
  readonly decision: ItemDecision
  readonly exception: boolean
}

interface ItemActs {
  readonly form: ItemForm | null
  readonly closeForm: () => void
  /** Runs the action of a key or button on an item. `opens`: the panel follows, else only the list does. */
  readonly act: (item: ReviewItem, act: ItemAct, opens: boolean) => void
}

interface ItemActsOptions {
  readonly deciding: Deciding
  /** Opens the panel of an item, which shows the form. */
  readonly open: (item: ReviewItem) => void
  /** The review is open. */
  readonly canDecide: boolean
}

/** Decides immediately when no further input is needed, and opens the form otherwise. */
export function useItemActs({ deciding, open, canDecide }: ItemActsOptions): ItemActs {
  const [form, setForm] = useState<ItemForm | null>(null)
  const ask = (item: ReviewItem, decision: ItemDecision, exception: boolean): void => {
    setForm({ itemId: item.itemId, decision, exception })
    open(item)
  }
  return {
    form,
    closeForm: () => setForm(null),
    act: (item, act, opens) => {
      if (act.kind === 'step') {
        setForm(null)
        deciding.step(item.itemId, act.by).catch(notifyFailed)
      } else if (!canDecide) {
        return
      } else if (act.kind === 'exception') {
        ask(item, 'keep', true)
      } else if (act.decision === 'change') {
        if (canChange(item.facts)) ask(item, 'change', false)
      } else if (needsWhy(findWeight(item), act.decision, null)) {
        ask(item, act.decision, false)
      } else {
        setForm(null)
        deciding.decide(item, { decision: act.decision }, opens).catch(notifyFailed)
      }
    },
  }
}
