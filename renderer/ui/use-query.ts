import {
  useQueries as useTanstackQueries,
  useQuery as useTanstackQuery,
  type QueryCache,
  type QueryClient,
  type QueryFilters,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query'

interface Reading {
  readonly isFetching: boolean
  /** True if the data answers another question, and is shown while this one's answer is read. */
  readonly isPlaceholderData: boolean
  readonly refetch: () => Promise<unknown>
}

interface PendingAnswer extends Reading {
  readonly isPending: true
  readonly isError: false
  readonly isSuccess: false
  readonly data: undefined
  readonly error: null
}

interface NotRead<Problem> extends Reading {
  readonly isPending: false
  readonly isError: true
  readonly isSuccess: false
  readonly data: undefined
  readonly error: Problem
}

interface QueryData<Data> extends Reading {
  readonly isPending: false
  readonly isError: false
  readonly isSuccess: true
  readonly data: Data
  readonly error: null
}

/** The answer of a query: not read yet, not readable, or known. */
export type QueryAnswer<Data, Problem = Error> = PendingAnswer | NotRead<Problem> | QueryData<Data>

type Options<Read, Problem, Data, Key extends QueryKey> = UseQueryOptions<Read, Problem, Data, Key>

/**
 * Reads an operation. Known data stays when it cannot be read again: a failed refetch neither replaces what is shown
 * nor unmounts a form with what was typed in it. The frame shows that it is not up to date (`findOutdated`).
 */
export function useQuery<Read, Problem, Data = Read, Key extends QueryKey = QueryKey>(
  options: Options<Read, Problem, Data, Key>,
): QueryAnswer<Data, Problem> {
  return keepKnown(useTanstackQuery(options)) as QueryAnswer<Data, Problem>
}

/** Reads several operations by the rule of `useQuery`. */
export const useQueries: typeof useTanstackQueries = ({ combine, ...options }, client) => {
  const kept = combine && ((results: readonly UseQueryResult[]) => combine(results.map(keepKnown) as never))
  const found = useTanstackQueries({ ...options, ...(kept && { combine: kept as never }) }, client)
  return (kept === undefined ? (found as readonly UseQueryResult[]).map(keepKnown) : found) as never
}

/** Reads what a person is about to decide by: after a failed refetch an earlier answer is not shown. */
export function useFreshQuery<Read, Problem, Data = Read, Key extends QueryKey = QueryKey>(
  options: Options<Read, Problem, Data, Key>,
): QueryAnswer<Data, Problem> {
  const result = useTanstackQuery({ ...options, meta: { ...options.meta, isFresh: true } })
  return replace(result, { data: () => (result.isError ? undefined : result.data) }) as QueryAnswer<Data, Problem>
}

function keepKnown<Data, Problem>(result: UseQueryResult<Data, Problem>): UseQueryResult<Data, Problem> {
  return replace(result, {
    error: () => (result.isLoadingError ? result.error : null),
    isError: () => result.isLoadingError,
    isSuccess: () => result.isSuccess || result.isRefetchError,
  })
}

/** The result with some properties computed otherwise: only what a component reads makes it render again. */
function replace<Result extends object>(result: Result, computed: Readonly<Record<string, () => unknown>>): Result {
  return new Proxy(result, {
    get: (target, name) =>
      typeof name === 'string' && Object.hasOwn(computed, name) ? computed[name]?.() : Reflect.get(target, name),
  })
}

/** The queries on screen that are known, and could not be read again. */
const OUTDATED: QueryFilters = {
  type: 'active',
  predicate: ({ state, meta }) => state.status === 'error' && state.data !== undefined && meta?.['isFresh'] !== true,
}

/** Why something on screen is not up to date; null when all of it is. */
export function findOutdated(cache: QueryCache): Error | null {
  return cache.findAll(OUTDATED)[0]?.state.error ?? null
}

/** Reads them again. */
export async function refetchOutdated(client: QueryClient): Promise<void> {
  await client.refetchQueries(OUTDATED)
}
