import { describe, expect, test } from 'vitest'

import { absenceWords, type List, listFrom, mapList, notRead, ownRows } from '../../../shared/domain/absence.ts'

describe('a value that may be unknown', () => {
  test('is written as the reason why it is not there', () => {
    expect(absenceWords({ state: 'none' })).toBe('None')
    expect(absenceWords({ state: 'not-reported' })).toBe('Not reported')
    expect(absenceWords(notRead('The credential may not read it.'))).toBe('Not read: The credential may not read it.')
  })

  test('that was not read is never written as none', () => {
    expect(absenceWords(notRead('It was never synced.'))).not.toContain('None')
  })
})

describe('a list', () => {
  test('that no sync read has a reason and no rows, and its rows are not asked for', () => {
    const list = listFrom({ sync: null, lack: 'The credential may not read groups.' }, (): never[] => {
      throw new Error('rows were asked for')
    })
    expect(list).toEqual({ state: 'not-read', because: 'The credential may not read groups.' })
  })

  test('of a source without any sync is not read', () => {
    expect(listFrom({ sync: null, lack: null }, () => [])).toEqual({
      state: 'not-read',
      because: 'It was never synced.',
    })
  })

  test('that an earlier sync read has its rows, that sync, and why the newest did not read it', () => {
    const list = listFrom({ sync: 4, lack: 'Reading it failed.' }, () => ['a'])
    expect(list).toMatchObject({ state: 'read', rows: ['a'], sync: 4, lack: 'Reading it failed.' })
  })

  test('keeps the state of its source when its rows are changed', () => {
    const upper = (rows: Iterable<string>): string[] => [...rows].map((row) => row.toUpperCase())
    expect(
      mapList(
        listFrom({ sync: 4, lack: null }, () => ['a']),
        upper,
      ),
    ).toMatchObject({ rows: ['A'], sync: 4 })
    expect(
      mapList(
        listFrom({ sync: null, lack: 'No.' }, () => ['a']),
        upper,
      ),
    ).toEqual({
      state: 'not-read',
      because: 'No.',
    })
  })

  test('cannot be made of an array without the state of its source', () => {
    // @ts-expect-error an array is not a list
    const bare: List<string> = []
    // @ts-expect-error only the functions of the module make a list that was read
    const claimed: List<string> = { state: 'read', rows: [], sync: null, lack: null }
    expect([bare, claimed]).toHaveLength(2)
    expect([...ownRows(['a']).rows]).toEqual(['a'])
  })
})
