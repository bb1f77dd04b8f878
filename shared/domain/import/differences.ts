/** True if two flat facts are equal; members that are objects are compared by identity. */
export function sameFlat(a: object, b: object): boolean {
  const members = Object.keys(a)
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  return members.length === Object.keys(b).length && members.every((member) => left[member] === right[member])
}

/** One difference in words: `role Member → Admin`; null if there is none. */
export function difference(label: string, before: string | null, after: string | null): string | null {
  return before === after ? null : `${label} ${shown(before)} → ${shown(after)}`
}

/** One new value in words: `role Member`; null if there is none. */
export function statement(label: string, value: string | null): string | null {
  return value === null || value === '' ? null : `${label} ${shown(value)}`
}

/** A set that differs: `projects + Analytics, − ChatBot`. */
export function setDifference(label: string, before: readonly string[], after: readonly string[]): string | null {
  const [old, next] = [new Set(before), new Set(after)]
  const added = [...next].filter((item) => !old.has(item)).map((item) => `+ ${shown(item)}`)
  const removed = [...old].filter((item) => !next.has(item)).map((item) => `− ${shown(item)}`)
  const all = [...added, ...removed]
  if (all.length === 0) return null
  const more = all.length > 10 ? `, and ${all.length - 10} more` : ''
  return `${label} ${all.slice(0, 10).join(', ')}${more}`
}

export function joinDifferences(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join('; ')
}

export function shown(text: string | null): string {
  if (text === null || text === '') return '-'
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

export const IMPORT_ACTIONS = ['add', 'change', 'same', 'refuse'] as const
export type ImportAction = (typeof IMPORT_ACTIONS)[number]

export interface PlannedRow {
  readonly line: number
  readonly action: ImportAction
  readonly subject: string
  readonly detail: string
}

export function refused(line: number, subject: string, detail: string): PlannedRow {
  return { line, action: 'refuse', subject: shown(subject), detail }
}
