import type { Reader } from '../db/handles.ts'
import { type FirstSlice, isPlain, WORTH_SLICING } from '../db/first-slice.ts'
import { connectionsInScope, idsParam } from '../db/scope.ts'
import { accessIds, type AccessQuery, WHO } from './access.ts'

/** The most grants that are sorted for the beginning of a list; above it, the whole list is sorted. */
const MOST_SORTED = 60_000

/**
 * The first ids of all access in scope by client, account or project, as `accessIds` orders them: only the grants of the
 * accounts or projects that come first are sorted. Null where the whole list has to be read for them.
 */
export function firstAccess(reader: Reader, query: AccessQuery, limit: number): FirstSlice | null {
  const { by } = query.sort
  if (!['client', 'principal', 'project'].some((order) => isPlain(query, order))) return null
  const connections = listConnections(reader, query)
  const total = connections.reduce((sum, { count }) => sum + count, 0)
  if (total < WORTH_SLICING) return null
  const ids =
    by === 'project'
      ? firstByProject(reader, query, limit, connections, total)
      : firstByAccount(reader, query, limit, by === 'client' ? takeEnough(connections, limit) : connections)
  return ids === null ? null : { total, ids }
}

interface Connection {
  readonly id: number
  /** How many grants it has. */
  readonly count: number
}

/** The connections in scope, in the order of a list by client. */
function listConnections(reader: Reader, query: AccessQuery): readonly Connection[] {
  const inScope = connectionsInScope(query)
  return reader.all<Connection>(
    `SELECT cn.id, ifnull(t.access, 0) AS count FROM connection cn JOIN client c ON c.id = cn.client_id
     LEFT JOIN connection_tally t ON t.connection_id = cn.id WHERE cn.id IN (${inScope.text})
     ORDER BY c.name COLLATE NOCASE ${query.sort.direction}, cn.id`,
    inScope.params,
  )
}

/** As many of the first as have so many together. */
function takeEnough<T extends { readonly count: number }>(list: readonly T[], limit: number): readonly T[] {
  let sum = 0
  const end = list.findIndex(({ count }) => (sum += count) >= limit)
  return end === -1 ? list : list.slice(0, end + 1)
}

interface Account {
  readonly id: number
  readonly connection: number
  readonly who: string
}

/** The accounts of some connections in the order in which a list shows their grants, up to a number. */
function firstAccounts(
  reader: Reader,
  { by, direction }: AccessQuery['sort'],
  connections: readonly Connection[],
  most: number,
): readonly Account[] {
  const order =
    by === 'client'
      ? `(SELECT c.name FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id = p.connection_id) COLLATE NOCASE ${direction}, p.connection_id, ${WHO}`
      : by === 'principal'
        ? `${WHO} ${direction}, p.connection_id`
        : WHO
  return reader.all<Account>(
    `SELECT p.id, p.connection_id AS connection, ${WHO} AS who FROM principal p
     LEFT JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
     WHERE p.connection_id IN (SELECT value FROM json_each(:connections)) ORDER BY ${order} LIMIT :most`,
    { connections: idsParam(connections.map(({ id }) => id)), most },
  )
}

/** Equal as `NOCASE` compares. */
function fold(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase())
}

/** The first grants of lists whose order begins with the account. `only` leaves out grants that come later. */
function firstByAccount(
  reader: Reader,
  query: AccessQuery,
  limit: number,
  connections: readonly Connection[],
  only: { readonly projectless?: true } = {},
): readonly number[] | null {
  const most = limit * 2 + 1
  const found = firstAccounts(reader, query.sort, connections, most)
  const last = found.at(-1)
  // The grants of accounts with one name alternate; more accounts of the last name may follow.
  const isLast = ({ connection, who }: Account): boolean =>
    fold(who) === fold(last?.who ?? '') && (query.sort.by === 'project' || connection === last?.connection)
  const accounts = found.length < most ? found : found.filter((account) => !isLast(account))
  const ids = accessIds(reader, { ...query, ...only, accounts: accounts.map(({ id }) => id) })
  return ids.length < limit ? null : ids.slice(0, limit)
}

interface Project {
  readonly id: number
  readonly name: string
  readonly count: number
}

/** The first grants by project: in ascending order those of no project, by account, come first. */
function firstByProject(
  reader: Reader,
  query: AccessQuery,
  limit: number,
  connections: readonly Connection[],
  total: number,
): readonly number[] | null {
  const { direction } = query.sort
  const projects = reader.all<Project>(
    `SELECT pr.id, n.name, (SELECT count(*) FROM effective_access e INDEXED BY effective_access_of_project WHERE e.project_id = pr.id) AS count
     FROM project pr JOIN project_version n ON n.project_id = pr.id AND n.to_sync IS NULL
     WHERE pr.connection_id IN (SELECT value FROM json_each(:connections)) ORDER BY n.name COLLATE NOCASE ${direction}, pr.id`,
    { connections: idsParam(connections.map(({ id }) => id)) },
  )
  const named = projects.reduce((sum, { count }) => sum + count, 0)
  if (direction === 'asc' && named < total)
    return firstByAccount(reader, query, limit, connections, { projectless: true })
  const enough = takeEnough(projects, limit)
  const last = enough.at(-1)
  // Grants of projects with one name alternate.
  const same = projects.slice(enough.length).filter(({ name }) => fold(name) === fold(last?.name ?? ''))
  const taken = [...enough, ...same]
  const sum = taken.reduce((all, { count }) => all + count, 0)
  if (sum < limit || sum > MOST_SORTED) return null
  return accessIds(reader, { ...query, projects: taken.map(({ id }) => id) }).slice(0, limit)
}
