import { z } from 'zod'

import { LISTED_KINDS } from '../../shared/domain/facts.ts'
import { useStored, type StoredValue } from './stored.ts'

/**
 * A thing whose panel was opened, as the palette offers it again. Only its id is remembered: names are in the encrypted
 * register alone.
 */
const recentThing = z.object({ kind: z.enum(LISTED_KINDS), id: z.number().int().positive() })

export type RecentThing = z.infer<typeof recentThing>

const RECENT: StoredValue<readonly RecentThing[]> = {
  name: 'recent',
  schema: z.array(recentThing).readonly(),
  initial: [],
}

const MOST = 5

/** The things that were opened last, latest first, and the function that adds one. */
export function useRecent(): readonly [readonly RecentThing[], (thing: RecentThing) => void] {
  const [recent, setRecent] = useStored(RECENT)
  return [recent, (thing) => setRecent(addRecent(recent, thing))]
}

/** Puts a thing first, each thing once, and keeps the last five. */
export function addRecent(recent: readonly RecentThing[], thing: RecentThing): readonly RecentThing[] {
  const others = recent.filter(({ kind, id }) => kind !== thing.kind || id !== thing.id)
  return [thing, ...others].slice(0, MOST)
}

/** The pages whose panel shows a thing, by the search param that names it. */
const PANELS: Readonly<Record<string, RecentThing['kind']>> = {
  '/people': 'person',
  '/keys': 'key',
  '/projects': 'project',
}

/** The thing whose panel an address opens; null for another address. */
export function findOpened(path: string, search: Readonly<Record<string, unknown>>): RecentThing | null {
  const kind = PANELS[path]
  const id = kind === undefined ? undefined : search[kind]
  return kind === undefined || typeof id !== 'number' ? null : { kind, id }
}
