import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { api, query } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { SLICE, type ListSource } from '../../ui/table/use-slices.ts'
import { firstFrom, rowAt, type RowAt, type ReadSlice } from './walk.ts'
import { decidedWords, itemWords, canChange, findWeight } from '../../entities/review-labels.ts'
import { needsWhy } from '../../../shared/domain/reviews/needs-why.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import type { ItemAct } from './item-keys.ts'

/** The group of the notifications of decisions; one is shown at a time. */
export const DECISION_NOTICE = 'review-decision'

/** The decision, without its items. */
export type Decision = Omit<Inputs['reviews']['decide'], 'reviewId' | 'items'>

interface DecidingOptions {
  readonly reviewId: number
  /** Its items are in several connections. */
  readonly ofSeveral: boolean
  readonly source: ListSource<ReviewItem>
  /** Shows an item in the panel; the list moves to it too. Undefined closes the panel. */
  readonly show: (place: RowAt<ReviewItem>) => void
  /** Moves the list to a row without opening it. */
  readonly stand: (index: number) => void
}

export interface Deciding {
  /** Decides about one item and goes to the next undecided one. `opens`: in the panel, else in the list. */
  readonly decide: (item: ReviewItem, decision: Decision, opens: boolean) => Promise<void>
  /** Decides about several items together. */
  readonly decideAll: (items: Inputs['reviews']['decide']['items'], decision: Decision) => Promise<void>
  /** Undoes the last decision of this session. */
  readonly undo: () => void
  /** Opens the first undecided item, or the first of all. */
  readonly start: () => Promise<void>
  /** Opens the neighbour of an item: 1 for the next, -1 for the one before. */
  readonly step: (itemId: number, by: 1 | -1) => Promise<void>
}

/** The work on the items of a review: decisions, the next item, and undo. */
export function useDeciding({ reviewId, ofSeveral, source, show, stand }: DecidingOptions): Deciding {
  const client = useQueryClient()
  /** Key presses come faster than answers; one decision at a time. */
  const busy = useRef(false)
  const batches = useRef<readonly number[]>([])
  /** The index of the last item: a filter may have removed it since. */
  const lastIndex = useRef(0)

  const read: ReadSlice<ReviewItem> = (offset) => client.fetchQuery(source.slice(offset, SLICE))
  const find = (itemId: number): Promise<RowAt<ReviewItem> | null> =>
    firstFrom(read, lastIndex.current, (row) => row.itemId === itemId)
  const refreshed = (): Promise<void> => client.invalidateQueries({ queryKey: query.reviews.key() })

  const takeBack = async (batch: number): Promise<void> => {
    await api.reviews.undo({ reviewId, batch })
    batches.current = batches.current.filter((each) => each !== batch)
    await refreshed()
  }

  const say = (message: string, batch: number): void => {
    batches.current = [...batches.current, batch]
    notifyDone({ message, only: DECISION_NOTICE, undo: () => takeBack(batch) })
  }

  const decide = async (item: ReviewItem, decision: Decision, opens: boolean): Promise<void> => {
    if (busy.current) return
    busy.current = true
    try {
      const here = await find(item.itemId)
      if (here !== null) lastIndex.current = here.index
      const next = await firstFrom(
        read,
        lastIndex.current + 1,
        ({ record, itemId }) => record === null && itemId !== item.itemId,
      )
      const { batch } = await api.reviews.decide({ reviewId, items: [item.itemId], ...decision })
      await refreshed()
      say(decidedWords(decision.decision, decision.to, itemWords(item, ofSeveral)), batch)
      // The decision may have moved the rows: find the present index of the next one.
      const there = next === null ? null : await find(next.row.itemId)
      if (there === null) return
      lastIndex.current = there.index
      if (opens) show(there)
      else stand(there.index)
    } finally {
      busy.current = false
    }
  }

  return {
    decide,
    decideAll: async (items, decision) => {
      const { decided, batch } = await api.reviews.decide({ reviewId, items, ...decision })
      await refreshed()
      say(decidedWords(decision.decision, decision.to, plural(decided, 'item')), batch)
    },
    undo: () => {
      const batch = batches.current.at(-1)
      if (batch !== undefined) takeBack(batch).then(() => notifyDone({ message: 'Change undone' }), notifyFailed)
    },
    start: async () => {
      const first = (await firstFrom(read, 0, ({ record }) => record === null)) ?? (await rowAt(read, 0))
      if (first === null) return
      lastIndex.current = first.index
      show(first)
    },
    step: async (itemId, by) => {
      const here = await find(itemId)
      // When the filter has removed an item, the next one has moved to its index.
      const target = here === null ? lastIndex.current + (by === 1 ? 0 : -1) : here.index + by
      const there = await rowAt(read, target)
      if (there === null) return
      lastIndex.current = there.index
      show(there)
    },
  }
}

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
