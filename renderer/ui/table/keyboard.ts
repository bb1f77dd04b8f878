/**
 * The focus in a grid: row -1 is the header, and `IN_HEADING` the heading of a group; column 0 is the first data column.
 */
export interface Cell {
  readonly row: number
  readonly column: number
  /** The id of the group whose heading has the focus. */
  readonly heading?: string
}

/** The row of a focus that is on the heading of a group. */
export const IN_HEADING = -2

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows that Page Up and Page Down move by. */
  readonly page: number
}

/**
 * Where a key moves the focus in a grid of rows; null for a key that does not move it. Home and End go to the ends of
 * the list, the only quick way through a million rows; Left and Right move between columns.
 */
export function moveBy(key: string, at: Cell, size: GridSize): Cell | null {
  const row = (value: number): Cell => ({ ...at, row: clamp(value, size.rows === 0 ? -1 : 0, size.rows - 1) })
  const column = (value: number): Cell => ({ ...at, column: clamp(value, 0, size.columns - 1) })
  switch (key) {
    case 'ArrowDown':
      return row(at.row + 1)
    case 'ArrowUp':
      return at.row <= 0 ? { ...at, row: -1 } : row(at.row - 1)
    case 'PageDown':
      return row(Math.max(at.row, 0) + size.page)
    case 'PageUp':
      return row(at.row - size.page)
    case 'Home':
      return row(0)
    case 'End':
      return row(size.rows - 1)
    case 'ArrowLeft':
      return column(at.column - 1)
    case 'ArrowRight':
      return column(at.column + 1)
    default:
      return null
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}

/** The arrow that a letter replaces in a list, as in many programs; null for other letters. */
export function arrowOfLetter(key: string): 'ArrowDown' | 'ArrowUp' | null {
  if (key === 'j') return 'ArrowDown'
  return key === 'k' ? 'ArrowUp' : null
}
