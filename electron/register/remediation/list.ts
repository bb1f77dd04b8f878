import { z } from 'zod'

import { instant } from '../../../shared/contract/common.ts'
import { type RemediationRow, remediationRow } from '../../../shared/contract/remediation.ts'
import { DEPLOYED, describeDeployment } from '../../../shared/domain/remediation/deployment.ts'
import type { RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import { sayRemediation } from '../../../shared/domain/remediation/say.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { actorNameOf } from '../facts/event-actor.ts'
import { LIMITS, SPENDS_PLACE } from '../facts/limits.ts'
import { readRows } from '../db/rows.ts'
import { FEDERATION_NAME } from './named.ts'
import { OPEN } from './store.ts'
import { RECORDED_BY } from './recorded.ts'
import { listAll, connectionsInScope, idsParam, type Scope, when } from '../db/scope.ts'

export interface RemediationQuery extends Scope {
  readonly state?: RemediationState | undefined
  readonly remediations?: readonly number[] | undefined
  readonly people?: readonly number[] | undefined
}

/** Items that need a person stay visible after their client was archived, since the access still exists. */
const OPEN_AFTER_ARCHIVING = `SELECT r.id FROM connection cn JOIN client c ON c.id = cn.client_id AND c.archived_at IS NOT NULL
  JOIN remediation r ON r.connection_id = cn.id AND r.state IN (${OPEN})
  WHERE cn.removed_at IS NULL`

/** Changes to what the people in `:people` hold, and those that were requested for them: each kind by an index of its own. */
const OF_PEOPLE = `WITH own AS MATERIALIZED (SELECT p.id, p.connection_id, p.external_id FROM json_each(:people) j
    CROSS JOIN principal p ON p.person_id = j.value)
  SELECT o.id FROM json_each(:people) j
    CROSS JOIN remediation o INDEXED BY remediation_of_origin ON o.origin_kind = 'person' AND o.origin_id = j.value
  UNION SELECT s.id FROM own CROSS JOIN remediation s ON s.subject_kind = 'principal' AND s.subject_id = own.id
  UNION SELECT s.id FROM own CROSS JOIN reported_key_row k ON k.owner_external_id = own.external_id AND +k.connection_id = own.connection_id
    CROSS JOIN remediation s ON s.subject_kind = 'key' AND s.subject_id = k.id`

/** Ids in scope: items that need a person first, then the newest. */
export function remediationIds(reader: Reader, query: RemediationQuery): number[] {
  const inScope = connectionsInScope(query)
  const own = `r.connection_id IN (${inScope.text})`
  const where = listAll([
    {
      text: query.client === undefined ? `${own} OR r.id IN (${OPEN_AFTER_ARCHIVING})` : own,
      params: inScope.params,
    },
    when(query.state, (state) => ({ text: 'r.state = :state', params: { state } })),
    when(query.remediations, (ids) => ({
      text: 'r.id IN (SELECT value FROM json_each(:ids))',
      params: { ids: idsParam(ids) },
    })),
    when(query.people, (people) => ({ text: `r.id IN (${OF_PEOPLE})`, params: { people: idsParam(people) } })),
  ])
  return reader.column<number>(
    `SELECT r.id FROM remediation r WHERE ${where.text}
     ORDER BY CASE r.state WHEN 'unsure' THEN 0 WHEN 'deploying' THEN 1 WHEN 'sending' THEN 2 WHEN 'waiting' THEN 3
       WHEN 'by-hand' THEN 4 ELSE 5 END, r.id DESC`,
    where.params,
  )
}

const columns = remediationRow.omit({ says: true, shown: true, secretHeld: true, approval: true }).extend({
  /** The name of the project whose id is in the values. */
  project: z.string().nullable(),
  sentAt: instant.nullable(),
  readSince: z.boolean(),
  readWholeSince: z.boolean(),
  isDone: z.boolean().nullable(),
  /** Of a rotation that ended, the newest item that deletes the old key. */
  deletion: z.number().nullable(),
})

const HAS = (noun: 'account' | 'key' | 'project'): string =>
  `EXISTS (SELECT 1 FROM ${noun === 'key' ? 'reported_key_row' : `${noun}_row`} v WHERE v.id = r.subject_id`

const VALUE = (name: string): string => `json_extract(r."values", '$.${name}')`

const GRANT = `EXISTS (SELECT 1 FROM grant_row g WHERE g.principal_id = r.subject_id AND g.project_id = ${VALUE('projectId')}
  AND g.via = 'direct'`

/** The active project that an item names; null if it names none, or if there is none. */
const NAMED_PROJECT = `(SELECT n.id FROM project_row n
  WHERE n.connection_id = r.connection_id AND n.status = 'active' AND n.name = ${VALUE('project')} COLLATE NOCASE)`

const OF_NAMED = (what: string): string => `EXISTS (SELECT 1 FROM ${what})`

const LIMIT = (enforcement: string): string =>
  `EXISTS (SELECT 1 FROM ${LIMITS} l WHERE l.connection_id = r.connection_id AND ${SPENDS_PLACE} AND l.to_sync IS NULL
    AND l.enforcement = '${enforcement}' AND l.amount = ${VALUE('amountMicros')}
    AND l.project_id IS CASE WHEN r.subject_kind = 'project' THEN r.subject_id ELSE ${NAMED_PROJECT} END)`

/** True if the change `r` is done, null where no list shows it (a sign-out); Anthropic keeps ended keys listed. */
const IS_DONE = `CASE r.action
  WHEN 'member-remove' THEN NOT ${HAS('account')})
  WHEN 'invite-delete' THEN NOT ${HAS('account')})
  WHEN 'service-account-delete' THEN NOT ${HAS('account')})
  WHEN 'federation-delete' THEN NOT ${OF_NAMED(`federation_version f WHERE f.account_id = r.subject_id AND f.to_sync IS NULL
    AND f.status = 'active' AND ${FEDERATION_NAME} = ${VALUE('name')}`)}
  WHEN 'member-role' THEN ${HAS('account')} AND v.role_raw = ${VALUE('role')})
  WHEN 'project-member-remove' THEN NOT ${GRANT})
  WHEN 'project-member-role' THEN ${GRANT} AND g.role_raw = ${VALUE('role')})
  WHEN 'key-delete' THEN NOT ${HAS('key')} AND v.status <> 'archived')
  WHEN 'key-disable' THEN NOT ${HAS('key')} AND v.status = 'active')
  WHEN 'key-rename' THEN ${HAS('key')} AND v.name = ${VALUE('name')})
  WHEN 'key-rotate' THEN CASE WHEN r.made IS NULL THEN NOT ${HAS('key')} AND v.status <> 'archived')
    ELSE EXISTS (SELECT 1 FROM reported_key_row k
    WHERE k.connection_id = r.connection_id AND k.external_id = r.made) END
  WHEN 'limit-set' THEN ${LIMIT('hard')}
  WHEN 'alert-set' THEN ${LIMIT('alert')}
  WHEN 'project-create' THEN ${OF_NAMED(`project_row n
    WHERE n.connection_id = r.connection_id AND n.status = 'active' AND n.name = ${VALUE('name')}`)}
  WHEN 'project-rename' THEN ${HAS('project')} AND v.name = ${VALUE('name')})
  WHEN 'invite' THEN ${OF_NAMED(`account_row p
    WHERE p.connection_id = r.connection_id AND p.email = ${VALUE('email')} COLLATE NOCASE`)}
  WHEN 'project-member-add' THEN ${OF_NAMED(`grant g WHERE g.principal_id = r.subject_id AND g.to_sync IS NULL
    AND g.project_id = ${NAMED_PROJECT}`)}
  WHEN 'service-account-create' THEN ${OF_NAMED(`reported_key_row k
    WHERE k.connection_id = r.connection_id AND (k.external_id = r.made OR (k.project_id = ${NAMED_PROJECT}
      AND ${VALUE('name')} IN (k.name, k.owner_name)))`)}
  WHEN 'key-create' THEN ${OF_NAMED(`reported_key_row k
    JOIN principal p ON p.id = r.subject_id WHERE k.connection_id = r.connection_id
      AND (k.external_id = r.made OR (r.made IS NULL AND k.owner_external_id = p.external_id))`)}
END`

/** A sync that began after the change was sent, handed to a person as manual steps, or marked as done. */
const SYNCED_SINCE = (states: string): string =>
  `EXISTS (SELECT 1 FROM sync y WHERE y.connection_id = r.connection_id AND y.state IN (${states})
    AND y.origin = 'api' AND y.started_at >= ifnull(r.sent_at, ifnull(r.ended_at, r.added_at) + 1))`

const DELETION = `CASE WHEN r.action = 'key-rotate' AND r.state = 'done' AND r.made IS NOT NULL THEN (SELECT max(d.id) FROM remediation d
  WHERE d.subject_kind = 'key' AND d.subject_id = r.subject_id AND d.action = 'key-delete') END`

export interface StoredRemediation {
  readonly row: Omit<RemediationRow, 'secretHeld' | 'approval'>
  readonly sentAt: number | null
}

/** Remediations for ids, in the order given; ids that do not exist are left out. One statement whatever their number. */
export function remediationsById(reader: Reader, ids: readonly number[]): StoredRemediation[] {
  const rows = readRows(
    reader,
    columns,
    `SELECT r.id AS remediationId, ${CLIENT_REF}, ${CONNECTION_REF}, cn.access AS "connection.access", r.action,
       r.subject_kind AS "subject.kind", r.subject_id AS "subject.id", r.subject_name AS "subject.name", r."values",
       r.origin_kind AS "origin.kind", r.origin_id AS "origin.id", r.state, r.outcome, r.added_at AS addedAt, r.added_by AS addedBy,
       r.ended_at AS endedAt, (SELECT n.name FROM project_last_row n WHERE n.id = ${VALUE('projectId')}) AS project, r.sent_at AS sentAt,
       ${SYNCED_SINCE(`'complete', 'partial'`)} AS readSince, ${SYNCED_SINCE(`'complete'`)} AS readWholeSince,
       ${IS_DONE} AS isDone, ${DELETION} AS deletion, ev.at AS "recorded.at", ${actorNameOf('ev')} AS "recorded.by"
     FROM json_each(?) j JOIN remediation r ON r.id = j.value
     JOIN connection cn ON cn.id = r.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN event ev ON ev.id = ${RECORDED_BY}
     ORDER BY j.key`,
    [idsParam(ids)],
  )
  return rows.map(({ project, sentAt, readSince, readWholeSince, isDone, deletion, ...row }) => ({
    row: {
      ...row,
      outcome: row.outcome === DEPLOYED ? describeDeployment(deletion) : row.outcome,
      says: sayRemediation({
        ...row.values,
        action: row.action,
        subject: row.subject.name,
        project: project ?? row.values.project ?? null,
      }),
      shown: toShown({ state: row.state, sentAt, readSince, readWholeSince, isDone }),
    },
    sentAt,
  }))
}

/**
 * Items that were sent or given to a person, and synced since. An incomplete sync shows what is done, not what is not
 * done.
 */
function toShown({
  state,
  sentAt,
  readSince,
  readWholeSince,
  isDone,
}: Pick<z.infer<typeof columns>, 'state' | 'sentAt' | 'readSince' | 'readWholeSince' | 'isDone'>): boolean | null {
  if (sentAt === null && state !== 'by-hand' && state !== 'done') return null
  if (state === 'waiting' || state === 'sending' || state === 'withdrawn' || isDone === null) return null
  if (readSince && isDone) return true
  return readWholeSince ? false : null
}
