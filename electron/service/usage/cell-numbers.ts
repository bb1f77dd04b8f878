import {
  USAGE_DIMENSIONS,
  USAGE_FACES,
  type UsageDimension,
  type UsageFace,
} from '../../../shared/domain/usage/faces.ts'
import { CELL_WIDTH } from '../../register/usage/part-sums.ts'
import { newPairNumbers, type PairNumbers } from './pair-numbers.ts'

/** How many words and cells are numbered before numbering starts anew: what bounds the memory of an import. */
export const MOST_NUMBERS = 1_000_000

export type Dimensions = Readonly<Record<UsageDimension, number>>

/** Numbers words, and the cells of all faces that a record falls into. */
export interface CellNumbers {
  word(dimension: UsageDimension, word: string): number
  /** Writes the cell of each face, in the order of `USAGE_FACES`, to `to` from a position on. */
  cells(day: number, month: number, words: Dimensions, to: Uint32Array, at: number): void
  /** What was numbered since it was last asked for. */
  takeNew(): { readonly words: Record<UsageDimension, string[]>; readonly cells: Uint32Array }
  /** Whether so much is numbered that numbering should start anew. */
  isFull(): boolean
}

export function newCellNumbers(): CellNumbers {
  const words = Object.fromEntries(
    USAGE_DIMENSIONS.map((dimension) => [dimension, new Map<string, number>()]),
  ) as Record<UsageDimension, Map<string, number>>
  let newWords = noWords()
  let newCells: number[] = []
  let count = 0
  // Each period has a table of its own: a log in order of time then meets only the tables of one day, which stay near.
  const plans = USAGE_FACES.map((face: UsageFace, index) => ({
    index,
    byDay: face.period === 'day',
    by: face.by,
    first: face.by[0] ?? 'project',
    second: face.by[1],
    third: face.by[2],
    firstPairs: newPairNumbers(),
    pairs: 0,
    cells: 0,
    tables: new Map<number, PairNumbers>(),
    period: -1,
    table: newPairNumbers(),
  }))
  type Plan = (typeof plans)[number]

  const turnTo = (plan: Plan, period: number): void => {
    plan.period = period
    plan.table = plan.tables.get(period) ?? newPairNumbers()
    plan.tables.set(period, plan.table)
  }
  const addNew = (plan: Plan, record: Dimensions): void => {
    plan.cells += 1
    count += 1
    newCells.push(plan.index, plan.period)
    for (let n = 0; n < CELL_WIDTH - 2; n += 1) {
      const dimension = plan.by[n]
      newCells.push(dimension === undefined ? 0 : record[dimension])
    }
  }
  return {
    word(dimension, word) {
      const known = words[dimension].get(word)
      if (known !== undefined) return known
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
        const { second, third } = plan
        let a = record[plan.first]
        let b = second === undefined ? 0 : record[second]
        if (third !== undefined) {
          a = plan.firstPairs.numberOf(a, b, plan.pairs)
          if (a === plan.pairs) plan.pairs += 1
          b = record[third]
        }
        const cell = plan.table.numberOf(a, b, plan.cells)
        if (cell === plan.cells) addNew(plan, record)
        to[at + plan.index] = cell
      }
    },
    takeNew() {
      const taken = { words: newWords, cells: Uint32Array.from(newCells) }
      newWords = noWords()
      newCells = []
      return taken
    },
    isFull: () => count >= MOST_NUMBERS,
  }
}

function noWords(): Record<UsageDimension, string[]> {
  return { project: [], key: [], principal: [], model: [], feature: [] }
}
