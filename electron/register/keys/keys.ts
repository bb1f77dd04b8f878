import type { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import { type KeyFilter, type KeyFlag, type KeyRow, KEYS, keyRow } from '../../../shared/nouns/keys.ts'
import { addDays, type Day, daysBetween, type Moment } from '../../../shared/domain/day.ts'
import type { KEY_COUNTS } from '../../../shared/contract/keys.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { nextReminder, reminderAfterSnooze } from '../../../shared/domain/reminder.ts'
import { longestLead, rotationState } from '../../../shared/domain/rotation.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { LAST_USE_REF } from '../facts/last-use.ts'
import { END_STATE } from '../facts/key-end.ts'
import { JOIN_OWNER, OWNER_PRESENT, isPersonalKey, isWorkspaceKey, keyHolder } from '../facts/key-holder.ts'
import { DUE_BASIS, DUE_ON, OPENS, keyStatus } from '../facts/key-state.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'
import { isUnused } from '../facts/unused.ts'
import { policyLookup } from '../clients/policy.ts'
import { environmentOf, IS_DECOY, selectKeys } from '../schema/keys.ts'
import { filterRows, orderNullsLast, orderRows, selectColumns, type Sort } from '../db/noun.ts'
import { readRows } from '../db/rows.ts'
import {
  anyOf,
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

/** The columns of a key, including what its rotation state is computed from. */
const keyColumns = keyRow.extend({
  rotation: keyRow.shape.rotation
    .pick({ dueOn: true, basis: true, lastRotatedOn: true, snoozedUntil: true })
    .extend({ clientId: id }),
})

const SELECT = selectColumns(keyColumns, 'k', {
  keyId: 'k.id',
  status: keyStatus('k'),
  client: CLIENT_REF,
  connection: CONNECTION_REF,
  project: PROJECT_REF,
  holder: keyHolder('cn.provider', 'k'),
  owner: `k.owner_state AS "owner.state", k.owner_kind AS "owner.kind", ifnull(k.owner_name, oa.name) AS "owner.name",
    ifnull(k.owner_email, oa.email) AS "owner.email", o.person_id AS "owner.personId", ${OWNER_PRESENT} AS "owner.present",
    k.owner_access AS "owner.access"`,
  lastUse: LAST_USE_REF,
  endState: END_STATE('cn.provider', 'k.'),
  rotation: `${DUE_ON} AS "rotation.dueOn", ${DUE_BASIS} AS "rotation.basis", k.last_rotated_on AS "rotation.lastRotatedOn",
    k.snoozed_until AS "rotation.snoozedUntil", c.id AS "rotation.clientId"`,
})

/** Key rows for ids, in the order given; ids that do not exist are left out. One statement whatever their number. */
export function keyRows(reader: Reader, ids: readonly number[], { now, today }: Moment): KeyRow[] {
  const rows = readRows(
    reader,
    keyColumns,
    `SELECT ${SELECT}
     FROM json_each(:ids) j
     JOIN key_last_row k ON k.id = j.value
     JOIN connection cn ON cn.id = k.connection_id
     JOIN client c ON c.id = cn.client_id
     LEFT JOIN project_ref pr ON pr.id = k.project_id
     ${JOIN_OWNER}
     ORDER BY j.key`,
    { ids: idsParam(ids), now },
  )
  const getPolicy = policyLookup(reader)
  return rows.map((row) =>
    Object.assign(row, { rotation: toRotation(row.rotation, getPolicy(row.rotation.clientId), today) }),
  )
}

function toRotation(
  { dueOn, basis, lastRotatedOn, snoozedUntil }: z.infer<typeof keyColumns>['rotation'],
  policy: Policy,
  today: Day,
): KeyRow['rotation'] {
  // An expired snooze no longer applies, even if no reminder was sent.
  const snoozed = snoozedUntil !== null && snoozedUntil > today ? snoozedUntil : null
  return {
    dueOn,
    basis,
    state: rotationState(dueOn, today, policy),
    daysLeft: dueOn === null ? null : daysBetween(today, dueOn),
    lastRotatedOn,
    snoozedUntil: snoozed,
    nextReminderOn:
      dueOn === null
        ? null
        : snoozed === null
          ? nextReminder(dueOn, today, policy)
          : reminderAfterSnooze(dueOn, snoozed, policy),
  }
}

/** A usable key without an owner; a decoy needs none. */
export const UNOWNED = `(k.unowned = 1 AND ${OPENS} AND NOT ${IS_DECOY})`

const PROVIDER = '(SELECT n.provider FROM connection n WHERE n.id = k.connection_id)'

const KEY_FLAGS: Readonly<Record<Exclude<KeyFlag, 'unused'>, string>> = {
  unowned: UNOWNED,
  never: `k.last_use_state = 'never'`,
  personal: isPersonalKey(PROVIDER, 'k'),
  decoy: IS_DECOY,
}

/** Usable keys but decoys that are unused by the policy of their client: one condition for all clients with the same days. */
function unusedCondition(reader: Reader, now: number): Sql {
  const getPolicy = policyLookup(reader)
  const connections = reader.all<{ id: number; client_id: number }>('SELECT id, client_id FROM connection')
  if (connections.length === 0) return { text: '0', params: {} }
  const groups = Map.groupBy(connections, ({ client_id: client }) => {
    const { unusedFlagDays, neverUsedDays } = getPolicy(client)
    return JSON.stringify([unusedFlagDays, neverUsedDays])
  })
  const conditions = [...groups].map(([days, own], at): Sql => {
    const [flag = 0, never = 0] = JSON.parse(days) as number[]
    const isOwn = `k.connection_id IN (SELECT value FROM json_each(:unused_ids_${at})) AND `
    return {
      text: `${groups.size === 1 ? '' : isOwn}${isUnused(`:unused_flag_${at}`, `:unused_never_${at}`)}`,
      params: {
        [`unused_flag_${at}`]: now - flag * DAY_MS,
        [`unused_never_${at}`]: now - never * DAY_MS,
        ...(groups.size === 1 ? {} : { [`unused_ids_${at}`]: JSON.stringify(own.map(({ id }) => id)) }),
      },
    }
  })
  return listAll([{ text: OPENS, params: { now } }, listAny(conditions), { text: `NOT ${IS_DECOY}`, params: {} }])
}

/** For each connection, the last day on which a key counts as due, by its client's lead time. */
export function dueUntil(reader: Reader, today: Day): Readonly<Record<string, Day>> {
  const getPolicy = policyLookup(reader)
  return Object.fromEntries(
    reader
      .all<{ id: number; client_id: number }>('SELECT id, client_id FROM connection')
      .map((row) => [row.id, addDays(today, longestLead(getPolicy(row.client_id)))]),
  )
}

/**
 * The last day that counts as due in a connection, from the parameter `due_until`. `connection` is an expression outside
 * the rows of keys where they are many: it is looked up again for each of its values.
 */
export function dueUntilOf(connection: string): string {
  return `(SELECT j.value FROM json_each(:due_until) j WHERE j.key = ${connection})`
}

/** A condition for keys in a rotation state, by each client's own lead time. */
function rotationCondition(reader: Reader, state: string, { now, today }: Moment): Sql {
  if (state === 'unknown') return { text: `(k.due_on IS NULL OR NOT ${OPENS})`, params: { now } }
  if (state === 'overdue') return { text: `k.due_on < :today AND ${OPENS}`, params: { now, today } }
  const days = dueUntil(reader, today)
  const sorted = Object.values(days).toSorted()
  const [least = today, most = today] = [sorted[0], sorted.at(-1)]
  // The days of all connections bound the rows first: the day of its own connection is looked up for those that are left.
  const isSame = least === most
  const params = { now, ...(isSame ? {} : { due_until: JSON.stringify(days) }) }
  const own = dueUntilOf('k.connection_id')
  return state === 'due'
    ? {
        text: `k.due_on >= :today AND k.due_on <= :due_most${isSame ? '' : ` AND k.due_on <= ${own}`} AND ${OPENS}`,
        params: { ...params, today, due_most: most },
      }
    : {
        text: `k.due_on > :due_least${isSame ? '' : ` AND k.due_on > ${own}`} AND ${OPENS}`,
        params: { ...params, due_least: least },
      }
}

function withNow({ text, params }: Sql, now: number): Sql {
  return { text, params: { ...params, now } }
}

function flagCondition(reader: Reader, flag: KeyFlag, now: number): Sql {
  if (flag === 'unused') return unusedCondition(reader, now)
  return { text: KEY_FLAGS[flag], params: flag === 'unowned' ? { now } : {} }
}

/** Whose key `k` is. */
const ACCOUNT = `CASE WHEN ${isWorkspaceKey(PROVIDER, 'k')} OR k.owner_state = 'none' THEN 'none'
  WHEN k.owner_state = 'known' AND k.owner_kind = 'user' THEN 'person'
  WHEN k.owner_state = 'known' AND k.owner_kind = 'service-account' THEN 'service-account' ELSE 'unknown' END`

const KEY_ORDER = {
  due: (d: string) => `${orderNullsLast(DUE_ON, d)}, k.connection_id`,
  name: (d: string) => `k.name COLLATE NOCASE ${d}`,
  client: (d: string) => `c.name COLLATE NOCASE ${d}, k.name COLLATE NOCASE`,
  project: (d: string) => orderNullsLast('k.project_name COLLATE NOCASE', d),
  // Workspace keys are grouped together, by creator.
  owner: (d: string) =>
    orderNullsLast(
      `(CASE WHEN ${isWorkspaceKey(PROVIDER, 'k')} THEN 'Workspace ' ELSE '' END || ifnull(k.owner_name, k.owner_email)) COLLATE NOCASE`,
      d,
    ),
}

/** The columns of key `k` that a condition or an order reads. */
function findColumns(sql: string): ReadonlySet<string> {
  return new Set([...sql.matchAll(/\bk\.(\w+)/gu)].map(([, column = '']) => column))
}

export interface KeyQuery extends KeyFilter {
  readonly sort: Sort<(typeof KEYS.sorts)[number]>
}

/** The ids of all current keys that match a filter, in order. */
export function keyIds(reader: Reader, query: KeyQuery, moment: Moment): number[] {
  const { now } = moment
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: `k.connection_id IN (${scope.text})`, params: scope.params },
    ...filterRows(
      KEYS.filters,
      'k',
      { ...query, search: query.search?.trim() || undefined },
      {
        search: keySearch,
        connection: (connection) => ({ text: 'k.connection_id = :connection', params: { connection } }),
        project: (project) => ({ text: 'k.project_id = :project', params: { project } }),
        person: (person) => ({ text: KEYS_OF_PERSON, params: { person } }),
        principal: (principal) => ({ text: KEYS_OF_ACCOUNT, params: { principal } }),
        environment: (names) => anyOf(environmentOf('k.named_environment'), 'environment', names),
        status: (statuses) => withNow(anyOf(keyStatus('k'), 'status', statuses), now),
        rotation: (states) => listAny(toList(states).map((state) => rotationCondition(reader, state, moment))),
        flag: (flags) => listAny(toList(flags).map((flag) => flagCondition(reader, flag, now))),
        account: (accounts) => anyOf(ACCOUNT, 'account', accounts),
        dueFrom: (from) => ({ text: `k.due_on >= :due_earliest AND ${OPENS}`, params: { now, due_earliest: from } }),
        dueUntil: (until) => ({ text: `k.due_on <= :due_latest AND ${OPENS}`, params: { now, due_latest: until } }),
      },
    ),
  ])
  const order = orderRows(KEYS, 'k', KEY_ORDER, query.sort)
  const columns = findColumns(`k.id k.connection_id k.due_on ${OPENS} ${where.text} ${order}`)
  if (query.sort.by === 'due' && !isNarrow(query)) {
    const from = `(${selectKeys(columns, 'INDEXED BY key_due')}) k`
    return inDueOrder(reader, from, where, query.sort.direction, now)
  }
  const join =
    query.sort.by === 'client'
      ? 'JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id'
      : ''
  return reader.column<number>(
    `SELECT k.id FROM (${selectKeys(columns)}) k ${join} WHERE ${where.text} ORDER BY ${order}, k.id`,
    { ...where.params, now },
  )
}

/** Filters that find few keys by their own index; these keys are then sorted. */
function isNarrow(query: KeyQuery): boolean {
  return (
    [query.person, query.principal, query.project].some((id) => id !== undefined) || (query.search?.trim() ?? '') !== ''
  )
}

/** Keys by due day directly from the index, keys without one last; never sorted, whatever their number. */
function inDueOrder(reader: Reader, from: string, where: Sql, direction: 'asc' | 'desc', now: number): number[] {
  const params = { ...where.params, now }
  const indexed = `FROM ${from} WHERE ${where.text}`
  const dated = reader.column<number>(
    `SELECT k.id ${indexed} AND k.due_on IS NOT NULL AND ${OPENS}
     ORDER BY k.due_on ${direction}, k.connection_id ${direction}, k.id ${direction}`,
    params,
  )
  const undated = reader.column<number>(
    `SELECT k.id ${indexed} AND k.due_on IS NULL ORDER BY k.connection_id, k.id`,
    where.params,
  )
  const ended = reader.column<number>(
    `SELECT k.id ${indexed} AND k.due_on IS NOT NULL AND NOT ${OPENS} ORDER BY k.due_on, k.connection_id, k.id`,
    params,
  )
  return [...dated, ...undated, ...ended]
}

const KEYS_OF_PERSON = `k.id IN (SELECT ok.id FROM principal o
  JOIN reported_key_row ok ON ok.owner_external_id = o.external_id AND +ok.connection_id = o.connection_id WHERE o.person_id = :person)`

const KEYS_OF_ACCOUNT = KEYS_OF_PERSON.replace('o.person_id = :person', 'o.id = :principal')

function keySearch(text: string): Sql {
  const phrase = ftsPhrase(text)
  return phrase === null
    ? { text: `k.name LIKE :key_like ESCAPE '\\'`, params: { key_like: likeParam(text) } }
    : {
        text: `k.id IN (${matchingIds('key', 'key_phrase')})`,
        params: { key_phrase: phrase },
      }
}

interface DueKeys extends Scope {
  readonly until?: Day | undefined
  readonly contact?: string | undefined
  /** Only these keys; left out: all. */
  readonly among?: readonly number[] | undefined
}

/** Ids of keys with a due day up to a day, earliest first: one read of the due index, of a slice or of all. */
export function dueKeyIds(
  reader: Reader,
  query: DueKeys,
  now: number,
  slice: { readonly offset: number; readonly limit: number } = { offset: 0, limit: -1 },
): number[] {
  const { text, params } = fromDue(query, now)
  return reader.column<number>(
    `SELECT k.id ${text} ORDER BY k.due_on, k.connection_id, k.id LIMIT :limit OFFSET :offset`,
    { ...params, limit: slice.limit, offset: slice.offset },
  )
}

/** How many keys `dueKeyIds` finds. */
export function countDueKeys(reader: Reader, query: DueKeys, now: number): number {
  const { text, params } = fromDue(query, now)
  return reader.value<number>(`SELECT count(*) ${text}`, params) ?? 0
}

function fromDue(query: DueKeys, now: number): Sql {
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: OPENS, params: { now } },
    { text: `k.connection_id IN (${scope.text})`, params: scope.params },
    when(query.until, (until) => ({ text: 'k.due_on <= :until', params: { until } })),
    when(query.contact, (contact) => ({
      text: 'EXISTS (SELECT 1 FROM logical_key l WHERE l.id = k.logical_key_id AND l.contact = :contact)',
      params: { contact },
    })),
    when(query.among, (among) => ({
      text: 'k.id IN (SELECT value FROM json_each(:among))',
      params: { among: idsParam(among) },
    })),
  ])
  return {
    text: `FROM key k INDEXED BY key_due WHERE k.standing = 1 AND k.due_on IS NOT NULL AND ${where.text}`,
    params: where.params,
  }
}

export function firstSeen(reader: Reader, keyId: number): { readonly syncId: number; readonly at: number } | null {
  return (
    reader.get<{ syncId: number; at: number }>(
      `SELECT s.id AS syncId, s.finished_at AS at FROM key_version v JOIN sync s ON s.id = v.from_sync WHERE v.key_id = ? ORDER BY s.id LIMIT 1`,
      [keyId],
    ) ?? null
  )
}

type KeyCount = (typeof KEY_COUNTS)[number]

const COUNTED: Readonly<Record<Exclude<KeyCount, 'rotation'>, string>> = {
  environment: environmentOf('k.environment'),
  kind: 'k.kind',
  status: keyStatus('k'),
  account: ACCOUNT,
}

/** The values of a property of keys, with the number of keys; most first. Keys without a value are left out. */
export function countKeys(
  reader: Reader,
  ids: readonly number[],
  by: Exclude<KeyCount, 'rotation'>,
  now: number,
): readonly { readonly value: string; readonly count: number }[] {
  return reader.all(
    `SELECT value, count(*) AS count FROM (
       SELECT ${COUNTED[by]} AS value FROM json_each(:ids) j JOIN ${by === 'environment' ? 'key' : 'reported_key_row'} k ON k.id = j.value)
     WHERE value IS NOT NULL AND value <> '' GROUP BY value ORDER BY count DESC, value`,
    by === 'status' ? { ids: idsParam(ids), now } : { ids: idsParam(ids) },
  )
}
