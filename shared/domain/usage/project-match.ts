import { nameKey } from '../text/names.ts'

/** A project of a client as its providers know it. */
export interface ProjectName {
  /** The provider's id. */
  readonly id: string
  readonly name: string | null
}

export type ProjectMatch =
  | { readonly state: 'known'; readonly id: string }
  | { readonly state: 'not-reported' }
  /** `ambiguous`: several projects have the name. */
  | { readonly state: 'unmatched'; readonly because: 'unknown' | 'ambiguous' }

/**
 * Finds the project that a record refers to: by the provider's id, then by the exact name, ignoring case. A name of no
 * project or of more than one is not guessed.
 */
export function projectMatcher(projects: readonly ProjectName[]): (word: string) => ProjectMatch {
  const ids = new Set(projects.map(({ id }) => id))
  const byName = new Map<string, Set<string>>()
  for (const { id, name } of projects) {
    if (name === null || name.trim() === '') continue
    byName.set(nameKey(name), (byName.get(nameKey(name)) ?? new Set()).add(id))
  }
  return (word) => {
    if (word === '') return { state: 'not-reported' }
    if (ids.has(word)) return { state: 'known', id: word }
    const [id, ...others] = byName.get(nameKey(word)) ?? []
    if (id === undefined) return { state: 'unmatched', because: 'unknown' }
    return others.length === 0 ? { state: 'known', id } : { state: 'unmatched', because: 'ambiguous' }
  }
}
