import { makeRandom } from '../../providers/random.ts'

/** Draws by a seed. */
export interface Draw {
  below(most: number): number
  chance(part: number): boolean
  /** One of some; throws where there is none. */
  one<T>(some: readonly T[]): T
  /** One of some, or none where there is none. */
  maybe<T>(some: readonly T[]): T | undefined
}

export function makeDraw(seed: number): Draw {
  const random = makeRandom(seed)
  const below = (most: number): number => Math.floor(random() * most)
  const maybe = <T>(some: readonly T[]): T | undefined => some[below(some.length)]
  return {
    below,
    chance: (part) => random() < part,
    maybe,
    one: (some) => {
      const drawn = maybe(some)
      if (drawn === undefined) throw new Error('There is nothing to draw from.')
      return drawn
    },
  }
}
