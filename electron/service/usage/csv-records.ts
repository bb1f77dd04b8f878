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

interface Quoted {
  readonly cells: readonly string[]
  readonly next: number
  readonly lines: number
}

/** One record with quotes in it; null when the text ends before the record does. */
function readQuoted(text: string, from: number, delimiter: string, isLast: boolean): Quoted | null {
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
