import * as fc from 'fast-check'

import type { Seeded } from '../seeded.ts'

export const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '')
export const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
export const which = fc.nat({ max: 20 })

/** A decision of a person, which may be refused. */
export type Step = (all: Seeded) => Promise<unknown>

/** One of the ids of a list, whichever `n` names. */
export async function pick<T>(list: Promise<readonly T[]>, n: number): Promise<T> {
  const all = await list
  const one = all[n % Math.max(1, all.length)]
  if (one === undefined) throw new Error('There is none.')
  return one
}

export const listKeys = (api: Seeded['api']) => api.keys.list({}).then(({ rows }) => rows)
