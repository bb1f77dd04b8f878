import type { ViewList, ViewSearch, ViewSubject } from './views.ts'

/** The things that a search param of a list has the number of; `subject` is of the kind that the param `kind` has. */
export type FilterKind = 'connection' | 'project' | 'principal' | 'person' | 'subject'

const OF_KEYS = { connection: 'connection', project: 'project', owner: 'person' } as const

/**
 * The search params of each list that filter by the number of a row. Another register has another number for the same thing, so a
 * view keeps its name instead.
 */
export const FILTERED: Readonly<Record<ViewList, Readonly<Record<string, FilterKind>>>> = {
  keys: OF_KEYS,
  people: { connection: 'connection', project: 'project' },
  projects: { connection: 'connection' },
  access: { connection: 'connection', project: 'project', person: 'person', principal: 'principal' },
  findings: { subject: 'subject', person: 'person' },
  rotation: OF_KEYS,
}

/** The number of no row: what a filter has that names nothing in this register, so that no row matches it. It fits into an address. */
export const NO_ROW = 999_999_999_999_999

const WORDS: Readonly<Record<FilterKind, string>> = {
  connection: 'connection',
  project: 'project',
  principal: 'account',
  person: 'person',
  subject: 'subject',
}

/** A filter by a number, in a word: `account`. */
export const filterWord = (filtered: FilterKind): string => WORDS[filtered]

/** True if a name may be that of the filter. */
export function isNameOf(filtered: FilterKind, { kind }: ViewSubject, { kind: kinds }: ViewSearch): boolean {
  if (filtered !== 'subject') return kind === filtered
  return kind !== 'person' && isOnly(kinds, kind)
}

/** True if a param with several values has this one alone. */
function isOnly(values: ViewSearch[string] | undefined, value: string): boolean {
  return Array.isArray(values) ? values.length === 1 && values[0] === value : values === value
}

/** The search params that filter by a number, with what they name. */
export function listFiltered(list: ViewList, search: object): readonly (readonly [param: string, of: FilterKind])[] {
  return Object.entries(FILTERED[list]).filter(([param]) => Object.hasOwn(search, param))
}

/** The search params whose filter names nothing in this register. */
export function listMissing(list: ViewList, search: ViewSearch): readonly string[] {
  return listFiltered(list, search).flatMap(([param]) => (search[param] === NO_ROW ? [param] : []))
}

/** A sentence about each filter that names nothing in this register; null where all of them name something. */
export function describeMissing(list: ViewList, search: ViewSearch): string | null {
  const missing = listMissing(list, search).map((param) => {
    const word = filterWord(FILTERED[list][param] ?? 'subject')
    return `The filter by ${word} names no ${word === 'person' ? 'single person' : word} in this register.`
  })
  return missing.length === 0 ? null : missing.join(' ')
}

/** The next step. */
export const MISSING_HINT =
  'It may come with the next sync or exchange. Until then no row matches; remove the filter to list the others.'
