/** Why a value is not there. */
export type Absence =
  /** Its source was read, and has none: a key without an end, a person without a manager. */
  | { readonly state: 'none' }
  /** Its source was not read; `because` is a sentence. */
  | { readonly state: 'not-read'; readonly because: string }
  /** Its source was read, and has no field for it: a file without the column. */
  | { readonly state: 'not-reported' }

export function notRead(because: string): Absence & { readonly state: 'not-read' } {
  return { state: 'not-read', because }
}

/** An absence in words: `None`, `Not reported`, or `Not read: ` and the reason. */
export function absenceWords(absence: Absence): string {
  if (absence.state === 'not-read') return `Not read: ${absence.because}`
  return absence.state === 'none' ? 'None' : 'Not reported'
}

/** Held by no one else, so that rows become a list only by the functions below. */
const WITH_SOURCE = Symbol('with the state of its source')

/**
 * A list that was read, as of a sync (null: what Castellan itself recorded). `lack` is a sentence about rows that may
 * be missing or old; null where all of them were read at that sync. The rows can be read more than once.
 */
export interface ReadList<Row> {
  readonly state: 'read'
  readonly rows: Iterable<Row>
  readonly sync: number | null
  readonly lack: string | null
  readonly [WITH_SOURCE]: true
}

/**
 * Rows with the state of their source: what every table, count and "none" in a document is made from. An array alone is
 * not a list, since an empty one does not show whether it was read.
 */
export type List<Row> = ReadList<Row> | { readonly state: 'not-read'; readonly because: string }

/** The state of a list's reading: `sync` is the last one that read it to its end, null where none did. */
export interface ListSource {
  readonly sync: number | null
  /** Why a newer sync did not read it, or not all of it, in a sentence; null where the newest read it to its end. */
  readonly lack: string | null
}

/** The rows of a list, if a sync read it. They are asked for only then. */
export function listFrom<Row>({ sync, lack }: ListSource, getRows: () => Iterable<Row>): List<Row> {
  if (sync === null) return notRead(lack ?? 'It was never synced.')
  return { state: 'read', rows: getRows(), sync, lack, [WITH_SOURCE]: true }
}

/** Rows that Castellan itself recorded, such as decisions: nothing has to be read to know them. */
export function ownRows<Row>(rows: Iterable<Row>): ReadList<Row> {
  return { state: 'read', rows, sync: null, lack: null, [WITH_SOURCE]: true }
}

export function mapList<Row, To>(list: List<Row>, change: (rows: Iterable<Row>) => Iterable<To>): List<To> {
  return list.state === 'read' ? { ...list, rows: change(list.rows) } : list
}
