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
export function firstAccess(reader: Reader, query: AccessQuery, limit: number, now: number): FirstSlice | null {
  const { by } = query.sort
  if (!['client', 'principal', 'project'].some((order) => isPlain(query, order))) return null
  const connections = listConnections(reader, query)
  const total = connections.reduce((sum, { count }) => sum + count, 0)
  if (total < WORTH_SLICING) return null
  const ids =
    by === 'project'
      ? firstByProject(reader, query, limit, now, connections, total)
      : firstByAccount(reader, query, limit, now, by === 'client' ? takeEnough(connections, limit) : connections)
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

/** The accounts of some connections as a list by client orders their grants, up to a number. */
function accountsByClient(
  reader: Reader,
  direction: string,
  connections: readonly Connection[],
  most: number,
): readonly Account[] {
  return reader.all<Account>(
    `SELECT p.id, p.connection_id AS connection, ${WHO} AS who FROM account_ref p
     WHERE p.connection_id IN (SELECT value FROM json_each(:connections))
     ORDER BY (SELECT c.name FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id = p.connection_id) COLLATE NOCASE ${direction},
       p.connection_id, ${WHO} LIMIT :most`,
    { connections: idsParam(connections.map(({ id }) => id)), most },
  )
}

/** By this the index of names has the accounts that have a name or an address. */
const NAMED = "ifnull(nullif(v.name, ''), v.email)"

/**
 * The accounts in scope that have grants, by name, up to a number: the first of those with a name or an address, of those
 * with neither, and of removed ones, which are ordered by the id at their provider.
 */
function accountsByName(reader: Reader, query: AccessQuery, direction: string, most: number): readonly Account[] {
  const inScope = connectionsInScope(query)
  const isListed = `+p.connection_id IN (${inScope.text}) AND EXISTS (SELECT 1 FROM grant_row e WHERE e.principal_id = p.id)`
  const ways = [
    [
      NAMED,
      `principal_version v INDEXED BY principal_named CROSS JOIN principal p ON p.id = v.principal_id`,
      `v.to_sync IS NULL AND ${NAMED} COLLATE NOCASE >= ''`,
    ],
    [
      'p.external_id',
      `principal_version v INDEXED BY principal_named CROSS JOIN principal p ON p.id = v.principal_id`,
      `v.to_sync IS NULL AND ${NAMED} IS NULL`,
    ],
    ['p.external_id', 'principal p INDEXED BY principal_removed', 'p.removed = 1'],
  ] as const
  const first = ways.map(
    ([name, from, where]) =>
      `SELECT * FROM (SELECT p.id, p.connection_id AS connection, ${name} AS who FROM ${from} WHERE ${where} AND ${isListed}
       ORDER BY ${name} COLLATE NOCASE ${direction} LIMIT :most)`,
  )
  return reader.all<Account>(
    `SELECT id, connection, who FROM (${first.join(' UNION ALL ')}) ORDER BY who COLLATE NOCASE ${direction} LIMIT :most`,
    { ...inScope.params, most },
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
  now: number,
  connections: readonly Connection[],
  only: { readonly projectless?: true } = {},
): readonly number[] | null {
  const { by, direction } = query.sort
  for (const most of [limit * 2 + 1, limit * 32]) {
    const found =
      by === 'client'
        ? accountsByClient(reader, direction, connections, most)
        : accountsByName(reader, query, by === 'principal' ? direction : 'asc', most)
    const last = found.at(-1)
    // The grants of accounts with one name alternate; more accounts of the last name may follow.
    const isLast = ({ connection, who }: Account): boolean =>
      fold(who) === fold(last?.who ?? '') && (by !== 'client' || connection === last?.connection)
    const accounts = found.length < most ? found : found.filter((account) => !isLast(account))
    const ids = accessIds(reader, { ...query, ...only, accounts: accounts.map(({ id }) => id) }, now)
    if (ids.length >= limit) return ids.slice(0, limit)
    if (found.length < most) return null
  }
  return null
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
  now: number,
  connections: readonly Connection[],
  total: number,
): readonly number[] | null {
  const { direction } = query.sort
  const projects = reader.all<Project>(
    `SELECT n.id, n.name, (SELECT count(*) FROM grant_row e WHERE e.project_id = n.id) AS count
     FROM project_row n
     WHERE n.connection_id IN (SELECT value FROM json_each(:connections)) ORDER BY n.name COLLATE NOCASE ${direction}, n.id`,
    { connections: idsParam(connections.map(({ id }) => id)) },
  )
  const named = projects.reduce((sum, { count }) => sum + count, 0)
  if (direction === 'asc' && named < total)
    return firstByAccount(reader, query, limit, now, connections, { projectless: true })
  const enough = takeEnough(projects, limit)
  const last = enough.at(-1)
  // Grants of projects with one name alternate.
  const same = projects.slice(enough.length).filter(({ name }) => fold(name) === fold(last?.name ?? ''))
  const taken = [...enough, ...same]
  const sum = taken.reduce((all, { count }) => all + count, 0)
  if (sum < limit || sum > MOST_SORTED) return null
  return accessIds(reader, { ...query, projects: taken.map(({ id }) => id) }, now).slice(0, limit)
}
