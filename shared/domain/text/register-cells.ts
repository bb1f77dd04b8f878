import type { Day } from '../day.ts'

/**
 * The contents of the cells of an access register, as plain text: the one place where the writer and the reader of
 * registers agree. Escaping for Markdown or CSV is the printer's work and comes after. White space around a value has
 * no meaning and is dropped; reading a written value returns the same value.
 */

/** The empty value: no project, no role, no review, no day. */
export const emptyCell = '-'

const NOTHING = /^[-–—]?$/u

/** Text that reads as an empty cell, after any number of backslashes. */
const QUOTED_NOTHING = /^\\+[-–—]$/u

/** A free text. A text that is itself a dash gets a backslash, so that it is not read as empty. */
export function textCell(text: string | null): string {
  const plain = (text ?? '').trim()
  if (plain === '') return emptyCell
  return NOTHING.test(plain) || QUOTED_NOTHING.test(plain) ? `\\${plain}` : plain
}

/** Reads `textCell` back; null if the cell is empty. */
export function readTextCell(cell: string): string | null {
  const plain = cell.trim()
  if (NOTHING.test(plain)) return null
  return QUOTED_NOTHING.test(plain) ? plain.slice(1) : plain
}

export interface PersonCell {
  readonly name: string | null
  readonly email: string | null
}

const WITH_ADDRESS = /^(.*?)\s*<([^\s<>@]+@[^\s<>@]+)>$/su
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/u

/**
 * A person: `Jane Smith`, `Jane Smith <jane@acme.example>` or `jane@acme.example`.
 * A name that already ends in an address in angle brackets, without a separate e-mail, is read as both.
 */
export function personCell(name: string | null, email: string | null): string {
  const plainName = (name ?? '').trim()
  const plainEmail = (email ?? '').trim()
  if (!ADDRESS.test(plainEmail)) {
    const shown = plainName === '' ? plainEmail : plainName
    const within = readPersonCell(shown)
    return within.email === null ? textCell(shown) : personCell(within.name, within.email)
  }
  return plainName === '' || plainName === plainEmail ? plainEmail : `${textCell(plainName)} <${plainEmail}>`
}

/** Reads `personCell` back; both null if the cell is empty. */
export function readPersonCell(cell: string): PersonCell {
  const plain = cell.trim()
  if (ADDRESS.test(plain)) return { name: null, email: plain }
  const match = WITH_ADDRESS.exec(plain)
  if (!match) return { name: readTextCell(plain), email: null }
  const name = readTextCell(match[1] ?? '')
  const email = match[2] ?? ''
  return { name: name === email ? null : name, email }
}

/** A day as `YYYY-MM-DD`, or `-` when there is none. */
export function dayCell(day: Day | null): string {
  return day ?? emptyCell
}

/** A role, marked if an invite only offers it: `Reader (invited)`. */
export function roleCell(role: string, isInvited: boolean): string {
  return textCell(isInvited ? `${role} (invited)` : role)
}

/** Reads the mark of `roleCell` back; `role` is the cell without it. */
export function readRoleCell(cell: string): { readonly role: string; readonly isInvited: boolean } {
  const offered = /^(.*\S) \(invited\)$/su.exec(cell)?.[1]
  return { role: offered ?? cell, isInvited: offered !== undefined }
}

const OVERDUE = ' (overdue)'

/** The day of a last review, marked if the next one is overdue: `2026-01-15 (overdue)`, `- (overdue)`. */
export function reviewCell(day: Day | null, isOverdue: boolean): string {
  return isOverdue ? `${dayCell(day)}${OVERDUE}` : dayCell(day)
}

/** Reads the mark of `reviewCell` back; `date` is the cell without it, as the file writes it. */
export function readReviewCell(cell: string): { readonly date: string; readonly isOverdue: boolean } {
  const plain = cell.trim()
  const isOverdue = plain.toLowerCase().endsWith(OVERDUE)
  return { date: isOverdue ? plain.slice(0, -OVERDUE.length).trim() : cell, isOverdue }
}
