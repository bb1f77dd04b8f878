import { type LimitRow, limitRow } from '../../../shared/contract/projects.ts'
import { type ProjectFilter, type ProjectRow, projectRow, PROJECTS } from '../../../shared/nouns/projects.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import { countProjects, getCounts, type ProjectCounts } from './project-counts.ts'
import type { Reader } from '../db/handles.ts'
import { detailOf, LIMIT_DETAILS } from '../facts/details.ts'
import { LIMITS } from '../facts/limits.ts'
import { filterRows, orderRows, selectColumns, type Sort } from '../db/noun.ts'
import { readRows } from '../db/rows.ts'
import { listAll, connectionsInScope, ftsPhrase, idsParam, likeParam, type Sql } from '../db/scope.ts'
import { matchingIds } from '../db/search-index.ts'

const TAGS = detailOf('tags', 'project', { connection: 'n.connection_id', externalId: 'n.external_id' })

const SELECT = selectColumns(projectRow, 'n', {
  projectId: 'n.id',
  client: CLIENT_REF,
  connection: CONNECTION_REF,
  tags: `ifnull(${TAGS}, '[]')`,
  // Counted apart, in one pass over all rows.
  people: '0',
  serviceAccounts: '0',
  keys: '0',
  limits: `(SELECT count(*) FROM ${LIMITS} l WHERE l.project_id = n.id AND l.to_sync IS NULL)`,
})

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
    `SELECT ${SELECT}
     FROM json_each(?) j CROSS JOIN project_row n ON n.id = j.value
     JOIN connection cn ON cn.id = n.connection_id JOIN client c ON c.id = cn.client_id
     ORDER BY j.key`,
    [idsParam(ids)],
  ).map((row) => ({ ...row, ...getCounts(counts, row.projectId) }))
}

export interface ProjectQuery extends ProjectFilter {
  readonly sort: Sort<(typeof PROJECTS.sorts)[number]>
}

const ORDER = {
  name: (d: string) => `n.name COLLATE NOCASE ${d}`,
  client: (d: string) => `c.name COLLATE NOCASE ${d}, n.name COLLATE NOCASE`,
}

/** The ids of the projects that match a filter, in order. `counts` is as in `projectRows`. */
export function projectIds(
  reader: Reader,
  query: ProjectQuery,
  now: number,
  counts?: ReadonlyMap<number, ProjectCounts>,
): number[] {
  const { by, direction } = query.sort
  if (by !== 'people' && by !== 'keys') return findProjects(reader, query, orderRows(PROJECTS, 'n', ORDER, query.sort))
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
    ...filterRows(PROJECTS.filters, 'n', query, { search: projectSearch }),
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
    `SELECT l.id, l.project_id AS "project.id", ifnull((SELECT n.name FROM project_now n WHERE n.id = l.project_id), '') AS "project.name", l.kind, l.enforcement, l.metric, l.model,
       l.amount, l.period, ${LIMIT_DETAILS}
     FROM ${LIMITS} l
     WHERE l.project_id = ? AND l.to_sync IS NULL ORDER BY l.kind = 'rate', l.model, l.metric, l.id`,
    [projectId],
  )
}
