import { useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export interface Scope {
  /** Slug of the one client in scope; undefined: all clients. */
  readonly client: string | undefined
  /** Switches the scope and stays on the page; an open panel of the earlier scope is closed. */
  readonly setClient: (slug: string | undefined) => void
}

/** The search params of a page in another scope, without those that open something. */
export function searchInScope(
  search: Readonly<Record<string, unknown>>,
  client: string | undefined,
  opens: readonly string[],
): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...search, client }
  for (const name of opens) delete kept[name]
  return kept
}

/** The scope: the root search param `client`, so every state has a URL and Back works. */
export function useScope(): Scope {
  const client: string | undefined = useSearch({ strict: false, select: (search) => search.client })
  const router = useRouter()
  const setClient = useCallback(
    (slug: string | undefined) => {
      const opens = Object.values(router.routesById).flatMap((route) => route.options.staticData.opens)
      const search = (now: Record<string, unknown>) => searchInScope(now, slug, opens)
      void router.navigate({ to: '.', search: search as never })
    },
    [router],
  )
  return { client, setClient }
}
