import { useQueries } from '@tanstack/react-query'

import { query } from '../../data/api.ts'
import type { Inside } from './tree.ts'

/** What is inside the projects that are open, each read when it is opened. */
export function useInside(projectIds: readonly number[]): ReadonlyMap<number, Inside> {
  return useQueries({
    queries: projectIds.map((projectId) => query.projects.get.queryOptions({ input: { projectId } })),
    combine: (results) =>
      new Map(
        results.flatMap(({ data, error }, index): [number, Inside][] => {
          const projectId = projectIds[index]
          if (projectId === undefined) return []
          if (data) return [[projectId, { state: 'loaded', keys: data.keys, access: data.access }]]
          return [[projectId, { state: error === null ? 'loading' : 'failed' }]]
        }),
      ),
  })
}
