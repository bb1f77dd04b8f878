import { type LimitRow, limitRow, type ProjectRow, projectRow } from '../../../shared/contract/projects.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import { countProjects, getCounts, type ProjectCounts, UNCOUNTED } from './project-counts.ts'
import type { ProjectStatus } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'
import { detailOf, LIMIT_DETAILS } from '../facts/details.ts'
import { LIMITS } from '../facts/limits.ts'
import { readRows } from '../db/rows.ts'
import {
  anyOf,
  listAll,
  connectionsInScope,
  ftsPhrase,
  idsParam,
  likeParam,
  type OneOrMany,
  type Sql,
  when,
} from '../db/scope.ts'
import { matchingIds } from '../db/search-index.ts'

const TAGS = detailOf('tags', 'project', { connection: 'n.connection_id', externalId: 'n.external_id' })

/** Project rows for ids, in the order given. `counts` has what was counted before; by default it is counted for these. */
export function projectRows(
  reader: Reader,
  ids: readonly number[],
  now: number,
  counts: ReadonlyMap<number, ProjectCounts> = countProjects(reader, { ids }, now),
): ProjectRow[] {
  return readRows(
    reader,
    projectRow,
    `SELECT n.id AS projectId, n.name, n.external_id AS externalId, ${CLIENT_REF}, ${CONNECTION_REF}, n.status, n.is_default AS isDefault,
       n.created_at AS createdAt, n.archived_at AS archivedAt, n.residency, ifnull(${TAGS}, '[]') AS tags, ${UNCOUNTED()},
       (SELECT count(*) FROM ${LIMITS} l WHERE l.project_id = n.id AND l.to_sync IS NULL) AS limits
     FROM json_each(?) j CROSS JOIN project_row n ON n.id = j.value
     JOIN connection cn ON cn.id = n.connection_id JOIN client c ON c.id = cn.client_id
     ORDER BY j.key`,
    [idsParam(ids)],
  ).map((row) => ({ ...row, ...getCounts(counts, row.projectId) }))
}

export interface ProjectQuery {
  readonly client?: string | undefined
  readonly search?: string | undefined
  readonly connection?: number | undefined
  readonly status?: OneOrMany<ProjectStatus> | undefined
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  name: (d) => `n.name COLLATE NOCASE ${d}`,
  client: (d) => `c.name COLLATE NOCASE ${d}, n.name COLLATE NOCASE`,
  created: (d) => `n.created_at IS NULL, n.created_at ${d}`,
}

/** The ids of the projects that match a filter, in order. `counts` is as in `projectRows`. */
export function projectIds(
  reader: Reader,
  query: ProjectQuery,
  now: number,
  counts?: ReadonlyMap<number, ProjectCounts>,
): number[] {
  const { by, direction } = query.sort
  if (by !== 'people' && by !== 'keys')
    return findProjects(reader, query, (ORDER[by] ?? ORDER['name'])?.(direction) ?? '')
  const ids = findProjects(reader, query, '')
  const known = counts ?? countProjects(reader, query, now)
  const sign = direction === 'desc' ? -1 : 1
  return ids.toSorted((a, b) => sign * (getCounts(known, a)[by] - getCounts(known, b)[by]))
}

/** Those of one place in the order are by their ids. */
function findProjects(reader: Reader, query: ProjectQuery, order: string): number[] {
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: `n.connection_id IN (${scope.text})`, params: scope.params },
    when(query.search?.trim() || undefined, projectSearch),
    when(query.connection, (connection) => ({ text: 'n.connection_id = :connection', params: { connection } })),
    when(query.status, (statuses) => anyOf('n.status', 'status', statuses)),
  ])
  return reader.column<number>(
    `SELECT n.id FROM project_row n JOIN connection cn ON cn.id = n.connection_id JOIN client c ON c.id = cn.client_id
     WHERE ${where.text} ORDER BY ${[order, 'n.id'].filter(Boolean).join(', ')}`,
    where.params,
  )
}

function projectSearch(text: string): Sql {
  const phrase = ftsPhrase(text)
  return phrase === null
    ? { text: `n.name LIKE :project_like ESCAPE '\\'`, params: { project_like: likeParam(text) } }
    : {
        text: `n.id IN (${matchingIds('project', 'project_phrase')})`,
        params: { project_phrase: phrase },
      }
}

/** Limits of a project, spend first. */
export function limitsOfProject(reader: Reader, projectId: number): LimitRow[] {
  return readRows(
    reader,
    limitRow,
    `SELECT l.id, l.project_id AS "project.id", ifnull((SELECT n.name FROM project_row n WHERE n.id = l.project_id), '') AS "project.name", l.kind, l.enforcement, l.metric, l.model,
       l.amount, l.period, ${LIMIT_DETAILS}
     FROM ${LIMITS} l
     WHERE l.project_id = ? AND l.to_sync IS NULL ORDER BY l.kind = 'rate', l.model, l.metric, l.id`,
    [projectId],
  )
}
