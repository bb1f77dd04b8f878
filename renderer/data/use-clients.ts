import type { Client } from '../../shared/contract/clients.ts'
import { query } from './api.ts'
import { useScope } from './scope.ts'
import { useQuery } from '../ui/use-query.ts'

const NONE: readonly Client[] = []

/** The clients that are not archived, in the order of the register; empty until they are read. */
export function useClients(): readonly Client[] {
  return useQuery(query.client.list.queryOptions({ input: { archived: false } })).data ?? NONE
}

export interface ClientInScope {
  readonly client: Client | null
  /** True if the scope names a client that the register does not contain, or that is archived. */
  readonly unknown: boolean
}

/** The one client in scope; null when all are. */
export function useClientInScope(): ClientInScope {
  const { client: slug } = useScope()
  const list = useQuery(query.client.list.queryOptions({ input: { archived: false } }))
  if (slug === undefined) return { client: null, unknown: false }
  const client = list.data?.find((each) => each.slug === slug) ?? null
  return { client, unknown: client === null && list.isSuccess && !list.isFetching }
}

/** The scope in words, for pictures; a client by its slug until the list of clients is read. */
export function useScopeName(): string {
  const { client: slug } = useScope()
  const { client } = useClientInScope()
  return slug === undefined ? 'all clients' : (client?.name ?? slug)
}
