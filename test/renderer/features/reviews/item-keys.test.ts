import { describe, expect, it } from 'vitest'

import { AREA_LINKS } from '../../../../renderer/app/areas.ts'
import { moveBy } from '../../../../renderer/ui/table/keyboard.ts'
import { actOfKey, afterG } from '../../../../renderer/features/reviews/item-keys.ts'
import { decisionWord } from '../../../../renderer/entities/review-labels.ts'
import { ITEM_DECISIONS } from '../../../../shared/domain/reviews/review.ts'

const LETTERS = Array.from({ length: 26 }, (_, place) => String.fromCodePoint(97 + place))

describe('the keys of a review', () => {
  it('give each decision its own key', () => {
    const decided = LETTERS.flatMap((key) => {
      const act = actOfKey(key)
      return act?.kind === 'decide' ? [act.decision] : []
    })
    expect(decided.sort()).toEqual([...ITEM_DECISIONS].sort())
  })

  it('include none that the list or the window needs', () => {
    const taken = [...LETTERS, 'Enter', ' ', 'Escape', 'Tab', 'F6', '?', '1'].filter((key) => actOfKey(key) !== null)
    const size = { rows: 9, columns: 9, page: 5 }
    for (const key of taken) expect(moveBy(key, { row: 1, column: 1 }, size)).toBeNull()
    for (const key of ['g', '?', 'Enter', ' ', 'Escape']) expect(taken).not.toContain(key)
  })

  it('ignore the letter of an area when it follows g', () => {
    const isGoing = afterG(AREA_LINKS)
    expect(isGoing('k', 0)).toBe(false)
    expect(isGoing('g', 100)).toBe(false)
    expect(isGoing('k', 300)).toBe(true)
    // The letter was consumed.
    expect(isGoing('k', 400)).toBe(false)
    expect(isGoing('g', 1000)).toBe(false)
    expect(isGoing('k', 9000)).toBe(false)
    expect(AREA_LINKS.some(({ letter }) => letter === decisionWord('keep').key)).toBe(true)
  })
})
