import type { Range } from './scroll-map.ts'

/**
 * A list may be shown in groups of consecutive rows, each with a heading. A heading takes a line, so a line on the
 * screen and a row of the list have different numbers.
 */
export interface Group {
  readonly id: string
  readonly label: string
  readonly count: number
}

export type Line =
  | { readonly type: 'heading'; readonly group: Group }
  | { readonly type: 'row'; readonly index: number }

/** The number of lines of a list of `total` rows: its rows and the headings of non-empty groups. */
export function lineCount(total: number, groups: readonly Group[]): number {
  return total + groups.filter((group) => group.count > 0).length
}

/** The content of a line. Rows beyond the last group follow it. */
export function lineAt(line: number, groups: readonly Group[]): Line {
  let before = 0
  let headings = 0
  for (const group of groups) {
    if (group.count === 0) continue
    if (line === before + headings) return { type: 'heading', group }
    headings += 1
    if (line < before + headings + group.count) break
    before += group.count
  }
  return { type: 'row', index: line - headings }
}

/** The line of a row. */
export function lineOfRow(index: number, groups: readonly Group[]): number {
  let before = 0
  let headings = 0
  for (const group of groups) {
    if (group.count === 0) continue
    if (index < before) break
    headings += 1
    before += group.count
  }
  return index + headings
}

/** The rows on a range of lines. */
export function rowsOfLines(lines: Range, groups: readonly Group[]): Range {
  if (lines.end <= lines.first) return { first: 0, end: 0 }
  const first = lineAt(lines.first, groups)
  const last = lineAt(lines.end - 1, groups)
  return {
    first: first.type === 'row' ? first.index : rowAfter(lines.first, groups),
    end: last.type === 'row' ? last.index + 1 : rowAfter(lines.end - 1, groups),
  }
}

/** The row after the heading on a line. */
function rowAfter(headingLine: number, groups: readonly Group[]): number {
  const next = lineAt(headingLine + 1, groups)
  return next.type === 'row' ? next.index : headingLine
}

/** The offsets of the slices, each of `size` rows and aligned to it, that contain these rows. */
export function makeSlices(rows: Range, size: number): readonly number[] {
  const offsets: number[] = []
  for (let offset = Math.floor(rows.first / size) * size; offset < rows.end; offset += size) offsets.push(offset)
  return offsets
}
