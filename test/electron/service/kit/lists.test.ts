import { describe, expect, it } from 'vitest'

import { newLists } from '../../../../electron/service/kit/lists.ts'

const IDS = Array.from({ length: 1000 }, (_, index) => 5000 - index)

describe('the lists that are read by slices', () => {
  function open() {
    const lists = newLists()
    const read: string[] = []
    const slice = (offset: number, limit: number, revision = 1) =>
      lists.slice({
        list: 'numbers',
        query: {},
        revision,
        offset,
        limit,
        resolve: () => {
          read.push('all')
          return IDS
        },
        first: (most) => {
          read.push(`${most}`)
          return { total: IDS.length, ids: IDS.slice(0, most) }
        },
      })
    return { read, slice }
  }

  it('have the same rows at every place, whether the beginning or the whole was read for them', () => {
    const { read, slice } = open()
    for (const [offset, limit] of [
      [0, 50],
      [50, 50],
      [150, 50],
      [0, 0],
      [400, 100],
      [50, 50],
      [980, 100],
      [2000, 10],
    ] as const) {
      expect(slice(offset, limit)).toEqual({ total: IDS.length, ids: IDS.slice(offset, offset + limit) })
    }
    expect(read).toEqual(['50', '100', '200', '0', 'all'])
  })

  it('are read again when the register has changed, from the beginning again', () => {
    const { read, slice } = open()
    slice(500, 100)
    slice(0, 100)
    slice(0, 100, 2)
    slice(150, 100, 2)
    slice(0, 100, 2)
    expect(read).toEqual(['all', '100', 'all'])
  })

  it('keep an answer beside them for its question, until the register changes or the lists are cleared', () => {
    const lists = newLists()
    const asked = { list: 'numbers', query: { client: 'acme' }, revision: 1 }
    expect(lists.recall(asked)).toBeUndefined()
    lists.remember(asked, null)
    expect(lists.recall({ ...asked })).toMatchObject({ answer: null })
    expect(lists.recall({ ...asked, query: {} })).toBeUndefined()
    expect(lists.recall({ ...asked, revision: 2 })).toBeUndefined()
    lists.clear()
    expect(lists.recall(asked)).toBeUndefined()
  })
})
