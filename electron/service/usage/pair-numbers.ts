/** Remembers a number for each pair of whole numbers (31 bits each). */
export interface PairNumbers {
  /** The number of a pair; one without a number gets the offered one. */
  computeNumber(a: number, b: number, offered: number): number
}

/** Small, since every day of a file has tables of its own: an array of 64 bytes is made much faster than a larger one. */
const FIRST_ROOM = 4

/** Numbers in one slot: the pair, its number plus one (0 for an empty slot), and one for alignment. */
const WIDTH = 4

/** The most places of a grid for each pair in it; it is then as small as the table. */
const PLACES_PER_PAIR = 16

/**
 * An open-addressed table in one array, so that looking a pair up touches one line of the cache; a grid with a place for
 * each possible pair, a fourth of that, where enough of these occur. A `Map` has one number as its key, and hashes
 * numbers beyond 31 bits so badly that it took four fifths of the time of an import.
 */
export function newPairNumbers(): PairNumbers {
  let room = FIRST_ROOM
  let size = 0
  let table = new Int32Array(room * WIDTH)
  let [mostA, mostB, moved] = [0, 0, 0]
  // Numbers plus one by `a * 2 ** bits + b`; empty while the table is used.
  let grid = new Int32Array(0)
  let [rows, columns, bits] = [0, 0, 0]

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
  /**
   * Moves all pairs to a grid where that is small enough, and to a table otherwise; each move follows only after the pairs
   * doubled, or once more after a pair beyond the grid.
   */
  const makeRoom = (): void => {
    const [oldTable, oldGrid, oldBits] = [table, grid, bits]
    bits = Math.ceil(Math.log2(mostB + 1))
    const isGrid = size >= 2 * moved && (mostA + 1) * 2 ** bits <= size * PLACES_PER_PAIR
    moved = size
    columns = isGrid ? 2 ** bits : 0
    rows = isGrid ? Math.floor((size * PLACES_PER_PAIR) / columns) : 0
    grid = new Int32Array(rows * columns)
    // At most half full, so that a search visits few neighbours.
    room = isGrid ? 0 : 2 ** Math.ceil(Math.log2(size * 4))
    table = new Int32Array(room * WIDTH)
    const keep = (a: number, b: number, stored: number): void => {
      if (isGrid) grid[(a << bits) + b] = stored
      else put(findPlace(a, b), a, b, stored)
    }
    for (let at = 0; at < oldTable.length; at += WIDTH) {
      const stored = oldTable[at + 2] ?? 0
      if (stored !== 0) keep(oldTable[at] ?? 0, oldTable[at + 1] ?? 0, stored)
    }
    for (let at = 0; at < oldGrid.length; at += 1) {
      const stored = oldGrid[at] ?? 0
      if (stored !== 0) keep(at >> oldBits, at & (2 ** oldBits - 1), stored)
    }
  }
  const note = (a: number, b: number): void => {
    if (a > mostA) mostA = a
    if (b > mostB) mostB = b
  }
  return {
    computeNumber(a, b, offered) {
      if (rows > 0 && (a >= rows || b >= columns)) {
        note(a, b)
        makeRoom()
      }
      const isGrid = rows > 0
      const place = isGrid ? (a << bits) + b : findPlace(a, b)
      const known = (isGrid ? grid[place] : table[place + 2]) ?? 0
      if (known !== 0) return known - 1
      if (isGrid) grid[place] = offered + 1
      else put(place, a, b, offered + 1)
      size += 1
      note(a, b)
      if (!isGrid && size * 2 > room) makeRoom()
      return offered
    },
  }
}
