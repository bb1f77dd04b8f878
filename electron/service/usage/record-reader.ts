import { USAGE_DIMENSIONS, type UsageDimension } from '../../../shared/domain/usage/rollups.ts'
import {
  matchRecordColumns,
  type RecordColumns,
  type RecordField,
  RECORD_FIELDS,
} from '../../../shared/domain/usage/record-fields.ts'
import { MOST_RECORD_COST, USAGE_BOUNDS } from '../../../shared/domain/usage/bounds.ts'
import type { Cost } from '../../../shared/domain/usage/cost.ts'
import { type BatchOptions, newBatchFiller } from './batch-filler.ts'
import { costOfBytes, countOfBytes, newByteDays, parseCost, parseCount, dayOfMoment } from './record-values.ts'
import type { RecordTaker } from './csv-records.ts'
import { newByteWords, requestNumber, requestNumberOfBytes } from './record-numbers.ts'

/** Reads records, one after the other, and passes them on in batches. */
export interface RecordReader extends RecordTaker {
  /** Counts a row that is not a valid record. */
  refuse(line: number, says: string): void
  /** Passes on the last batch, also when it is empty. */
  flush(): void
}

export interface RecordReaderOptions extends BatchOptions {
  readonly columns: RecordColumns
  /** Is part of the number of a request, so that two clients may use the same ids. */
  readonly seed: number
  /** Rows of a day later than this are refused. */
  readonly lastDay: number
}

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

export function newRecordReader({ columns, seed, lastDay, ...options }: RecordReaderOptions): RecordReader {
  const at = Object.fromEntries(RECORD_FIELDS.map((field) => [field, columns[field] ?? -1])) as Record<
    RecordField,
    number
  >
  const filler = newBatchFiller(options, () => {
    for (const each of byteWords) each.forget()
  })
  const byteWords = USAGE_DIMENSIONS.map((dimension) => newByteWords((word) => filler.word(dimension, word)))
  const byteDay = newByteDays()
  const words = new Int32Array(USAGE_DIMENSIONS.length)
  const wordsAt = Int32Array.from(USAGE_DIMENSIONS, (dimension) => at[FIELD_OF[dimension]])
  const cell = (cells: readonly string[], field: RecordField): string => cells[at[field]]?.trim() ?? ''
  const { refuse } = filler

  const record = (cells: readonly string[], line: number): void => {
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
      const number = filler.word(dimension, cell(cells, FIELD_OF[dimension]))
      if (number < 0)
        return refuse(line, `The ${FIELD_OF[dimension]} contains what looks like a secret. Remove it from the file.`)
      words[n] = number
    }
    const requestId = cell(cells, 'requestId')
    const request = requestId === '' ? textOfRecord(cells, line) : requestId
    requestNumber(request, seed, filler.makeRoom(), filler.findPlace())
    filler.add(day, words, requests, input, cached, output, cost)
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
    const room = filler.makeRoom()
    const place = filler.findPlace()
    if (from < to) requestNumberOfBytes(bytes, from, to, seed, room, place)
    else {
      const whole = wholeLine(bytes, bounds, cells, line)
      requestNumberOfBytes(whole, 0, whole.length, seed, room, place)
    }
    filler.add(day, words, requests, input, cached, output, cost)
    return true
  }
  return { record, plain, refuse, flush: filler.flush }
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

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
