import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import {
  COUNTED_ROLLUPS,
  USAGE_DIMENSIONS,
  USAGE_ROLLUPS,
  type UsageDimension,
  type UsageRollup,
} from '../../../shared/domain/usage/rollups.ts'
import { CELL_WIDTH } from '../../register/usage/part-sums.ts'
import { newPairNumbers, type PairNumbers } from './pair-numbers.ts'

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
