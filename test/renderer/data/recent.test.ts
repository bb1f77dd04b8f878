import { describe, expect, it } from 'vitest'

import { addRecent, findOpened, type RecentThing } from '../../../renderer/data/recent.ts'

const key = (id: number): RecentThing => ({ kind: 'key', id })

describe('the things that were opened last', () => {
  it('contain each thing once, the latest first', () => {
    expect(addRecent([key(1), key(2)], key(2))).toEqual([key(2), key(1)])
    expect(addRecent([key(1)], { kind: 'person', id: 1 })).toEqual([{ kind: 'person', id: 1 }, key(1)])
  })

  it('are at most five', () => {
    const all = [1, 2, 3, 4, 5, 6, 7].reduce<readonly RecentThing[]>((recent, id) => addRecent(recent, key(id)), [])
    expect(all.map(({ id }) => id)).toEqual([7, 6, 5, 4, 3])
  })

  it('are found in the address of a list with an open panel', () => {
    expect(findOpened('/people', { person: 7, q: 'ana' })).toEqual({ kind: 'person', id: 7 })
    expect(findOpened('/keys', { person: 7 })).toBeNull()
    expect(findOpened('/findings', { finding: 7 })).toBeNull()
  })
})
