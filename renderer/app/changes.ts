import type { QueryClient, QueryKey } from '@tanstack/react-query'

import type { Area } from '../../shared/contract/app.ts'
import { query } from '../data/api.ts'
import { frame, type Router } from '../data/areas.ts'
import { AREAS } from './areas.ts'

/** The areas of the register that each part of the contract reads. */
const READS = [frame, ...AREAS].flatMap(
  (route) => Object.entries(route.options.staticData.reads) as [Router, readonly Area[]][],
)

/** Returns the beginnings of the query keys that these changed areas make stale, each once. */
export function staleKeys(areas: readonly Area[]): readonly QueryKey[] {
  return READS.filter(([, read]) => read.some((area) => areas.includes(area))).map(([router]) => query[router].key())
}

/**
 * Refetches the queries on screen that read the changed areas; other queries are refetched when they are next shown.
 */
export async function refreshAreas(client: QueryClient, areas: readonly Area[]): Promise<void> {
  await Promise.all(staleKeys(areas).map((queryKey) => client.invalidateQueries({ queryKey })))
}
