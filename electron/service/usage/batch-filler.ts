import {
  COUNTED_ROLLUPS,
  KEPT_MEASURES,
  monthOfDay,
  type UsageDimension,
} from '../../../shared/domain/usage/rollups.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import type { Cost } from '../../../shared/domain/usage/cost.ts'
import { REQUEST_WIDTH } from '../../register/usage/known-requests.ts'
import { type CellNumbers, newCellNumbers } from './cell-numbers.ts'
import type { NumberedRecords } from '../../register/usage/part-sums.ts'
import type { RequestNumbers } from '../../register/usage/requests.ts'

/** A row that could not be read, and why. */
export interface RecordProblem {
  /** Line in the file, from 1. */
  readonly line: number
  readonly says: string
}

/**
 * Records on their way from the thread that reads a file to the one that writes the register: whole columns of numbers,
 * since a million small objects would take longer to transfer than to read. `begins` is true when the numbering of
 * words and cells restarts with it.
 */
export interface RecordBatch extends NumberedRecords, RequestNumbers {
  readonly begins: boolean
  /** Rows of this batch, refused ones included. */
  readonly read: number
  readonly refused: number
  readonly problems: readonly RecordProblem[]
}

export interface BatchSizes {
  /** Records of one batch: enough to make the transfer cheap, few enough to show progress and to keep several in memory. */
  readonly batch: number
  /** How many words and cells are numbered before numbering restarts: this bounds the memory of an import. */
  readonly numbers: number
}

const SIZES: BatchSizes = { batch: 65_536, numbers: 1_000_000 }

/** Records that there is room for at first: a whole batch takes 5 MB, and most files have few records. */
const FIRST_ROOM = 1024

export interface BatchOptions {
  /** A batch to be filled again, if there is one. */
  readonly takeUsed?: () => RecordBatch | undefined
  readonly sizes?: BatchSizes
  readonly give: (batch: RecordBatch) => void
}

/** Fills batches with records, and passes each on when it is full. */
export interface BatchFiller {
  /** The number of a word; -1 for one that contains a secret, which is not kept. */
  word(dimension: UsageDimension, word: string): number
  /** Makes room for one more record, and returns the column for the number of its request. */
  makeRoom(): Uint32Array
  /** Where in that column the number of its request begins. */
  findPlace(): number
  /** Adds a record whose request is written. Words are numbers in the order of `USAGE_DIMENSIONS`. */
  add(day: number, words: Int32Array, requests: number, input: number, cached: number, output: number, cost: Cost): void
  /** Counts a row that is not a valid record. */
  readonly refuse: (line: number, says: string) => void
  /** Passes on the last batch, also when it is empty. */
  readonly flush: () => void
}

/** Positions of the measures that records have. */
const [REQUESTS, INPUT, CACHED, OUTPUT, COST, COST_NANO] = (
  ['requests', 'input', 'cached', 'output', 'cost', 'costNano'] as const
).map((measure) => KEPT_MEASURES.indexOf(measure)) as [number, number, number, number, number, number]

/** Begins to fill batches; `onRestart` is called when the numbering of words restarts. */
export function newBatchFiller(
  { takeUsed = () => undefined, sizes = SIZES, give }: BatchOptions,
  onRestart: () => void,
): BatchFiller {
  let numbers: CellNumbers = newCellNumbers()
  let begins = true
  let batch: Columns | null = null
  let room = FIRST_ROOM
  let [count, read, refused, month, monthDay] = [0, 0, 0, 0, -1]
  let problems: RecordProblem[] = []

  const flush = (): void => {
    const { words, cells } = numbers.takeNew()
    give({ ...(batch ?? newColumns(0)), begins, count, words, newCells: cells, read, refused, problems })
    begins = numbers.size() >= sizes.numbers
    if (begins) {
      numbers = newCellNumbers()
      onRestart()
    }
    batch = null
    ;[count, read, refused] = [0, 0, 0]
    problems = []
  }
  /** The columns, with room for another record. */
  const roomy = (): Columns => {
    if (batch !== null && count === room) {
      room = Math.min(room * 4, sizes.batch)
      batch = grownColumns(batch, room)
    }
    if (batch !== null) return batch
    const used = takeUsed()
    batch = used !== undefined && used.requests.length === room * REQUEST_WIDTH ? toColumns(used) : newColumns(room)
    return batch
  }
  const put = (to: Columns, measure: number, value: number): void => {
    const column = to.measures[measure] ?? null
    if (column !== null) column[count] = value
    else if (value !== 0) (to.measures[measure] = new Float64Array(room))[count] = value
  }
  return {
    word: (dimension, word) => numbers.word(dimension, word),
    makeRoom: () => roomy().requests,
    findPlace: () => count * REQUEST_WIDTH,
    add(day, words, requests, input, cached, output, { cost, costNano }) {
      const to = roomy()
      if (day !== monthDay) {
        month = monthOfDay(day)
        monthDay = day
      }
      numbers.cells(day, month, words, to.cells, count)
      put(to, REQUESTS, requests)
      put(to, INPUT, input)
      put(to, CACHED, cached)
      put(to, OUTPUT, output)
      put(to, COST, cost)
      put(to, COST_NANO, costNano)
      read += 1
      count += 1
      if (count === sizes.batch) flush()
    },
    refuse(line, says) {
      read += 1
      refused += 1
      if (problems.length < MOST_PROBLEMS) problems.push({ line, says })
    },
    flush,
  }
}

/** The columns of a batch while it is filled. */
interface Columns {
  readonly requests: Uint32Array
  readonly cells: readonly Uint32Array[]
  readonly measures: (Float64Array | null)[]
}

function newColumns(count: number): Columns {
  return {
    requests: new Uint32Array(count * REQUEST_WIDTH),
    cells: COUNTED_ROLLUPS.map(() => new Uint32Array(count)),
    measures: KEPT_MEASURES.map(() => null),
  }
}

function toColumns({ requests, cells, measures }: RecordBatch): Columns {
  return { requests, cells, measures: [...measures] }
}

function grownColumns({ requests, cells, measures }: Columns, count: number): Columns {
  const grown = newColumns(count)
  grown.requests.set(requests)
  for (const [n, values] of cells.entries()) grown.cells[n]?.set(values)
  for (const [n, values] of measures.entries()) {
    if (values === null) continue
    const column = new Float64Array(count)
    column.set(values)
    grown.measures[n] = column
  }
  return grown
}
