import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'

/**
 * Splits CSV text into records as it arrives (RFC 4180, with line ends of any kind): a record is its cells and the line
 * it begins on. Most lines have no quote and are split directly; the others are read character by character.
 */
export interface CsvRecords {
  /** Passes on each whole record that the text completes. */
  push(text: string): void
  /** Passes on what is left. */
  end(): void
}

/** The text cannot be split into records. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv'
}

/** Throws `BrokenCsv` at a quote that is never closed, and names its line. */
export function newCsvRecords(delimiter: string, give: (cells: readonly string[], line: number) => void): CsvRecords {
  let rest = ''
  let line = 1
  const read = (text: string, isLast: boolean): void => {
    let at = 0
    while (at < text.length) {
      const end = text.indexOf('\n', at)
      if (end === -1 && !isLast) break
      const stop = end === -1 ? text.length : end
      const plain = text.slice(at, stop > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop)
      if (!plain.includes('"')) {
        if (plain !== '') give(plain.split(delimiter), line)
        line += 1
        at = stop + 1
        continue
      }
      const quoted = readQuoted(text, at, delimiter, isLast)
      if (quoted === null) break
      give(quoted.cells, line)
      line += quoted.lines
      at = quoted.next
    }
    if (text.length - at > FILE_LIMITS.recordBytes) {
      throw new BrokenCsv(`A quote that is opened on line ${line} is not closed within a mebibyte.`)
    }
    rest = text.slice(at)
  }
  return {
    push: (text) => read(rest + text, false),
    end: () => read(rest, true),
  }
}

interface QuotedRow {
  readonly cells: readonly string[]
  readonly next: number
  readonly lines: number
}

/** One record with quotes in it; null when the text ends before the record does. */
function readQuoted(text: string, from: number, delimiter: string, isLast: boolean): QuotedRow | null {
  const cells: string[] = []
  let [cell, lines, at, inQuotes] = ['', 1, from, false]
  for (; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (inQuotes) {
      if (sign !== '"') {
        if (sign === '\n') lines += 1
        cell += sign
      } else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else if (at + 1 === text.length && !isLast) {
        // The next piece of the text shows whether this quote ends the cell or is one of two.
        return null
      } else inQuotes = false
    } else if (sign === '"' && cell === '') inQuotes = true
    else if (sign === delimiter) {
      cells.push(cell)
      cell = ''
    } else if (sign === '\n') return { cells: [...cells, withoutReturn(cell)], next: at + 1, lines }
    else cell += sign
  }
  return isLast ? { cells: [...cells, withoutReturn(cell)], next: at, lines } : null
}

function withoutReturn(cell: string): string {
  return cell.endsWith('\r') ? cell.slice(0, -1) : cell
}

/** Receives the records of a CSV file. */
export interface RecordTaker {
  record(cells: readonly string[], line: number): void
  /**
   * Receives a line of ASCII without quotes as it is in the file: cell n goes from behind `bounds[n]` to `bounds[n +
   * 1]`. False when it has to be read as text instead; it has no effect then.
   */
  plain(bytes: Buffer, bounds: Int32Array, count: number, line: number): boolean
}

/** Splits the bytes of a CSV file into records as they arrive, as `newCsvRecords` splits its text. */
interface RecordLines {
  /** The bytes are copied: their memory may be used again. */
  push(bytes: Uint8Array): void
  end(): void
}

/** The number of cells above which a line is split as text. */
const MOST_CELLS = 1000

const NEWLINE = 10
const RETURN = 13
const QUOTE = 34
const BYTE_ORDER_MARK = Buffer.from('\u{FEFF}')

/** The meaning of a byte to a line: nothing, the end of a cell, the end of the line, or that the line is not plain. */
const [CELL_ENDS, LINE_ENDS, NOT_PLAIN] = [1, 2, 3] as const

/**
 * Reading a million lines as bytes takes a third of the time of making their texts; a line with a quote or with
 * characters beyond ASCII is read as text. Throws `BrokenCsv` at a quote that is never closed, and names its line.
 */
export function newRecordLines(delimiter: string, taker: RecordTaker): RecordLines {
  const meanings = listMeanings(delimiter)
  const bounds = new Int32Array(MOST_CELLS + 1)
  // Unread bytes are moved to the beginning, and the next bytes are put behind them.
  let held: Buffer = Buffer.alloc(0)
  let rest = 0
  let [line, isBegun] = [1, false]
  const texts = newCsvRecords(delimiter, (cells) => taker.record(cells, line))

  const read = (bytes: Buffer, isLast: boolean): void => {
    const { length } = bytes
    let at = 0
    if (!isBegun) {
      if (length < BYTE_ORDER_MARK.length && !isLast) {
        rest = length
        return
      }
      isBegun = true
      if (BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length))) at = BYTE_ORDER_MARK.length
    }
    while (at < length) {
      bounds[0] = at - 1
      let [count, isPlain, stop] = [1, true, at]
      for (; stop < length; stop += 1) {
        const meaning = meanings[bytes[stop] ?? 0]
        if (meaning === 0) continue
        if (meaning === LINE_ENDS) break
        if (meaning === NOT_PLAIN || count === MOST_CELLS) {
          isPlain = false
          break
        }
        bounds[count] = stop
        count += 1
      }
      if (!isPlain) {
        const next = endOfRecord(bytes, at, delimiter.charCodeAt(0))
        if (next === -1 && !isLast) break
        texts.push(bytes.toString('utf8', at, next === -1 ? length : next))
        if (next === -1) texts.end()
        line += newlines(bytes, at, next === -1 ? length : next)
        at = next === -1 ? length : next
        continue
      }
      if (stop === length && !isLast) break
      const end = stop > at && bytes[stop - 1] === RETURN ? stop - 1 : stop
      bounds[count] = end
      if (end > at && !taker.plain(bytes, bounds, count, line)) {
        taker.record(bytes.toString('latin1', at, end).split(delimiter), line)
      }
      line += 1
      at = stop + 1
    }
    if (length - at > FILE_LIMITS.recordBytes) {
      throw new BrokenCsv(`A quote that is opened on line ${line} is not closed within a mebibyte.`)
    }
    held.copyWithin(0, at, length)
    rest = length - at
  }
  return {
    push(bytes) {
      const length = rest + bytes.length
      if (length > held.length) held = Buffer.concat([held.subarray(0, rest)], length * 2)
      held.set(bytes, rest)
      read(held.subarray(0, length), false)
    },
    end: () => read(held.subarray(0, rest), true),
  }
}

function listMeanings(delimiter: string): Uint8Array {
  const meanings = new Uint8Array(256).fill(NOT_PLAIN, 128)
  meanings[QUOTE] = NOT_PLAIN
  meanings[NEWLINE] = LINE_ENDS
  meanings[delimiter.charCodeAt(0)] = CELL_ENDS
  return meanings
}

/** Where the record after this one begins; -1 when the bytes end before the record does. */
function endOfRecord(bytes: Uint8Array, from: number, delimiter: number): number {
  let [inQuotes, isAtStart] = [false, true]
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (inQuotes) {
      if (byte !== QUOTE) continue
      // A doubled quote opens and closes nothing.
      if (bytes[at + 1] === QUOTE) at += 1
      else inQuotes = false
    } else if (byte === NEWLINE) return at + 1
    else if (byte === QUOTE && isAtStart) inQuotes = true
    isAtStart = byte === delimiter && !inQuotes
  }
  return -1
}

function newlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
  return count
}
