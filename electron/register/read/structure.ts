import { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import { type TreeProject, treeProject } from '../../../shared/contract/structure.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

const columns = z.object({ connectionId: id, project: treeProject })

export interface ConnectionCounts {
  readonly people: number
  readonly keys: number
  readonly projects: readonly TreeProject[]
}

/** The projects of every connection in scope with their counts, active ones first. */
export function readStructure(reader: Reader, scope: Scope): ReadonlyMap<number, ConnectionCounts> {
  const inScope = connectionsInScope(scope)
  const reached = (kind: string): string =>
    `(SELECT count(DISTINCT e.principal_id) FROM effective_access e JOIN principal p ON p.id = e.principal_id WHERE e.project_id = n.id AND p.kind = '${kind}')`
  const projects = Map.groupBy(
    readRows(
      reader,
      columns,
      `SELECT n.connection_id AS connectionId, n.id AS "project.id", n.name AS "project.name", n.external_id AS "project.externalId",
         n.status AS "project.status", n.is_default AS "project.isDefault", ${reached('user')} AS "project.people",
         ${reached('service-account')} AS "project.serviceAccounts",
         (SELECT count(*) FROM key_version k WHERE k.project_id = n.id AND k.to_sync IS NULL) AS "project.keys"
       FROM project_now n WHERE n.connection_id IN (${inScope.text})
       ORDER BY n.connection_id, n.status = 'archived', n.name COLLATE NOCASE, n.id`,
      inScope.params,
    ),
    (row) => row.connectionId,
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
        projects: (projects.get(total.id) ?? []).map(({ project }) => project),
      },
    ]),
  )
}
