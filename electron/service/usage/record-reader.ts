import { REQUEST_WIDTH } from '../../register/usage/known-requests.ts'
import { monthOfDay, USAGE_FACES, USAGE_MEASURES } from '../../../shared/domain/usage/faces.ts'
import {
  matchRecordColumns,
  type RecordColumns,
  type RecordField,
  RECORD_FIELDS,
} from '../../../shared/domain/usage/record-fields.ts'
import { type CellNumbers, type Dimensions, newCellNumbers } from './cell-numbers.ts'
import type { RecordBatch, RecordProblem } from './record-batch.ts'
import { costOf, countOf, dayOfMoment } from './record-values.ts'
import { requestNumber } from './request-number.ts'

/** Records of one batch: enough to make handing over cheap, few enough to show progress. */
const BATCH = 262_144

/** Refused rows that are named; the rest are counted. */
export const MOST_PROBLEMS = 100

/** Reads records, one after the other, and gives them in batches. */
export interface RecordReader {
  record(cells: readonly string[], line: number): void
  /** Counts a row that is no record. */
  refuse(line: number, says: string): void
  /** Gives the last batch, also when it is empty. */
  flush(): void
}

export interface RecordReaderOptions {
  readonly columns: RecordColumns
  /** Takes part in the number of a request, so that two clients may use the same ids. */
  readonly seed: number
  /** Rows of a day later than this are refused. */
  readonly lastDay: number
  readonly give: (batch: RecordBatch) => void
}

const FACES = USAGE_FACES.length
const MEASURES = USAGE_MEASURES.length

/** Which columns fill which field; null without one that tells the moment. */
export function recordColumns(headings: readonly string[]): RecordColumns | null {
  const columns = matchRecordColumns(headings)
  return columns.timestamp === undefined ? null : columns
}

export function newRecordReader({ columns, seed, lastDay, give }: RecordReaderOptions): RecordReader {
  const at = Object.fromEntries(RECORD_FIELDS.map((field) => [field, columns[field] ?? -1])) as Record<
    RecordField,
    number
  >
  let numbers: CellNumbers = newCellNumbers()
  let begins = true
  let batch: Columns | null = null
  let [count, read, refused, month, monthDay] = [0, 0, 0, 0, -1]
  let problems: RecordProblem[] = []
  const cell = (cells: readonly string[], field: RecordField): string => cells[at[field]]?.trim() ?? ''

  const refuse = (line: number, says: string): void => {
    refused += 1
    if (problems.length < MOST_PROBLEMS) problems.push({ line, says })
  }
  const flush = (): void => {
    const { words, cells } = numbers.takeNew()
    give({
      ...(batch ?? newColumns(0)),
      begins,
      count,
      words,
      newCells: cells,
      read,
      refused,
      problems,
    })
    begins = numbers.isFull()
    if (begins) numbers = newCellNumbers()
    batch = null
    ;[count, read, refused] = [0, 0, 0]
    problems = []
  }

  const record = (cells: readonly string[], line: number): void => {
    read += 1
    const moment = cell(cells, 'timestamp')
    const day = dayOfMoment(moment)
    if (day === null) return refuse(line, `${quoted(moment)} is no moment.`)
    if (day > lastDay) return refuse(line, `${quoted(moment)} lies in the future.`)
    const input = countOf(cell(cells, 'input'))
    const cached = countOf(cell(cells, 'cached'))
    const output = countOf(cell(cells, 'output'))
    const requests = countOf(cell(cells, 'requests') || '1')
    const cost = costOf(cell(cells, 'cost'))
    if (input === null || cached === null || output === null || requests === null) {
      return refuse(line, 'A number of tokens or requests is not a whole number from 0.')
    }
    if (cost === null) return refuse(line, `${quoted(cell(cells, 'cost'))} is no amount in dollars.`)
    if (cached > input) return refuse(line, 'More tokens came from the cache than the input has.')
    const words: Dimensions = {
      project: numbers.word('project', cell(cells, 'project')),
      key: numbers.word('key', cell(cells, 'key')),
      principal: numbers.word('principal', cell(cells, 'user')),
      model: numbers.word('model', cell(cells, 'model')),
      feature: numbers.word('feature', cell(cells, 'feature')),
    }
    if (day !== monthDay) {
      month = monthOfDay(day)
      monthDay = day
    }
    const requestId = cell(cells, 'requestId')
    // Without an id of its own a record is known by its text and its line: the same file again adds nothing.
    batch ??= newColumns(BATCH)
    const request = requestId === '' ? `${line}\n${cells.join('\n')}` : requestId
    requestNumber(request, seed, batch.requests, count * REQUEST_WIDTH)
    numbers.cells(day, month, words, batch.cells, count * FACES)
    const m = count * MEASURES
    batch.measures[m] = requests
    batch.measures[m + 1] = input
    batch.measures[m + 2] = cached
    batch.measures[m + 4] = output
    batch.measures[m + 5] = cost
    count += 1
    if (count === BATCH) flush()
  }
  return {
    record,
    refuse: (line, says) => {
      read += 1
      refuse(line, says)
    },
    flush,
  }
}

type Columns = Pick<RecordBatch, 'requests' | 'cells' | 'measures'>

function newColumns(count: number): Columns {
  return {
    requests: new Uint32Array(count * REQUEST_WIDTH),
    cells: new Uint32Array(count * FACES),
    measures: new Float64Array(count * MEASURES),
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
