import type { Day } from '../day.ts'
import type { EmploymentState } from './employment.ts'

/** The formats of an HR file: a CSV with any headings, the users export of Google Workspace, SCIM 2.0 JSON. */
export const PERSONNEL_FORMATS = ['csv', 'google', 'scim'] as const

export type PersonnelFormat = (typeof PERSONNEL_FORMATS)[number]

/** The source name of each format, if none is given. */
export const PERSONNEL_SOURCES: Readonly<Record<PersonnelFormat, string>> = {
  csv: 'Personnel file',
  google: 'Google Workspace',
  scim: 'SCIM',
}

/** The longest text of a cell that is kept, in UTF-16 units: longer ones are not names or titles. */
export const MAX_PERSONNEL_TEXT = 500

/**
 * One person as a file describes them. `undefined` means that the file has no such column, so the register's value
 * stays; null means that the file has the column and the cell is empty.
 */
export interface PersonnelEntry {
  /** Line in the file, from 1; for SCIM the position in the list. */
  readonly line: number
  /** The main address, as `emailKey` returns it. */
  readonly email: string
  /** Further addresses, each once, without the main one. */
  readonly aliases: readonly string[]
  readonly name: string | null
  readonly externalId: string | null | undefined
  readonly status: EmploymentState | undefined
  readonly department: string | null | undefined
  readonly manager: string | null | undefined
  readonly jobTitle: string | null | undefined
  readonly contractor: boolean | undefined
  readonly startsOn: Day | null | undefined
  readonly endsOn: Day | null | undefined
}

/** A rejected row: where, and why. Neither text contains a secret. */
export interface PersonnelRefusal {
  readonly line: number
  /** The column of a CSV or the attribute of SCIM; null for the whole row. */
  readonly column: string | null
  readonly subject: string
  readonly detail: string
}

export interface PersonnelRead {
  readonly entries: readonly PersonnelEntry[]
  readonly refusals: readonly PersonnelRefusal[]
}
