import { type EventLog, eventLog } from '../../../shared/contract/events.ts'
import { type EventFilter, type EventRow, eventRow } from '../../../shared/nouns/events.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { anyOf, connectionsInScope, idsParam, likeParam, listAll, type Sql, when } from '../db/scope.ts'
import { ABOUT_CERTIFICATE } from '../facts/event-about.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'

const like = (columns: readonly string[], name: string, text: string): Sql => ({
  text: columns.map((column) => `${column} LIKE :${name} ESCAPE '\\'`).join(' OR '),
  params: { [name]: likeParam(text) },
})

/** A principal of the same connection whose person has this name. */
const NAMED = (column: 'actor_x' | 'subject_x', name: string): string => `(e.connection_id, e.${column}) IN (
  SELECT p.connection_id, p.external_id FROM principal p JOIN person n ON n.id = p.person_id WHERE n.name LIKE :${name} ESCAPE '\\')`

/** A key of the same connection that had this name. */
const KEY_NAMED = `(e.connection_id, e.subject_x) IN (
  SELECT k.connection_id, k.external_id FROM key_history k WHERE k.name LIKE :like ESCAPE '\\')`

/** The ids of events that match, newest first. */
export function eventIds(reader: Reader, query: EventFilter): number[] {
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: `e.connection_id IN (${scope.text})`, params: scope.params },
    when(query.connection, (connection) => ({ text: 'e.connection_id = :connection', params: { connection } })),
    when(query.since, (since) => ({ text: 'e.at >= :since', params: { since } })),
    when(query.until, (until) => ({ text: 'e.at < :until', params: { until } })),
    when(query.subject, (subjects) => anyOf('e.subject', 'subject', subjects)),
    when(query.act, (acts) => anyOf('e.act', 'act', acts)),
    when(query.keyId, (key) => ({
      text: '(e.connection_id, e.subject_x) = (SELECT k.connection_id, k.external_id FROM key k WHERE k.id = :key)',
      params: { key },
    })),
    when(query.personId, (person) => ({
      text: '(e.connection_id, e.subject_x) IN (SELECT p.connection_id, p.external_id FROM principal p WHERE p.person_id = :person)',
      params: { person },
    })),
    when(query.project, (project) => ({
      text: `(e.connection_id, e.project_x) = (SELECT p.connection_id, p.external_id FROM project p WHERE p.id = :project)
        OR (e.connection_id, e.subject_x) = (SELECT p.connection_id, p.external_id FROM project p WHERE p.id = :project)`,
      params: { project },
    })),
    when(query.federationId, (rule) => ({
      text: '(e.connection_id, e.subject_x) = (SELECT f.connection_id, f.external_id FROM federation_version f WHERE f.id = :rule)',
      params: { rule },
    })),
    when(query.certificateId, (certificate) => ({
      text: `EXISTS (SELECT 1 FROM certificate_version f WHERE f.id = :certificate AND f.connection_id = e.connection_id AND ${ABOUT_CERTIFICATE})`,
      params: { certificate },
    })),
    when(query.actor?.trim() || undefined, (text) => {
      const own = like(['e.actor_email', 'e.actor_x', 'e.actor_address'], 'actor', text)
      return { text: `${own.text} OR ${NAMED('actor_x', 'actor')}`, params: own.params }
    }),
    when(query.search?.trim() || undefined, (text) => {
      const own = like(['e.type', 'e.subject_name', 'e.subject_x', 'e.actor_email', 'e.actor_x'], 'like', text)
      return {
        text: `${own.text} OR ${NAMED('actor_x', 'like')} OR ${NAMED('subject_x', 'like')} OR ${KEY_NAMED}`,
        params: own.params,
      }
    }),
  ])
  return reader.column<number>(
    `SELECT e.id FROM event e WHERE ${where.text} ORDER BY e.at DESC, e.id DESC`,
    where.params,
  )
}

/** The last name of a key, principal or project, current or not. */
const lastName = (table: string, of: string, id: string): string =>
  `(SELECT x.name FROM ${table} x WHERE x.${of} = ${id} ORDER BY x.from_sync DESC LIMIT 1)`

const SUBJECT_NAME = `coalesce(${lastName('key_version', 'key_id', 'k.id')}, ps.name, ${lastName('principal_version', 'principal_id', 'p.id')},
  ${lastName('project_version', 'project_id', 'sp.id')}, e.subject_name)`
const ACTOR_NAME = `coalesce(ap.name, ${lastName('principal_version', 'principal_id', 'a.id')}, ${lastName('key_version', 'key_id', 'ak.id')})`

/** Rows for ids, in the order given. One statement whatever their number. */
export function eventRows(reader: Reader, ids: readonly number[]): EventRow[] {
  return readRows(
    reader,
    eventRow,
    `SELECT e.id AS eventId, ${CLIENT_REF}, ${CONNECTION_REF}, e.external_id AS externalId, e.at, e.type, e.act,
       e.subject AS "subject.kind", e.subject_x AS "subject.externalId", ${SUBJECT_NAME} AS "subject.name",
       k.id AS "subject.keyId", p.person_id AS "subject.personId", sp.id AS "subject.projectId",
       ${PROJECT_REF}, e.project_x AS projectExternalId, e.role_raw AS role, e.level,
       e.actor AS "actor.kind", e.actor_x AS "actor.externalId", ${ACTOR_NAME} AS "actor.name", e.actor_email AS "actor.email",
       e.actor_address AS "actor.address", e.actor_agent AS "actor.agent", a.person_id AS "actor.personId", e.detail
     FROM json_each(?) j JOIN event e ON e.id = j.value
     JOIN connection cn ON cn.id = e.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN key k ON k.connection_id = e.connection_id AND k.external_id = e.subject_x
     LEFT JOIN principal p ON p.connection_id = e.connection_id AND p.external_id = e.subject_x
     LEFT JOIN person ps ON ps.id = p.person_id
     LEFT JOIN project sp ON sp.connection_id = e.connection_id AND sp.external_id = e.subject_x
     LEFT JOIN project_ref pr ON pr.connection_id = e.connection_id AND pr.external_id = e.project_x
     LEFT JOIN principal a ON a.connection_id = e.connection_id AND a.external_id = e.actor_x
     LEFT JOIN person ap ON ap.id = a.person_id
     LEFT JOIN key ak ON ak.connection_id = e.connection_id AND ak.external_id = e.actor_x
     ORDER BY j.key`,
    [idsParam(ids)],
  )
}

const RANGES = (table: string): string =>
  `(SELECT json_group_array(json_object('from', s.from_at, 'to', s.to_at) ORDER BY s.from_at) FROM ${table} s WHERE s.connection_id = cn.id)`

/** How far the log of each connection in scope is read. */
export function eventLogs(
  reader: Reader,
  query: { readonly client?: string | undefined; readonly connection?: number | undefined },
): EventLog[] {
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: `cn.id IN (${scope.text})`, params: scope.params },
    when(query.connection, (connection) => ({ text: 'cn.id = :connection', params: { connection } })),
  ])
  return readRows(
    reader,
    eventLog,
    `SELECT ${CLIENT_REF}, ${CONNECTION_REF}, s.state, s.reason, l.began_at AS "from", l.read_to_at AS "to",
       ${RANGES('event_span')} AS unread, ${RANGES('event_gap')} AS gaps
     FROM connection cn JOIN client c ON c.id = cn.client_id LEFT JOIN event_log l ON l.connection_id = cn.id
     LEFT JOIN sync_source s ON s.source = 'audit-log' AND s.sync_id = (SELECT max(y.id) FROM sync y
       JOIN sync_source x ON x.sync_id = y.id AND x.source = 'audit-log' WHERE y.connection_id = cn.id)
     WHERE ${where.text} ORDER BY c.name COLLATE NOCASE, cn.label COLLATE NOCASE, cn.id`,
    where.params,
  )
}
