import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  addToast,
  keepPlaces,
  MOST_PLACES,
  MOST_TOASTS,
  removeToast,
  type Toast,
  type ToastTone,
} from '../../../renderer/ui/toast-stack.ts'

function toast(id: number, tone: ToastTone = 'done', only: string | null = null): Toast {
  return { id, tone, message: `message ${id}`, hint: null, only, undo: null, action: null, staysMs: null }
}

function listIds(toasts: readonly Toast[]): readonly number[] {
  return toasts.map(({ id }) => id)
}

/** The ids on display after these messages, one after the other. */
function after(...toasts: readonly Toast[]): readonly number[] {
  return listIds(toasts.reduce<readonly Toast[]>(addToast, []))
}

describe('messages', () => {
  it('are at most three, and the oldest leaves first', () => {
    expect(MOST_TOASTS).toBe(3)
    expect(after(toast(1), toast(2), toast(3), toast(4))).toEqual([2, 3, 4])
  })

  it('of a failure stay when a message of a success can leave', () => {
    expect(after(toast(1, 'failed'), toast(2), toast(3, 'warning'), toast(4))).toEqual([1, 3, 4])
  })

  it('of three failures let a new message in', () => {
    expect(after(toast(1, 'failed'), toast(2, 'failed'), toast(3, 'failed'), toast(4))).toEqual([2, 3, 4])
  })

  it('about one thing replace each other: a later success removes the failure of the same sync', () => {
    expect(after(toast(1, 'failed', 'sync:12'), toast(2, 'failed', 'sync:7'), toast(3, 'done', 'sync:12'))).toEqual([
      2, 3,
    ])
  })

  it('without a thing do not replace each other', () => {
    expect(after(toast(1), toast(2))).toEqual([1, 2])
  })

  it('are removed by their id, or by what they are about', () => {
    const shown = [toast(1, 'done', 'sync:1'), toast(2)]
    expect(listIds(removeToast(shown, 2))).toEqual([1])
    expect(listIds(removeToast(shown, 'sync:1'))).toEqual([2])
  })

  it('keep their places while the pointer is on them, whatever comes and leaves', () => {
    const step = fc.oneof(fc.record({ only: fc.constantFrom(null, 'sync:1') }), fc.record({ leaves: fc.nat(4) }))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let shown = [toast(0), toast(1, 'done', 'sync:1')].reduce<readonly Toast[]>(addToast, [])
        let placed = shown
        steps.forEach((each, at) => {
          const leaving = 'leaves' in each ? shown[each.leaves] : undefined
          if ('only' in each) shown = addToast(shown, toast(at + 2, 'done', each.only))
          else if (leaving !== undefined) shown = removeToast(shown, leaving.id)
          const before = placed
          placed = keepPlaces(before, shown)
          const isHeld = shown.length > 0 && placed.length > shown.length
          expect(isHeld ? placed.slice(0, before.length) : placed).toEqual(isHeld ? before : shown)
          expect(shown.filter((one) => !placed.includes(one))).toEqual([])
          expect(new Set(listIds(placed)).size).toBe(placed.length)
          expect(placed.length).toBeLessThanOrEqual(MOST_PLACES)
        })
      }),
    )
  })
})
