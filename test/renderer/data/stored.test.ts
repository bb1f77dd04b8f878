import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { readStored, writeStored, type StoredValue } from '../../../renderer/data/stored.ts'

const items = new Map<string, string>()

beforeEach(() => {
  items.clear()
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    },
  })
})

const makeNumber = (name: string): StoredValue<number> => ({ name, schema: z.number(), initial: 1 })

describe('a remembered value', () => {
  it('is the initial one until another is written, for each profile', () => {
    const number = makeNumber('a')
    expect(readStored(number, '/one')).toBe(1)
    writeStored(number, '/one', 2)
    expect(readStored(number, '/one')).toBe(2)
    expect(readStored(number, '/other')).toBe(1)
  })

  it('is read from the storage of an earlier window, and not if its form has changed', () => {
    items.set('castellan-b /one', '5')
    items.set('castellan-c /one', '"five"')
    items.set('castellan-d /one', '{')
    expect(readStored(makeNumber('b'), '/one')).toBe(5)
    expect(readStored(makeNumber('c'), '/one')).toBe(1)
    expect(readStored(makeNumber('d'), '/one')).toBe(1)
  })
})
