import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'
import {
  matchRecordColumns,
  type RecordColumns,
  RECORD_FIELDS,
  type RecordField,
} from '../../../shared/domain/usage/record-fields.ts'

/** One JSON value for each line; blank lines are skipped. */
export interface JsonRecords {
  push(text: string): void
  end(): void
}

/** Longer shapes come from hostile records: a thousand of them would fill the memory. */
const LONGEST_SHAPE = 10_000

export function newJsonRecords(
  give: (cells: readonly string[], line: number) => void,
  refuse: (line: number, says: string) => void,
): JsonRecords {
  const parseCells = newCellReader()
  let [rest, line, isTooLong] = ['', 1, false]
  const one = (text: string): void => {
    const json = isTooLong ? '' : text.trim()
    isTooLong = false
    if (json !== '') {
      const cells = parseCells(json)
      if (cells === null) refuse(line, 'The line is not a JSON object.')
      else give(cells, line)
    }
    line += 1
  }
  return {
    push(text) {
      const all = rest + text
      let at = 0
      for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', at)) {
        one(all.slice(at, end))
        at = end + 1
      }
      rest = all.slice(at)
      if (rest.length > FILE_LIMITS.recordBytes) {
        if (!isTooLong) refuse(line, 'The line is longer than a mebibyte.')
        isTooLong = true
        rest = ''
      }
    },
    end: () => one(rest),
  }
}

/** Position of each field in the cells that a JSON record is turned into. */
export const JSON_COLUMNS: RecordColumns = Object.fromEntries(RECORD_FIELDS.map((field, at) => [field, at]))

/**
 * The fields of a record, whatever its keys are called; keys of nested objects count by their own name
 * (`usage.input_tokens`).
 */
export function newCellReader(): (json: string) => readonly string[] | null {
  const known = new Map<string, readonly (readonly [field: RecordField, at: number])[]>()
  return (json) => {
    const entries = parseEntries(json)
    if (entries === null) return null
    const keys = entries.map(([key]) => key)
    const shape = keys.join('\n')
    let fields = known.get(shape)
    if (fields === undefined) {
      fields = Object.entries(matchRecordColumns(keys)) as [RecordField, number][]
      // Records of a log have few shapes; where each has its own, caching them only takes memory.
      if (known.size < 1000 && shape.length <= LONGEST_SHAPE) known.set(shape, fields)
    }
    const cells = Array.from<string>({ length: RECORD_FIELDS.length }).fill('')
    for (const [field, at] of fields) cells[RECORD_FIELDS.indexOf(field)] = toText(entries[at]?.[1])
    return cells
  }
}

function parseEntries(json: string): [string, unknown][] | null {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.entries(inner) : [[key, inner]],
    ) as [string, unknown][]
  } catch {
    return null
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const [NEWLINE, SPACE, QUOTE, COMMA] = [10, 32, 34, 44]
const [OPEN, BACKSLASH, CLOSE, OPEN_OBJECT, CLOSE_OBJECT] = [91, 92, 93, 123, 125]

/**
 * The objects of one JSON array, each passed on with the line that it begins on as soon as it is complete: a file of any size is read
 * with one of its objects in memory.
 */
export function newJsonArray(
  give: (cells: readonly string[], line: number) => void,
  refuse: (line: number, reason: string) => void,
): JsonRecords {
  const parseCells = newCellReader()
  let entry = ''
  let [line, begun, depth] = [1, 1, 0]
  let [isBlank, inText, isEscaped, isTooLong] = [true, false, false, false]

  const add = (part: string): void => {
    if (!isTooLong) entry += part
    if (entry.length <= FILE_LIMITS.recordBytes) return
    refuse(begun, 'The record is longer than a mebibyte.')
    isTooLong = true
    entry = ''
  }
  const endEntry = (): void => {
    const json = entry.trim()
    entry = ''
    const cells = json === '' ? null : parseCells(json)
    if (cells !== null) give(cells, begun)
    else if (json !== '') refuse(begun, 'The entry of the array is not a JSON object.')
    isTooLong = false
    isBlank = true
  }
  return {
    push(text) {
      let from = 0
      const endAt = (at: number): void => {
        add(text.slice(from, at))
        endEntry()
        from = at + 1
      }
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at)
        if (code === NEWLINE) line += 1
        if (isBlank && code > SPACE) {
          begun = line
          isBlank = false
        }
        if (inText) {
          if (isEscaped) isEscaped = false
          else if (code === BACKSLASH) isEscaped = true
          else if (code === QUOTE) inText = false
        } else if (code === QUOTE) inText = true
        else if (code === OPEN || code === OPEN_OBJECT) {
          depth += 1
          if (depth > 1) continue
          // The bracket of the array itself is part of no entry.
          from = at + 1
          isBlank = true
        } else if (code === CLOSE || code === CLOSE_OBJECT) {
          depth -= 1
          if (depth === 0) endAt(at)
        } else if (code === COMMA && depth === 1) endAt(at)
      }
      if (depth > 0) add(text.slice(from))
    },
    end() {
      if (depth > 0) refuse(begun, 'The file ends before the array does.')
    },
  }
}
