import type { Outputs } from '../../../shared/contract/contract.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

type Tree = Outputs['structure']['tree']

interface TreeRow {
  readonly connection_id: number
  readonly id: number
  readonly name: string
  readonly external_id: string
  readonly status: string
  readonly is_default: number
  readonly people: number
  readonly service_accounts: number
  readonly keys: number
}

export type TreeProject = Tree[number]['connections'][number]['projects'][number]

export interface ConnectionCounts {
  readonly people: number
  readonly keys: number
  readonly projects: readonly TreeProject[]
}

/** The projects of every connection in scope with their counts, active ones first. */
export function structureOf(reader: Reader, scope: Scope): ReadonlyMap<number, ConnectionCounts> {
  const inScope = connectionsInScope(scope)
  const reached = (kind: string): string =>
    `(SELECT count(DISTINCT e.principal_id) FROM effective_access e JOIN principal p ON p.id = e.principal_id WHERE e.project_id = n.id AND p.kind = '${kind}')`
  const projects = Map.groupBy(
    reader.all<TreeRow>(
      `SELECT n.connection_id, n.id, n.name, n.external_id, n.status, n.is_default, ${reached('user')} AS people,
         ${reached('service-account')} AS service_accounts,
         (SELECT count(*) FROM key_version k WHERE k.project_id = n.id AND k.to_sync IS NULL) AS keys
       FROM project_now n WHERE n.connection_id IN (${inScope.text})
       ORDER BY n.connection_id, n.status = 'archived', n.name COLLATE NOCASE, n.id`,
      inScope.params,
    ),
    (row) => row.connection_id,
  )
  const totals = reader.all<{ id: number; people: number; keys: number }>(
    `SELECT cn.id, (SELECT count(*) FROM principal_now p WHERE p.connection_id = cn.id AND p.kind = 'user') AS people,
       (SELECT count(*) FROM key k WHERE k.connection_id = cn.id AND k.standing = 1) AS keys
     FROM connection cn WHERE cn.id IN (${inScope.text})`,
    inScope.params,
  )
  return new Map(
    totals.map((total) => [
      total.id,
      {
        people: total.people,
        keys: total.keys,
        projects: (projects.get(total.id) ?? []).map((row) => ({
          id: row.id,
          name: row.name,
          externalId: row.external_id,
          status: row.status,
          isDefault: row.is_default === 1,
          people: row.people,
          serviceAccounts: row.service_accounts,
          keys: row.keys,
        })),
      },
    ]),
  )
}
