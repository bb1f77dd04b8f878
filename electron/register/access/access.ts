import { LEVELS } from '../../../shared/domain/role.ts'
import { ACCESS, type AccessFilter, type AccessRow, accessRow } from '../../../shared/nouns/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { filterRows, type Sort } from '../db/noun.ts'
import { readRows } from '../db/rows.ts'
import { PROVISIONED } from '../facts/details.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'
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
import { grantState, isEffective } from '../facts/grant-now.ts'

/** Grants for ids, in the order given, each with its state. One statement whatever their number. */
export function accessRows(reader: Reader, ids: readonly number[], now: number): AccessRow[] {
  return readRows(
    reader,
    accessRow,
    `SELECT CAST(e.id AS TEXT) AS rowKey, ${CLIENT_REF}, ${CONNECTION_REF}, p.id AS "principal.id", p.kind AS "principal.kind",
       p.external_id AS "principal.externalId", p.name AS "principal.name", p.email AS "principal.email", p.person_id AS "principal.personId",
       ${PROVISIONED} AS "principal.provisioned",
       ${PROJECT_REF}, e.role_raw AS roleRaw, e.level, e.via, CASE e.via WHEN 'group' THEN e.group_name ELSE e.via_role END AS viaName,
       e.granted_at AS grantedAt, ${grantState('e')} AS state
     FROM json_each(:ids) j
     JOIN grant_row e ON e.id = j.value
     JOIN account_ref p ON p.id = e.principal_id
     LEFT JOIN project_ref pr ON pr.id = e.project_id
     JOIN connection cn ON cn.id = e.connection_id
     JOIN client c ON c.id = cn.client_id
     ORDER BY j.key`,
    { ids: idsParam(ids), now },
  )
}

export interface AccessQuery extends AccessFilter {
  /** Of these accounts alone. */
  readonly accounts?: readonly number[] | undefined
  /** On these projects alone. */
  readonly projects?: readonly number[] | undefined
  /** On no project that has a name. */
  readonly projectless?: true | undefined
  readonly sort: Sort
}

/** Rank of a level in SQL, 0 strongest. */
export const LEVEL_RANK = (column: string): string =>
  `CASE ${column} ${LEVELS.map((level, rank) => `WHEN '${level}' THEN ${rank}`).join(' ')} ELSE ${LEVELS.length} END`

/** The name of account `p`, as lists order it. */
export const WHO = 'p.display_name COLLATE NOCASE'
const WHAT = 'e.project_name COLLATE NOCASE'
/** A grant of the whole organization, or on a project that no list has any more: without a name to order it by. */
const NO_PROJECT = '(e.project_id IS NULL OR NOT EXISTS (SELECT 1 FROM project_now n WHERE n.id = e.project_id))'

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  client: (d) => `c.name COLLATE NOCASE ${d}, cn.id, ${WHO}, ${WHAT}`,
  principal: (d) => `${WHO} ${d}, cn.id, ${WHAT}`,
  project: (d) => `${WHAT} ${d}, ${WHO}`,
  level: (d) => `${LEVEL_RANK('e.level')} ${d}, ${WHO}`,
}

/** The ids of all grants that match a filter, in order. Only what gives access is privileged or reaches keys. */
export function accessIds(reader: Reader, query: AccessQuery, now: number): number[] {
  const scope = connectionsInScope(query)
  const where = listAll([
    // The grants of a few accounts or projects are found by these, not by scanning every connection in scope.
    {
      text: `${query.accounts === undefined && query.projects === undefined ? '' : '+'}e.connection_id IN (${scope.text})`,
      params: scope.params,
    },
    ...filterRows(ACCESS.filters, 'e', query, {
      search: accessSearch,
      person: (person) => ({
        text: 'e.principal_id IN (SELECT id FROM principal WHERE person_id = :person)',
        params: { person },
      }),
      kind: (kinds) => anyOf('p.kind', 'kind', kinds),
      environment: reachesEnvironment,
      state: (states) => anyOf(`(${grantState('e')})`, 'state', states),
      privileged: (privileged) => ({
        text: `${privileged ? '' : 'NOT '}(e.level IN ('owner', 'admin') AND ${isEffective('e')})`,
        params: {},
      }),
    }),
    when(query.accounts, (accounts) => ({
      text: 'e.principal_id IN (SELECT value FROM json_each(:accounts))',
      params: { accounts: idsParam(accounts) },
    })),
    when(query.projects, (projects) => ({
      text: 'e.project_id IN (SELECT value FROM json_each(:projects))',
      params: { projects: idsParam(projects) },
    })),
    when(query.projectless, () => ({ text: NO_PROJECT, params: {} })),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['client'])?.(query.sort.direction) ?? 'e.id'
  return reader.column<number>(
    `SELECT e.id FROM grant_row e
     JOIN account_ref p ON p.id = e.principal_id
     JOIN connection cn ON cn.id = e.connection_id JOIN client c ON c.id = cn.client_id
     WHERE ${where.text} ORDER BY ${order}, e.id`,
    { ...where.params, now },
  )
}

/**
 * Grants that reach a key of an environment: those on its project, and, for a key of the whole organization, those of
 * the organization’s owners and admins. The keys are collected once, then looked up for each grant.
 */
function reachesEnvironment(environments: OneOrMany<string>): Sql {
  const { text, params } = anyOf('k.environment', 'environment', environments)
  const keys = `SELECT k.project_id FROM key_row k WHERE ${text}`
  return {
    text: `${isEffective('e')} AND (e.project_id IN (${keys} AND k.project_id IS NOT NULL) OR (e.project_id IS NULL AND e.level IN ('owner', 'admin')
      AND e.connection_id IN (${keys.replace('SELECT k.project_id', 'SELECT k.connection_id')} AND k.project_id IS NULL)))`,
    params,
  }
}

/** Grants whose person, account, project or role matches a text. People and projects are found by the trigram index. */
function accessSearch(text: string): Sql {
  const phrase = ftsPhrase(text)
  const like = (column: string): string => `${column} LIKE :access_like ESCAPE '\\'`
  const account = [like('p.name'), like('p.email'), like('p.external_id')].join(' OR ')
  const project =
    phrase === null
      ? `e.project_id IN (SELECT n.id FROM project_now n WHERE ${like('n.name')})`
      : `e.project_id IN (${matchingIds('project', 'access_phrase')})`
  const person = phrase === null ? [] : [`p.person_id IN (${matchingIds('person', 'access_phrase')})`]
  return {
    text: [...person, project, account, like('e.role_raw')].join(' OR '),
    params: { access_like: likeParam(text), ...(phrase === null ? {} : { access_phrase: phrase }) },
  }
}
