import { describe, expect, it } from 'vitest'

import { type ReviewBatch, getMarks } from '../../../../shared/domain/reviews/marks.ts'

const MINUTE = 60_000

/** Batches of so many items, each decided some minutes after the one before it, or after the review was opened. */
function batches(...given: readonly (readonly [items: number, minutes: number])[]): ReviewBatch[] {
  let at = 0
  return given.map(([items, minutes]) => {
    const begunAt = at
    at += minutes * MINUTE
    return { items, begunAt, decidedAt: at }
  })
}

const kinds = (over: Partial<Parameters<typeof getMarks>[0]>): string[] =>
  getMarks({ decided: 0, kept: 0, selfReviews: 0, batches: [], ...over }).map(({ kind }) => kind)

describe('the mark of a rubber stamp', () => {
  it.each([
    ['of 50 items, all kept', 50, 50, []],
    ['of 51 items, all kept', 51, 51, ['mostly-kept']],
    ['of 100 items, 95 kept', 100, 95, []],
    ['of 100 items, 96 kept', 100, 96, ['mostly-kept']],
  ])('is on a review %s', (_, decided, kept, marks) => {
    expect(kinds({ decided, kept })).toEqual(marks)
  })
})

describe('the mark of haste', () => {
  it.each([
    ['11 items within a minute', batches([11, 1]), ['hasty']],
    ['10 items within a minute', batches([10, 1]), []],
    ['11 items after two minutes', batches([11, 2]), []],
    ['many items in a second batch, right after the first', batches([40, 30], [40, 1]), ['hasty']],
    ['one by one, slowly', batches(...Array.from({ length: 20 }, () => [1, 1] as const)), []],
    ['one by one, within two minutes after a long look', batches([1, 60], ...Array.from({ length: 20 }, () => [1, 0.01] as const)), ['hasty']], // prettier-ignore
    ['nothing', [], []],
  ])('is on %s', (_, given, marks) => {
    expect(kinds({ batches: given })).toEqual(marks)
  })

  it('counts an item that was decided twice as two decisions', () => {
    const [mark] = getMarks({ decided: 11, kept: 11, selfReviews: 0, batches: batches([1, 0.1], [11, 0.1]) })
    expect(mark).toEqual({ kind: 'hasty', says: '12 decisions were made in less than two minutes.' })
  })
})

describe('the mark of a self-review', () => {
  it('counts the items', () => {
    expect(getMarks({ decided: 3, kept: 3, selfReviews: 1, batches: [] })).toEqual([
      { kind: 'self-review', says: '1 item is about the own access of the reviewer who decided.' },
    ])
    expect(getMarks({ decided: 3, kept: 3, selfReviews: 2, batches: [] })[0]?.says).toMatch(/^2 items are/u)
  })
})

describe('the mark of one operator under two names', () => {
  it.each([
    ['the same operator', 'root', ['same-operator']],
    ['two operators, or one name alone', null, []],
  ])('is on a review by %s', (_, bothBy, marks) => {
    expect(kinds({ bothBy })).toEqual(marks)
  })
})
