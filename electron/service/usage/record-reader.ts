import { REQUEST_WIDTH } from '../../register/usage/known-requests.ts'
import {
  monthOfDay,
  USAGE_DIMENSIONS,
  COUNTED_ROLLUPS,
  KEPT_MEASURES,
  type UsageDimension,
} from '../../../shared/domain/usage/rollups.ts'
import {
  matchRecordColumns,
  type RecordColumns,
  type RecordField,
  RECORD_FIELDS,
} from '../../../shared/domain/usage/record-fields.ts'
import { MOST_RECORD_COST, USAGE_BOUNDS } from '../../../shared/domain/usage/bounds.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import type { Cost } from '../../../shared/domain/usage/cost.ts'
import { type CellNumbers, newCellNumbers } from './cell-numbers.ts'
import { costOfBytes, countOfBytes, newByteDays, parseCost, parseCount, dayOfMoment } from './record-values.ts'
import type { RecordTaker } from './csv-records.ts'
import { newByteWords, requestNumber, requestNumberOfBytes } from './record-numbers.ts'
import type { NumberedRecords } from '../../register/usage/part-sums.ts'
import type { RequestNumbers } from '../../register/usage/requests.ts'

export interface BatchSizes {
  /** Records of one batch: enough to make the transfer cheap, few enough to show progress and to keep several in memory. */
  readonly batch: number
  /** How many words and cells are numbered before numbering restarts: this bounds the memory of an import. */
  readonly numbers: number
}

const SIZES: BatchSizes = { batch: 65_536, numbers: 1_000_000 }

/** Records that there is room for at first: a whole batch takes 5 MB, and most files have few records. */
const FIRST_ROOM = 1024

/** Reads records, one after the other, and passes them on in batches. */
export interface RecordReader extends RecordTaker {
  /** Counts a row that is not a valid record. */
  refuse(line: number, says: string): void
  /** Passes on the last batch, also when it is empty. */
  flush(): void
}

export interface RecordReaderOptions {
  readonly columns: RecordColumns
  /** Is part of the number of a request, so that two clients may use the same ids. */
  readonly seed: number
  /** Rows of a day later than this are refused. */
  readonly lastDay: number
  /** A batch to be filled again, if there is one. */
  readonly takeUsed?: () => RecordBatch | undefined
  readonly sizes?: BatchSizes
  readonly give: (batch: RecordBatch) => void
}

/** Positions of the measures that records have. */
const [REQUESTS, INPUT, CACHED, OUTPUT, COST, COST_NANO] = (
  ['requests', 'input', 'cached', 'output', 'cost', 'costNano'] as const
).map((measure) => KEPT_MEASURES.indexOf(measure)) as [number, number, number, number, number, number]

/** The field of each of `USAGE_DIMENSIONS`. */
const FIELD_OF: Readonly<Record<UsageDimension, RecordField>> = {
  project: 'project',
  key: 'key',
  principal: 'user',
  model: 'model',
  feature: 'feature',
}

/** The column of each field; null when none contains the timestamp. */
export function recordColumns(headings: readonly string[]): RecordColumns | null {
  const columns = matchRecordColumns(headings)
  return columns.timestamp === undefined ? null : columns
}

export function newRecordReader({
  columns,
  seed,
  lastDay,
  takeUsed = () => undefined,
  sizes = SIZES,
  give,
}: RecordReaderOptions): RecordReader {
  const at = Object.fromEntries(RECORD_FIELDS.map((field) => [field, columns[field] ?? -1])) as Record<
    RecordField,
    number
  >
  let numbers: CellNumbers = newCellNumbers()
  const byteWords = USAGE_DIMENSIONS.map((dimension) => newByteWords((word) => numbers.word(dimension, word)))
  let begins = true
  let batch: Columns | null = null
  let room = FIRST_ROOM
  let [count, read, refused, month, monthDay] = [0, 0, 0, 0, -1]
  let problems: RecordProblem[] = []
  const byteDay = newByteDays()
  const words = new Int32Array(USAGE_DIMENSIONS.length)
  const wordsAt = Int32Array.from(USAGE_DIMENSIONS, (dimension) => at[FIELD_OF[dimension]])
  const cell = (cells: readonly string[], field: RecordField): string => cells[at[field]]?.trim() ?? ''

  const refuse = (line: number, says: string): void => {
    refused += 1
    if (problems.length < MOST_PROBLEMS) problems.push({ line, says })
  }
  const flush = (): void => {
    const { words: newWords, cells } = numbers.takeNew()
    give({
      ...(batch ?? newColumns(0)),
      begins,
      count,
      words: newWords,
      newCells: cells,
      read,
      refused,
      problems,
    })
    begins = numbers.size() >= sizes.numbers
    if (begins) {
      numbers = newCellNumbers()
      for (const each of byteWords) each.forget()
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
  /** Adds a record whose words are in `words`, and whose request is written. */
  const add = (
    to: Columns,
    day: number,
    requests: number,
    input: number,
    cached: number,
    output: number,
    { cost, costNano }: Cost,
  ): void => {
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
    count += 1
    if (count === sizes.batch) flush()
  }

  const record = (cells: readonly string[], line: number): void => {
    read += 1
    const moment = cell(cells, 'timestamp')
    const day = dayOfMoment(moment)
    if (day === null) return refuse(line, `${quoted(moment)} is not a valid date or time.`)
    if (day > lastDay) return refuse(line, `${quoted(moment)} is in the future.`)
    const input = parseCount(cell(cells, 'input'))
    const cached = parseCount(cell(cells, 'cached'))
    const output = parseCount(cell(cells, 'output'))
    const requests = parseCount(cell(cells, 'requests') || '1')
    const cost = parseCost(cell(cells, 'cost'))
    if (input === null || cached === null || output === null || requests === null) {
      return refuse(line, 'A number of tokens or requests is not a whole number from 0.')
    }
    if (cost === null) return refuse(line, `${quoted(cell(cells, 'cost'))} is not an amount in dollars.`)
    const beyond = beyondBounds(requests, input, cached, output, cost)
    if (beyond !== null) return refuse(line, beyond)
    if (cached > input) return refuse(line, 'The cached tokens exceed the input tokens.')
    const long = USAGE_DIMENSIONS.find((dimension) => cell(cells, FIELD_OF[dimension]).length > USAGE_BOUNDS.word)
    if (long !== undefined) return refuse(line, `The ${FIELD_OF[long]} has more than ${USAGE_BOUNDS.word} characters.`)
    for (const [n, dimension] of USAGE_DIMENSIONS.entries()) {
      const number = numbers.word(dimension, cell(cells, FIELD_OF[dimension]))
      if (number < 0)
        return refuse(line, `The ${FIELD_OF[dimension]} contains what looks like a secret. Remove it from the file.`)
      words[n] = number
    }
    const requestId = cell(cells, 'requestId')
    const into = roomy()
    const request = requestId === '' ? textOfRecord(cells, line) : requestId
    requestNumber(request, seed, into.requests, count * REQUEST_WIDTH)
    add(into, day, requests, input, cached, output, cost)
  }

  const plain = (bytes: Buffer, bounds: Int32Array, cells: number, line: number): boolean => {
    let [from, to] = [0, 0]
    /** Points at a cell without the surrounding space; at nothing where there is none. */
    const find = (column: number): void => {
      from = to = 0
      if (column < 0 || column >= cells) return
      from = (bounds[column] ?? 0) + 1
      to = bounds[column + 1] ?? 0
      while (from < to && isSpace(bytes[from] ?? 0)) from += 1
      while (from < to && isSpace(bytes[to - 1] ?? 0)) to -= 1
    }
    find(at.timestamp)
    const day = byteDay(bytes, from, to)
    find(at.input)
    const input = countOfBytes(bytes, from, to)
    find(at.cached)
    const cached = countOfBytes(bytes, from, to)
    find(at.output)
    const output = countOfBytes(bytes, from, to)
    find(at.requests)
    const requests = from === to ? 1 : countOfBytes(bytes, from, to)
    find(at.cost)
    const cost = costOfBytes(bytes, from, to)
    // A row to be refused is read again as text, and refused with its words.
    if (day === null || input === null || cached === null || output === null || requests === null) return false
    if (cost === null || day > lastDay || cached > input) return false
    if (beyondBounds(requests, input, cached, output, cost) !== null) return false
    for (const [n, dimension] of byteWords.entries()) {
      find(wordsAt[n] ?? -1)
      if (to - from > USAGE_BOUNDS.word) return false
      const number = dimension.computeNumber(bytes, from, to)
      if (number < 0) return false
      words[n] = number
    }
    find(at.requestId)
    const into = roomy()
    const place = count * REQUEST_WIDTH
    if (from < to) requestNumberOfBytes(bytes, from, to, seed, into.requests, place)
    else {
      const whole = wholeLine(bytes, bounds, cells, line)
      requestNumberOfBytes(whole, 0, whole.length, seed, into.requests, place)
    }
    read += 1
    add(into, day, requests, input, cached, output, cost)
    return true
  }
  return {
    record,
    plain,
    refuse: (line, says) => {
      read += 1
      refuse(line, says)
    },
    flush,
  }
}

const COUNT = new Intl.NumberFormat('en')

/** Why a record exceeds a limit; null for one that does not. */
function beyondBounds(requests: number, input: number, cached: number, output: number, { cost }: Cost): string | null {
  const { requests: mostRequests, tokens, dollars } = USAGE_BOUNDS
  if (requests > mostRequests) return `More than ${COUNT.format(mostRequests)} requests in one record.`
  if (input > tokens || cached > tokens || output > tokens)
    return `More than ${COUNT.format(tokens)} tokens in one record.`
  return cost >= MOST_RECORD_COST ? `${COUNT.format(dollars)} dollars or more in one record.` : null
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

/**
 * A record without an id of its own is identified by its line and its cells: importing the same file again adds
 * nothing.
 */
function textOfRecord(cells: readonly string[], line: number): string {
  return `${line}\n${cells.join('\n')}`
}

/** The result of `textOfRecord`, for a plain line. */
function wholeLine(bytes: Buffer, bounds: Int32Array, cells: number, line: number): Buffer {
  const start = (bounds[0] ?? 0) + 1
  const whole = Buffer.concat([Buffer.from(`${line}\n`), bytes.subarray(start, bounds[cells])])
  const shift = whole.length - (bounds[cells] ?? 0)
  for (let n = 1; n < cells; n += 1) whole[(bounds[n] ?? 0) + shift] = 10
  return whole
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

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
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

/** The memory of its columns, to move to another thread. */
export function listBuffers({ requests, newCells, cells, measures }: RecordBatch): ArrayBuffer[] {
  const columns = [requests, newCells, ...cells, ...measures.filter((each) => each !== null)]
  return columns.map(({ buffer }) => buffer as ArrayBuffer)
}
