import type { Reader } from '../db/handles.ts'
import { connectionsInScope, idsParam, type Scope, type Sql } from '../db/scope.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

export interface ProjectCounts {
  /** Those who reach the project, each counted once however many paths they have. */
  readonly people: number
  readonly serviceAccounts: number
  /** Current keys. */
  readonly keys: number
}

/** The columns of a row for which `getCounts` has the values. */
export const UNCOUNTED = (prefix = ''): string =>
  ['people', 'serviceAccounts', 'keys'].map((name) => `0 AS "${prefix}${name}"`).join(', ')

const NONE: ProjectCounts = { people: 0, serviceAccounts: 0, keys: 0 }

/** What is counted of some projects, or of all in a scope: one pass over what each has; projects without any of it are left out. */
export function countProjects(
  reader: Reader,
  asked: Scope | { readonly ids: readonly number[] },
  now: number,
): ReadonlyMap<number, ProjectCounts> {
  const { text: projects, params } = 'ids' in asked ? among(asked.ids) : inScope(asked)
  const counts = new Map<number, ProjectCounts>()
  const keys = reader.all<{ readonly id: number; readonly keys: number }>(
    `SELECT pr.id, count(*) AS keys FROM ${projects} CROSS JOIN key_version k ON k.project_id = pr.id AND k.to_sync IS NULL
     GROUP BY pr.id`,
    params,
  )
  for (const { id, keys: count } of keys) counts.set(id, { ...NONE, keys: count })
  const reached = reader.all<Omit<ProjectCounts, 'keys'> & { readonly id: number }>(
    `SELECT pr.id, count(DISTINCT iif(p.kind = 'user', p.id, NULL)) AS people,
       count(DISTINCT iif(p.kind = 'service-account', p.id, NULL)) AS serviceAccounts
     FROM ${projects} CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.project_id = pr.id CROSS JOIN principal p ON p.id = e.principal_id
     GROUP BY pr.id`,
    { ...params, now },
  )
  for (const { id, people, serviceAccounts } of reached) {
    counts.set(id, { people, serviceAccounts, keys: getCounts(counts, id).keys })
  }
  return counts
}

export function getCounts(counts: ReadonlyMap<number, ProjectCounts>, project: number): ProjectCounts {
  return counts.get(project) ?? NONE
}

/** Projects `pr`. */
function inScope(scope: Scope): Sql {
  const { text, params } = connectionsInScope(scope)
  return { text: `(${text}) s CROSS JOIN project pr ON pr.connection_id = s.id`, params }
}

function among(ids: readonly number[]): Sql {
  return {
    text: 'json_each(:projects) j CROSS JOIN project pr ON pr.id = j.value',
    params: { projects: idsParam(ids) },
  }
}
