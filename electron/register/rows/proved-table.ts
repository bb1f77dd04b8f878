import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'

/** Values of a row by column, as far as they are known. */
export type Values = Readonly<Record<string, unknown>>

/** A row of a table as it is. */
export interface StoredRow {
  readonly id: number
  readonly key: string
  /** Names the rows that decisions compare it with. */
  readonly group: string
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
  /** The number of rows whose every column follows from the journal. */
  readonly proved: number
  /** Rows of the sample agency without a contradiction. The journal has only their later changes. */
  readonly partly: number
  readonly problems: readonly ProofProblem[]
}

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
