import { z } from 'zod'

import { clientRef, day, id, instant, level } from '../../../shared/contract/common.ts'
import { type PeopleFilter, type PersonRow, personRow } from '../../../shared/nouns/people.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { isPrivileged, type Level, strongerLevel } from '../../../shared/domain/role.ts'
import { LEVEL_RANK } from '../access/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { departedSql } from './employment.ts'
import { AGENCY_DOMAINS, domainsOfClient, isExternal } from '../facts/external.ts'
import { ACCOUNT_KNOWN_USE_AT, ACCOUNT_LAST_USED_AT } from '../facts/last-use.ts'
import type { Reader } from '../db/handles.ts'
import { orderNullsLast, type Sort } from '../db/noun.ts'
import { readRows } from '../db/rows.ts'
import {
  listAll,
  listAny,
  connectionsInScope,
  ftsPhrase,
  idsParam,
  likeParam,
  type Scope,
  type Sql,
  toList,
  when,
} from '../db/scope.ts'
import { matchingIds } from '../db/search-index.ts'
import { EFFECTIVE_GRANTS, PRIVILEGED_GRANTS } from '../facts/grant-now.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'

const personColumns = personRow.pick({
  personId: true,
  name: true,
  email: true,
  projects: true,
  keys: true,
  departed: true,
})
type PersonColumns = z.infer<typeof personColumns>

const holding = z.object({
  personId: id,
  connectionId: id,
  client: clientRef,
  kind: z.enum(['user', 'invite']),
  level: level.nullable(),
  strongest: z.number().nullable(),
  lastUsedAt: instant.nullable(),
  knownUseAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  external: z.boolean(),
})
type Holding = z.infer<typeof holding>

const LEVEL_BY_RANK: readonly Level[] = ['owner', 'admin', 'member', 'billing', 'reader', 'other']

/*
 * A unary plus keeps SQLite from using the column's index: a few people are looked up by id, not by scanning every
 * connection in scope, whatever the planner assumes about the tables' sizes.
 */

/** Person rows for ids, in the order given, counting only what is in scope. Three statements whatever their number. */
export function personRows(reader: Reader, ids: readonly number[], scope: Scope, { now, today }: Moment): PersonRow[] {
  const inScope = connectionsInScope(scope)
  const params = { ids: idsParam(ids), ...inScope.params }
  const people = readRows(
    reader,
    personColumns,
    `SELECT n.id AS personId, n.name, n.email,
       (SELECT count(DISTINCT e.project_id) FROM principal p JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = p.id
        WHERE p.person_id = n.id AND +p.connection_id IN (${inScope.text})) AS projects,
       (SELECT count(*) FROM principal p
        JOIN reported_key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id
        WHERE p.person_id = n.id AND +p.connection_id IN (${inScope.text})) AS keys,
       EXISTS (SELECT 1 FROM employment e WHERE e.person_id = n.id AND ${departedSql('e')}) AS departed
     FROM json_each(:ids) j JOIN person n ON n.id = j.value ORDER BY j.key`,
    { ...params, now, today },
  )
  const holdings = Map.groupBy(
    readRows(
      reader,
      holding,
      `SELECT p.person_id AS personId, p.connection_id AS connectionId, ${CLIENT_REF}, p.kind, p.level,
         (SELECT min(${LEVEL_RANK('e.level')}) FROM ${EFFECTIVE_GRANTS} e WHERE e.principal_id = p.id) AS strongest,
         ${ACCOUNT_LAST_USED_AT} AS lastUsedAt, ${ACCOUNT_KNOWN_USE_AT} AS knownUseAt, p.last_reviewed_on AS lastReviewedOn,
         ${isExternal('p.email', AGENCY_DOMAINS, domainsOfClient('c'))} AS external
       FROM json_each(:ids) j JOIN account_row p ON p.person_id = j.value AND +p.connection_id IN (${inScope.text})
         AND NOT ${isExpiredInvite('p')}
       JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
       ORDER BY p.person_id, c.name COLLATE NOCASE`,
      { ...params, now },
    ),
    (row) => row.personId,
  )
  return people.map((person) => toPersonRow(person, holdings.get(person.personId) ?? []))
}

function toPersonRow(person: PersonColumns, holdings: readonly Holding[]): PersonRow {
  const users = holdings.filter((h) => h.kind === 'user')
  // For members, only held roles count; an offered role counts for people who hold nothing else.
  const level = (users.length > 0 ? users : holdings)
    .flatMap((h) => [
      h.kind === 'invite' ? (h.level ?? 'other') : 'other',
      LEVEL_BY_RANK[h.strongest ?? LEVEL_BY_RANK.length] ?? 'other',
    ])
    .reduce<Level>(strongerLevel, 'other')
  const reviewed = users.map((h) => h.lastReviewedOn)
  return {
    ...person,
    clients: [...new Map(holdings.map((h) => [h.client.slug, h.client])).values()],
    connections: new Set(holdings.map((h) => h.connectionId)).size,
    level,
    // A person who is only invited does not administer anything yet.
    privileged: users.length > 0 && isPrivileged(level),
    status: getStatus(users.length, holdings.length),
    ...findUse(latest(holdings.map((h) => h.lastUsedAt)), latest(holdings.map((h) => h.knownUseAt))),
    // A person is reviewed when every membership is: the oldest review counts, and one missing review means none.
    lastReviewedOn:
      reviewed.length === 0 || reviewed.includes(null)
        ? null
        : reviewed.reduce((a, b) => (a !== null && b !== null && a < b ? a : b)),
    external: holdings.some(({ external }) => external),
  }
}

/** The newest use counts; where the provider reports only some, it is not called the last one. */
function findUse(last: number | null, known: number | null): Pick<PersonRow, 'lastUsedAt' | 'knownUseAt'> {
  return known !== null && known > (last ?? 0)
    ? { lastUsedAt: null, knownUseAt: known }
    : { lastUsedAt: last, knownUseAt: null }
}

function getStatus(users: number, holdings: number): PersonRow['status'] {
  if (users > 0) return 'active'
  return holdings > 0 ? 'invited' : 'removed'
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null)
  return known.length === 0 ? null : Math.max(...known)
}

const EXTERNAL = `EXISTS (SELECT 1 FROM held h JOIN connection hn ON hn.id = h.connection_id JOIN client hc ON hc.id = hn.client_id
    WHERE h.person_id = n.id AND ${isExternal('h.email', AGENCY_DOMAINS, domainsOfClient('hc'))})`

export interface PeopleQuery extends PeopleFilter {
  readonly sort: Sort
}

const USERS = `EXISTS (SELECT 1 FROM held h WHERE h.person_id = n.id AND h.kind = 'user')`
/** What counts for a person's level: their access as a user, or, without any, the role of their invites. */
const COUNTED = `(h.kind = 'user' OR NOT EXISTS (SELECT 1 FROM held u WHERE u.person_id = h.person_id AND u.kind = 'user'))`
const OTHER = LEVEL_BY_RANK.indexOf('other')
const RANK = `ifnull((SELECT min(CASE h.kind WHEN 'invite' THEN ${LEVEL_RANK('h.level')} ELSE ${OTHER} END,
    ifnull((SELECT min(${LEVEL_RANK('e.level')}) FROM ${EFFECTIVE_GRANTS} e WHERE e.principal_id = h.id), ${OTHER})) AS rank
  FROM held h WHERE h.person_id = n.id AND ${COUNTED} ORDER BY rank LIMIT 1), ${OTHER})`
const PRIVILEGED = `SELECT h.person_id FROM ${PRIVILEGED_GRANTS} e JOIN held h ON h.id = e.principal_id
  WHERE e.level IN ('owner', 'admin') AND h.kind = 'user'`

const STATUS: Readonly<Record<Exclude<PersonRow['status'], 'removed'>, string>> = {
  active: USERS,
  invited: `NOT ${USERS}`,
}

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  name: (d) => `n.name COLLATE NOCASE ${d}`,
  email: (d) => orderNullsLast('n.email COLLATE NOCASE', d),
  level: (d) => `${RANK} ${d}, n.name COLLATE NOCASE`,
  projects: (d) =>
    `(SELECT count(DISTINCT e.project_id) FROM held h JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = h.id WHERE h.person_id = n.id) ${d}`,
  keys: (d) =>
    `(SELECT count(*) FROM held h
      JOIN reported_key_row k ON k.owner_external_id = h.external_id AND +k.connection_id = h.connection_id WHERE h.person_id = n.id) ${d}`,
  'last-used': (d) => getLast('last_used_at', d),
  'last-review': (d) => getLast('last_reviewed_on', d),
}

function getLast(column: string, direction: string): string {
  const last = `(SELECT max(h.${column}) FROM held h WHERE h.person_id = n.id)`
  return `${last} IS NULL, ${last} ${direction}`
}

/**
 * The ids of the people in scope that match a filter, in order: all, or the first. `removed` finds people who hold
 * nothing any more.
 */
export function personIds(reader: Reader, query: PeopleQuery, { now, today }: Moment, limit?: number): number[] {
  const inScope = connectionsInScope(query)
  const statuses = query.status === undefined ? [] : toList(query.status)
  const where = listAll([
    { text: holdsOrHeld(statuses, inScope.text), params: inScope.params },
    when(query.search?.trim() || undefined, personSearch),
    when(query.connection, (connection) => ({
      text: 'EXISTS (SELECT 1 FROM held h WHERE h.person_id = n.id AND h.connection_id = :connection)',
      params: { connection },
    })),
    when(query.project, (project) => ({
      text: `EXISTS (SELECT 1 FROM held h JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = h.id WHERE h.person_id = n.id AND e.project_id = :project)`,
      params: { project },
    })),
    when(query.level, (levels) =>
      listAny(
        toList(levels).map((level, at) => ({
          text: `${RANK} = ${LEVEL_RANK(`:level_${at}`)}`,
          params: { [`level_${at}`]: level },
        })),
      ),
    ),
    when(query.privileged, (privileged) => ({
      text: `n.id ${privileged ? '' : 'NOT '}IN (${PRIVILEGED})`,
      params: {},
    })),
    when(query.departed, (departed) => ({
      text: `n.id ${departed ? '' : 'NOT '}IN (SELECT e.person_id FROM employment e WHERE ${departedSql('e')})`,
      params: { today },
    })),
    when(query.external, (external) => ({ text: external ? EXTERNAL : `NOT (${EXTERNAL})`, params: {} })),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['name'])?.(query.sort.direction) ?? 'n.id'
  return reader.column<number>(
    `WITH held AS NOT MATERIALIZED (
       SELECT * FROM account_row p
       WHERE p.person_id IS NOT NULL AND p.connection_id IN (${inScope.text}) AND NOT ${isExpiredInvite('p')})
     SELECT n.id FROM person n WHERE ${where.text} ORDER BY ${order}, n.id ${limit === undefined ? '' : 'LIMIT :limit'}`,
    { ...where.params, now, ...(limit === undefined ? {} : { limit }) },
  )
}

/** People in one of some states, or, without any, those who hold something now. */
function holdsOrHeld(statuses: readonly PersonRow['status'][], connections: string): string {
  const held = 'EXISTS (SELECT 1 FROM held h WHERE h.person_id = n.id)'
  if (statuses.length === 0) return held
  const removed = `NOT ${held} AND EXISTS (SELECT 1 FROM principal p WHERE p.person_id = n.id AND p.removed = 1 AND +p.connection_id IN (${connections}))`
  const conditions = statuses.map((status) => (status === 'removed' ? removed : `${held} AND ${STATUS[status]}`))
  return conditions.map((each) => `(${each})`).join(' OR ')
}

function personSearch(text: string): Sql {
  const phrase = ftsPhrase(text)
  return phrase === null
    ? {
        text: `n.name LIKE :person_like ESCAPE '\\' OR n.email LIKE :person_like ESCAPE '\\'`,
        params: { person_like: likeParam(text) },
      }
    : {
        text: `n.id IN (${matchingIds('person', 'person_phrase')})`,
        params: { person_phrase: phrase },
      }
}

export function personAddresses(reader: Reader, personId: number): string[] {
  return reader.column<string>('SELECT address FROM person_address WHERE person_id = ? ORDER BY address', [personId])
}

/** Addresses and aliases by person. */
export function listAddresses(reader: Reader, ids: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const rows = reader.all<{ readonly personId: number; readonly address: string }>(
    'SELECT a.person_id AS personId, a.address FROM person_address a WHERE a.person_id IN (SELECT value FROM json_each(?)) ORDER BY a.address',
    [idsParam(ids)],
  )
  const grouped = Map.groupBy(rows, (row) => row.personId)
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ address }) => address)]))
}

/** Names and addresses by person, for lists of a few and for the journal. */
export function personNames(
  reader: Reader,
  ids: readonly number[],
): ReadonlyMap<number, { readonly personId: number; readonly name: string; readonly email: string | null }> {
  const rows = reader.all<{ readonly personId: number; readonly name: string; readonly email: string | null }>(
    'SELECT n.id AS personId, n.name, n.email FROM json_each(?) j JOIN person n ON n.id = j.value',
    [idsParam(ids)],
  )
  return new Map(rows.map((row) => [row.personId, row]))
}
