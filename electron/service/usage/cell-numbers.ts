import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import {
  COUNTED_ROLLUPS,
  USAGE_DIMENSIONS,
  USAGE_ROLLUPS,
  type UsageDimension,
  type UsageRollup,
} from '../../../shared/domain/usage/rollups.ts'
import { CELL_WIDTH } from '../../register/usage/part-sums.ts'

/** Remembers a number for each pair of whole numbers (31 bits each). */
interface PairNumbers {
  /** The number of a pair; one without a number gets the offered one. */
  computeNumber(a: number, b: number, offered: number): number
}

/** Small, since every day of a file has tables of its own: an array of 64 bytes is made much faster than a larger one. */
const FIRST_PAIRS = 4

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
  let room = FIRST_PAIRS
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

/** Room for new cells at first. */
const FIRST_ROOM = 256

/**
 * Words whose cells are in an array of their own by number, where a roll-up has one dimension; later ones are looked
 * up. Each day has such arrays, so they have to stay small.
 */
const MOST_LISTED = 4096

/** Room at first, since most days have few words: an array of 64 bytes is made much faster than a larger one. */
const FIRST_LISTED = 16

/** Numbers words, and the cells of the counted roll-ups that a record falls into. */
export interface CellNumbers {
  /** -1 for a word that contains a secret, which is not kept. */
  word(dimension: UsageDimension, word: string): number
  /**
   * Writes the cell of each of `COUNTED_ROLLUPS` to its array in `to`, at a position. Words are numbers in the order of
   * `USAGE_DIMENSIONS`.
   */
  cells(day: number, month: number, words: Int32Array, to: readonly Uint32Array[], at: number): void
  /** Takes what was numbered since the last call. */
  takeNew(): { readonly words: Record<UsageDimension, string[]>; readonly cells: Uint32Array }
  /** How many words and cells are numbered. */
  size(): number
}

export function newCellNumbers(): CellNumbers {
  const words = Object.fromEntries(
    USAGE_DIMENSIONS.map((dimension) => [dimension, new Map<string, number>()]),
  ) as Record<UsageDimension, Map<string, number>>
  let newWords = noWords()
  let newCells = new Uint32Array(FIRST_ROOM * CELL_WIDTH)
  let end = 0
  let count = 0
  // Each period has a table of its own: a log in order of time then uses only the tables of one day, which stay in the
  // cache.
  const plans = COUNTED_ROLLUPS.map((position, index) => {
    const face: UsageRollup = USAGE_ROLLUPS[position] ?? USAGE_ROLLUPS[0]
    const [first = 0, second = -1, third = -1] = face.by.map((dimension) => USAGE_DIMENSIONS.indexOf(dimension))
    return {
      index,
      byDay: face.period === 'day',
      first,
      second,
      third,
      firstPairs: newPairNumbers(),
      pairs: 0,
      cells: 0,
      periods: new Map<number, Period>(),
      period: -1,
      table: null as PairNumbers | null,
      listed: new Int32Array(0),
    }
  })
  type Plan = (typeof plans)[number]

  const turnTo = (plan: Plan, period: number): void => {
    const known = plan.periods.get(period) ?? { table: null, listed: new Int32Array(FIRST_LISTED) }
    plan.periods.set(period, known)
    plan.period = period
    plan.table = known.table
    plan.listed = known.listed
  }
  const growListed = (plan: Plan, word: number): void => {
    const listed = new Int32Array(2 ** Math.ceil(Math.log2(word + 1)))
    listed.set(plan.listed)
    plan.listed = listed
    plan.periods.set(plan.period, { table: plan.table, listed })
  }
  const makeTable = (plan: Plan): PairNumbers => {
    const table = newPairNumbers()
    plan.table = table
    plan.periods.set(plan.period, { table, listed: plan.listed })
    return table
  }
  const addNew = (plan: Plan, record: Int32Array): void => {
    plan.cells += 1
    count += 1
    if (end === newCells.length) {
      const grown = new Uint32Array(end * 2)
      grown.set(newCells)
      newCells = grown
    }
    newCells[end] = plan.index
    newCells[end + 1] = plan.period
    newCells[end + 2] = record[plan.first] ?? 0
    newCells[end + 3] = plan.second < 0 ? 0 : (record[plan.second] ?? 0)
    newCells[end + 4] = plan.third < 0 ? 0 : (record[plan.third] ?? 0)
    end += CELL_WIDTH
  }
  /** The cell of a roll-up with one dimension. */
  const ofWord = (plan: Plan, word: number): number => {
    if (word >= MOST_LISTED) return (plan.table ?? makeTable(plan)).computeNumber(word, 0, plan.cells)
    if (word >= plan.listed.length) growListed(plan, word)
    const known = plan.listed[word] ?? 0
    if (known !== 0) return known - 1
    plan.listed[word] = plan.cells + 1
    return plan.cells
  }
  const ofMany = (plan: Plan, record: Int32Array): number => {
    let a = record[plan.first] ?? 0
    let b = record[plan.second] ?? 0
    if (plan.third >= 0) {
      a = plan.firstPairs.computeNumber(a, b, plan.pairs)
      if (a === plan.pairs) plan.pairs += 1
      b = record[plan.third] ?? 0
    }
    return (plan.table ?? makeTable(plan)).computeNumber(a, b, plan.cells)
  }
  return {
    word(dimension, word) {
      const known = words[dimension].get(word)
      if (known !== undefined) return known
      if (looksSecret(word)) return -1
      const next = words[dimension].size
      words[dimension].set(word, next)
      newWords[dimension].push(word)
      count += 1
      return next
    },
    cells(day, month, record, to, at) {
      for (const plan of plans) {
        const period = plan.byDay ? day : month
        if (period !== plan.period) turnTo(plan, period)
        const cell = plan.second < 0 ? ofWord(plan, record[plan.first] ?? 0) : ofMany(plan, record)
        if (cell === plan.cells) addNew(plan, record)
        const cells = to[plan.index]
        if (cells !== undefined) cells[at] = cell
      }
    },
    takeNew() {
      const taken = { words: newWords, cells: newCells.slice(0, end) }
      newWords = noWords()
      end = 0
      return taken
    },
    size: () => count,
  }
}

/**
 * The cells of one period of a roll-up: number plus one by word where the roll-up has one dimension, and all others.
 */
interface Period {
  readonly table: PairNumbers | null
  readonly listed: Int32Array<ArrayBuffer>
}

function noWords(): Record<UsageDimension, string[]> {
  return { project: [], key: [], principal: [], model: [], feature: [] }
}
