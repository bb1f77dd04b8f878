import type { Range } from './scroll-map.ts'

/**
 * A list may be shown in groups of consecutive rows, each with a heading. A heading takes a line, and a collapsed group
 * only has its heading, so a line on the screen and a row of the list have different numbers.
 */
export interface Group {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly collapsed?: boolean
}

export type Line =
  | { readonly type: 'heading'; readonly group: Group; readonly first: number }
  | { readonly type: 'row'; readonly index: number }

/** The lines that the rows of a group take. */
function shownRows(group: Group): number {
  return group.collapsed === true ? 0 : group.count
}

/** The number of lines of a list of `total` rows: its rows and the headings of non-empty groups. */
export function lineCount(total: number, groups: readonly Group[]): number {
  return groups.reduce(
    (lines, group) => (group.count === 0 ? lines : lines + 1 - group.count + shownRows(group)),
    total,
  )
}

/** The content of a line. Rows beyond the last group follow it. */
export function lineAt(line: number, groups: readonly Group[]): Line {
  let lines = 0
  let rows = 0
  for (const group of groups) {
    if (group.count === 0) continue
    if (line === lines) return { type: 'heading', group, first: rows }
    lines += 1
    if (line < lines + shownRows(group)) break
    lines += shownRows(group)
    rows += group.count
  }
  return { type: 'row', index: rows + line - lines }
}

/** The line of a row; that of its heading where its group is collapsed. */
export function lineOfRow(index: number, groups: readonly Group[]): number {
  let lines = 0
  let rows = 0
  for (const group of groups) {
    if (group.count === 0) continue
    if (index < rows + group.count) return group.collapsed === true ? lines : lines + 1 + index - rows
    lines += 1 + shownRows(group)
    rows += group.count
  }
  return lines + index - rows
}

/** The line of the heading of a group; 0 for a group without one. */
export function lineOfHeading(id: string, groups: readonly Group[]): number {
  let lines = 0
  for (const group of groups) {
    if (group.count === 0) continue
    if (group.id === id) return lines
    lines += 1 + shownRows(group)
  }
  return 0
}

/** The rows from the first to the last on a range of lines; those of collapsed groups between them included. */
export function rowsOfLines(lines: Range, groups: readonly Group[]): Range {
  if (lines.end <= lines.first) return { first: 0, end: 0 }
  const first = lineAt(lines.first, groups)
  const last = lineAt(lines.end - 1, groups)
  return {
    first: first.type === 'row' ? first.index : first.first,
    end: last.type === 'row' ? last.index + 1 : last.first,
  }
}

/** The offsets of the slices, each of `size` rows and aligned to it, that contain these rows. */
export function makeSlices(rows: Range, size: number): readonly number[] {
  const offsets: number[] = []
  for (let offset = Math.floor(rows.first / size) * size; offset < rows.end; offset += size) offsets.push(offset)
  return offsets
}

/** The offsets of the slices that contain the rows on a range of lines; none for rows of collapsed groups. */
export function slicesOfLines(lines: Range, groups: readonly Group[], size: number): readonly number[] {
  if (groups.length === 0) return makeSlices(rowsOfLines(lines, groups), size)
  const offsets = new Set<number>()
  for (let line = lines.first; line < lines.end; line += 1) {
    const what = lineAt(line, groups)
    if (what.type === 'row') offsets.add(Math.floor(what.index / size) * size)
  }
  return [...offsets].sort((a, b) => a - b)
}
