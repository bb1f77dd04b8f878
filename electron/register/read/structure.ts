import { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { type TreeProject, treeProject } from '../../../shared/contract/structure.ts'
import { countProjects, getCounts, type ProjectCounts, UNCOUNTED } from '../access/project-counts.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

const columns = z.object({ connectionId: id, project: treeProject })

export interface ConnectionCounts {
  readonly people: number
  readonly keys: number
  readonly projects: readonly TreeProject[]
}

/** The counts for the tree of a scope; projects without any of them are left out. */
export interface StructureCounts {
  readonly projects: ReadonlyMap<number, ProjectCounts>
  /** Accounts of people, by connection. */
  readonly people: ReadonlyMap<number, number>
}

export function countStructure(reader: Reader, scope: Scope, { now }: Pick<Moment, 'now'>): StructureCounts {
  const inScope = connectionsInScope(scope)
  const people = reader.all<{ readonly id: number; readonly people: number }>(
    `SELECT cn.id, (SELECT count(*) FROM account_row p WHERE p.connection_id = cn.id AND p.kind = 'user') AS people
     FROM connection cn WHERE cn.id IN (${inScope.text})`,
    inScope.params,
  )
  return {
    projects: countProjects(reader, scope, now),
    people: new Map(people.map((row) => [row.id, row.people])),
  }
}

/** The projects of every connection in scope with their counts, active ones first. */
export function readStructure(
  reader: Reader,
  scope: Scope,
  counts: StructureCounts,
): ReadonlyMap<number, ConnectionCounts> {
  const inScope = connectionsInScope(scope)
  const projects = Map.groupBy(
    readRows(
      reader,
      columns,
      `SELECT n.connection_id AS connectionId, n.id AS "project.id", n.name AS "project.name", n.external_id AS "project.externalId",
         n.status AS "project.status", n.is_default AS "project.isDefault", ${UNCOUNTED('project.')}
       FROM project_row n WHERE n.connection_id IN (${inScope.text})
       ORDER BY n.connection_id, n.status = 'archived', n.name COLLATE NOCASE, n.id`,
      inScope.params,
    ),
    (row) => row.connectionId,
  )
  const keys = reader.all<{ readonly id: number; readonly keys: number }>(
    `SELECT cn.id, ifnull(t.keys, 0) AS keys FROM connection cn LEFT JOIN connection_tally t ON t.connection_id = cn.id
     WHERE cn.id IN (${inScope.text})`,
    inScope.params,
  )
  return new Map(
    keys.map((row) => [
      row.id,
      {
        people: counts.people.get(row.id) ?? 0,
        keys: row.keys,
        projects: (projects.get(row.id) ?? []).map(({ project }) => ({
          ...project,
          ...getCounts(counts.projects, project.id),
        })),
      },
    ]),
  )
}
