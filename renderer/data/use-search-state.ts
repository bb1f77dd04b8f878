import { useNavigate, useSearch, type RegisteredRouter, type RouteById } from '@tanstack/react-router'
import { useCallback } from 'react'

type Routes = RegisteredRouter['routesById']
type SearchOf<Id extends keyof Routes> = RouteById<RegisteredRouter['routeTree'], Id>['types']['fullSearchSchema']

/**
 * The search params of a page, and a function that changes some of them; `replace` adds no step to the history, and
 * defaults to `byDefault`.
 */
export function useSearchState<const Id extends keyof Routes>(
  from: Id,
  byDefault: 'push' | 'replace' = 'push',
): readonly [search: SearchOf<Id>, set: (change: Partial<SearchOf<Id>>, replace?: boolean) => void] {
  const search = useSearch({ strict: true, from } as never) as SearchOf<Id>
  const navigate = useNavigate({ from } as never)
  const set = useCallback(
    (change: Partial<SearchOf<Id>>, replace = byDefault === 'replace'): void =>
      void navigate({ search: (now: object) => ({ ...now, ...change }), replace } as never),
    [navigate, byDefault],
  )
  return [search, set]
}
