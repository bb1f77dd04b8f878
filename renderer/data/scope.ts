import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export interface Scope {
  /** Slug of the one client in scope; undefined: all clients. */
  readonly client: string | undefined
  /** Switches the scope and stays on the page; whatever is open of the scope before is closed. */
  readonly setClient: (slug: string | undefined) => void
}

/** Search params that name one thing, which the new scope may not hold. */
const OPEN_THINGS = [
  'person',
  'owner',
  'principal',
  'key',
  'project',
  'connection',
  'finding',
  'review',
  'item',
  'step',
  'start',
  'of',
  'remedy',
  'preview',
  'ran',
  'advice',
] as const

/** The search params of a page once its scope is another. Filters stay, an open panel does not. */
export function searchInScope(
  search: Readonly<Record<string, unknown>>,
  client: string | undefined,
): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...search, client }
  for (const name of OPEN_THINGS) delete kept[name]
  return kept
}

/** The scope lock: it is the root search param `client`, so every state has a URL and back works. */
export function useScope(): Scope {
  const client: string | undefined = useSearch({ strict: false, select: (search) => search.client })
  const navigate = useNavigate()
  const setClient = useCallback(
    (slug: string | undefined) => {
      void navigate({ to: '.', search: ((search: Record<string, unknown>) => searchInScope(search, slug)) as never })
    },
    [navigate],
  )
  return { client, setClient }
}
