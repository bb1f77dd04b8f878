/** Remembers a number for each pair of whole numbers (32 bits each). */
export interface PairNumbers {
  /** The number of a pair; one without a number gets the offered one. */
  computeNumber(a: number, b: number, offered: number): number
}

/** Small, since every day of a file has tables of its own: an array of 64 bytes is made much faster than a larger one. */
const FIRST_ROOM = 4

/** Numbers in one slot: the pair, its number plus one (0 for an empty slot), and one for alignment. */
const WIDTH = 4

/**
 * An open-addressed table in one array, so that looking a pair up touches one line of the cache. A `Map` has one number
 * as its key, and hashes numbers beyond 31 bits so badly that it took four fifths of the time of an import.
 */
export function newPairNumbers(): PairNumbers {
  let room = FIRST_ROOM
  let size = 0
  let table = new Int32Array(room * WIDTH)

  /** The slot of a pair, or the free slot where it belongs. */
  const findPlace = (a: number, b: number): number => {
    let hash = Math.imul(a ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(b, 0xc2b2_ae35)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d)
    let place = ((hash ^ (hash >>> 13)) & (room - 1)) * WIDTH
    while (table[place + 2] !== 0 && (table[place] !== a || table[place + 1] !== b)) {
      place = (place + WIDTH) & (room * WIDTH - 1)
    }
    return place
  }
  const put = (place: number, a: number, b: number, stored: number): void => {
    table[place] = a
    table[place + 1] = b
    table[place + 2] = stored
  }
  const grow = (): void => {
    const old = table
    room *= 2
    table = new Int32Array(room * WIDTH)
    for (let at = 0; at < old.length; at += WIDTH) {
      const [a, b, stored] = [old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0]
      if (stored !== 0) put(findPlace(a, b), a, b, stored)
    }
  }
  return {
    computeNumber(a, b, offered) {
      const place = findPlace(a, b)
      const known = table[place + 2] ?? 0
      if (known !== 0) return known - 1
      put(place, a, b, offered + 1)
      size += 1
      // At most half full, so that a search visits few neighbours.
      if (size * 2 > room) grow()
      return offered
    },
  }
}
