import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'
import { type JsonRecords, newCellReader } from './json-records.ts'

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
