import type { QueryClient, QueryKey } from '@tanstack/react-query'

import type { Area } from '../../shared/contract/app.ts'
import { query } from '../data/api.ts'
import { frame, type Router } from '../data/areas.ts'
import { AREAS } from './areas.ts'

/** For each part of the contract, the areas of the register that it reads. */
const READS = [frame, ...AREAS].flatMap(
  (route) => Object.entries(route.options.staticData.reads) as [Router, readonly Area[]][],
)

/** The beginnings of the query keys that are out of date once these areas changed, each once. */
export function staleKeys(areas: readonly Area[]): readonly QueryKey[] {
  return READS.filter(([, read]) => read.some((area) => areas.includes(area))).map(([router]) => query[router].key())
}

/** Refetches what is on screen and reads the changed areas; the rest is read again when it is next shown. */
export async function refreshAreas(client: QueryClient, areas: readonly Area[]): Promise<void> {
  await Promise.all(staleKeys(areas).map((queryKey) => client.invalidateQueries({ queryKey })))
}
