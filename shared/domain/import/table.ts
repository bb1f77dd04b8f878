/** A table as a file contains it, before its columns are matched to fields. */
export interface SourceTable {
  /** Unique, as written; a repeated or empty heading is numbered. */
  readonly columns: readonly string[]
  /** Line of the header in the file, from 1. */
  readonly line: number
  readonly rows: readonly SourceRow[]
}

export interface SourceRow {
  /** Line in the file, from 1, on which the row begins. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A rejected row, with the reason. Neither text contains a secret. */
export interface Refusal {
  readonly line: number
  readonly subject: string
  readonly detail: string
  /** The field that causes the rejection; null for the whole row. */
  readonly field: string | null
}

/** Headings made unique: `Name`, `Name (2)`; an empty one becomes `Column 3`. */
export function uniqueColumns(headings: readonly string[]): string[] {
  const taken = new Set<string>()
  return headings.map((heading, index) => {
    const base = heading.trim() === '' ? `Column ${index + 1}` : heading.trim()
    let name = base
    for (let n = 2; taken.has(name); n += 1) name = `${base} (${n})`
    taken.add(name)
    return name
  })
}
