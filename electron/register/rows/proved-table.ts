import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { CountingRow } from '../db/journal.ts'

/** A row of the journal, its body read. */
export interface Recorded extends Pick<CountingRow, 'action' | 'at' | 'operator' | 'client' | 'subject' | 'place'> {
  readonly body: Readonly<Record<string, unknown>>
}

/** Values of a row by column, as far as they are known. */
export type Values = Readonly<Record<string, unknown>>

/** What the journal shows of a table: the rows by their key, each with the columns that the journal determines. */
export type Shown = Map<string, Values>

/** A row of a table as it is. */
export interface StoredRow {
  readonly id: number
  readonly key: string
  /** The rows that decisions compare it with; left out: none. */
  readonly group?: string
  /** The row in words, such as `client acme`. */
  readonly words: string
  readonly values: Values
}

/** A place where a table differs from the journal. `row` is the number of its row. */
export interface ProofProblem {
  readonly table: string
  readonly row: number
  readonly says: string
}

export interface TableProof {
  /** With what of it, where that is not the whole table. */
  readonly table: string
  /** Rows of which the journal determines every column. */
  readonly proved: number
  /** Rows of the sample agency without a contradiction. The journal has only their later changes. */
  readonly partly: number
  readonly problems: readonly ProofProblem[]
}

/** A table that follows from the journal. */
export interface ProvedTable {
  readonly table: string
  /** In words, what of the table follows from the journal; left out where all of it does. */
  readonly part?: string
  /** The columns that the journal determines. */
  readonly columns: readonly string[]
  readonly rows: (reader: Reader) => readonly StoredRow[]
  /** By action, what a row of the journal does to the table. `isInvented`: whether it can have rows of the sample agency. */
  readonly effects: Readonly<Record<string, (shown: Shown, row: Recorded, isInvented: boolean) => void>>
  /** Where another table has a copy of a column for its indexes: the rows in which the two differ. */
  readonly copies?: (reader: Reader) => readonly ProofProblem[]
  /** Whether this register has what a row belongs to: a team's history may name what it has not read yet. Left out: always. */
  readonly isHere?: (reader: Reader, values: Values) => boolean
  /** Kinds that make what its rows belong to. In a team it may come after them, where it had lost its effect and was placed again. */
  readonly belongsTo?: readonly string[]
  /** Whether a row is one that was put away, since the operation that made it had no effect and other rows refer to it. */
  readonly isPutAway?: (row: StoredRow, reader: Reader) => boolean
  /** How a row becomes what the journal shows. Left out where no operation on the table is exchanged in a team. */
  readonly mend?: Mend
}

/** Makes single rows agree with the journal. A row that stays keeps its number, which windows hold. */
export interface Mend {
  remove(writer: Writer, row: StoredRow): void
  /**
   * `row`: as it is; null: it is missing. `values` has all columns that the journal determines. Returns its number; null where this
   * register does not have what the row belongs to.
   */
  write(writer: Writer, row: StoredRow | null, values: Values): number | null | void
  /** Whether rows are removed before they are written, since one may need the name that another one has. */
  readonly isReplaced?: true
}

/** Changes columns of a row, also of one that is not known in full. */
export function change(shown: Shown, key: string, values: Values): void {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  shown.set(key, { ...shown.get(key), ...Object.fromEntries(given) })
}

/** The number that the row of a table has, as every row of the journal about it has named it. */
export const numberIn = ({ body }: Recorded, field: string): string => String(body[field])

/** The columns in which a row differs from what the journal shows of it; what the row has no column for is not compared. */
export function findDifferences(stored: Values, shown: Values): readonly string[] {
  return Object.entries(shown)
    .filter(([column]) => column in stored)
    .filter(
      // Most are equal, and the same texts, numbers or nulls.
      ([column, value]) =>
        stored[column] !== value && canonicalJson(stored[column] as Json) !== canonicalJson(value as Json),
    )
    .map(([column]) => column)
}

/** `words` are the row's, such as `client acme`. */
export function differs(words: string, columns: readonly string[]): string {
  return `${capitalize(words)} does not match the audit log: ${columns.join(', ')}.`
}

export function notInJournal(words: string): string {
  return `${capitalize(words)} is not in the audit log.`
}

export function onlyInJournal(words: string): string {
  return `${capitalize(words)} is in the audit log but not in the register.`
}
