import type { Day } from '../day.ts'
import type { ProjectList } from '../text/project-cell.ts'
import type { KeyKind, LastUse } from '../facts.ts'

/**
 * The rows of a file. `undefined` means that the file has no such column, so the register's value stays; null means
 * that the file has the column and the cell is empty.
 */
export interface PersonRow {
  readonly line: number
  readonly name: string | null
  readonly email: string | null
  /** The exact word; null where the file names no role. */
  readonly role: string | null
  readonly projects: ProjectList | undefined
  readonly lastReview: Day | null | undefined
  /** The file marks the last review as overdue. */
  readonly isReviewOverdue: boolean
}

export interface KeyNotes {
  readonly rotationDue: Day | null | undefined
  readonly purpose: string | null | undefined
  readonly contact: string | null | undefined
}

export interface ServiceAccountRow extends KeyNotes {
  readonly line: number
  readonly account: string
  readonly keyId: string | null
  readonly project: string | null | undefined
}

export interface KeyRow extends KeyNotes {
  readonly line: number
  readonly name: string | null
  readonly keyId: string | null
  readonly hint: string | null | undefined
  readonly project: string | null | undefined
  readonly owner: string | null | undefined
  readonly ownerEmail: string | null | undefined
  /** The file states that the key has no owner, which is more than an empty cell. */
  readonly isUnowned?: true
  /** Instants in milliseconds since the epoch. */
  readonly created: number | null | undefined
  readonly lastUsed: LastUse
  readonly expires: number | null | undefined
  readonly status: string | null | undefined
  /** If the row contains it. */
  readonly kind?: KeyKind | undefined
}
