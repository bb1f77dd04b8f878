import {
  type OriginName,
  readRequest,
  REMEDIATIONS,
  type StoredRemediation,
} from '../../../shared/decisions/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { SubjectKind } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'
import { nameByKind } from '../db/stable-names.ts'
import { findOrigin, findSubject } from '../remediation/named-rows.ts'
import type { ProofProblem } from './proved-table.ts'
import { findConnection, hasOtherOrder } from './refer.ts'
import { tableOf } from './table-of.ts'

const SUBJECT = `CASE r.subject_kind
  WHEN 'principal' THEN (SELECT s.external_id FROM principal s WHERE s.id = r.subject_id AND s.connection_id = n.id)
  WHEN 'key' THEN (SELECT s.external_id FROM key s WHERE s.id = r.subject_id AND s.connection_id = n.id)
  WHEN 'project' THEN (SELECT s.external_id FROM project s WHERE s.id = r.subject_id AND s.connection_id = n.id) END`

/** The number of a subject by what its provider calls it. */
const SUBJECT_NUMBER = `CASE :kind WHEN 'connection' THEN n.id
  WHEN 'principal' THEN (SELECT s.id FROM principal s WHERE s.connection_id = n.id AND s.external_id = :subject)
  WHEN 'key' THEN (SELECT s.id FROM key s WHERE s.connection_id = n.id AND s.external_id = :subject)
  WHEN 'project' THEN (SELECT s.id FROM project s WHERE s.connection_id = n.id AND s.external_id = :subject) END`

/** The project of the values by what the provider calls it. */
const PROJECT = `(SELECT s.external_id FROM project s WHERE s.id = r."values" ->> '$.projectId')`

/** The values with their project by what the provider calls it. */
const VALUES = `iif(r."values" ->> '$.projectId' IS NULL, r."values", json_set(json_remove(r."values", '$.projectId'), '$.project_x', ${PROJECT}))`

/** The subject and the origin of an item, by numbers; null where this register has not read them. */
function refer(reader: Reader, row: StoredRemediation) {
  const { connection: connectionUid, subject_kind: kind, subject, values, origin } = row
  const connection = findConnection(reader, connectionUid)
  if (connection === null) return null
  const find = (of: SubjectKind, externalId: unknown): number | undefined =>
    findSubject(reader, connection, { kind: of, named: { connectionUid, externalId: String(externalId) } })
  const { project_x: project, ...others } = values
  const projectId = project === undefined ? undefined : find('project', project)
  const subjectId = find(kind, subject)
  if (subjectId === undefined || (project !== undefined && projectId === undefined)) return null
  const from = origin === null ? null : findOrigin(reader, origin)
  return {
    connection_id: connection,
    subject_id: subjectId,
    values: canonicalJson({ ...others, projectId }),
    origin: origin === null ? null : canonicalJson({ kind: origin.kind, uid: origin.uid, named: origin.named }),
    origin_kind: from?.kind ?? null,
    origin_id: from?.id ?? null,
  }
}

export const remediationTable = tableOf({
  decisions: REMEDIATIONS,
  from: 'remediation r JOIN connection n ON n.id = r.connection_id',
  columns: [
    'uid',
    'action',
    'subject_kind',
    'subject_name',
    'state',
    'outcome',
    'made',
    'added_at',
    'added_by',
    'sent_at',
    'ended_at',
    'aliases',
    'calls',
    'requests',
    'approvals',
  ],
  named: { connection: 'n.uid', subject: SUBJECT, values: VALUES, origin: 'r.origin' },
  json: ['values', 'origin', 'aliases', 'requests', 'approvals'],
  refer,
  // A decision compares the items of its request alone; a connection may have many others.
  group: ({ body }) => {
    const { connection, action, subject_kind: kind, subject, values } = readRequest(body)
    const { project_x: project = null, ...others } = values
    return [
      `n.uid = :connection AND r.subject_kind = :kind AND r.subject_id = ${SUBJECT_NUMBER}
        AND (r.uid = :uid OR (r.action = :action AND json_remove(r."values", '$.projectId') = :others AND ${PROJECT} IS :project))`,
      {
        connection,
        kind,
        subject,
        uid: body.remediationUid,
        action,
        others: canonicalJson(others),
        project: project as string,
      },
    ]
  },
  words: (_, id) => `remediation item ${id}`,
  number: 'remediation',
  // One change may be open in one row after the other.
  isReplaced: true,
  copies: (reader) =>
    findForeignOrigins(reader).map((id): ProofProblem => ({
      table: 'remediation',
      row: id,
      says: `Remediation item ${id} does not come from what the audit log shows.`,
    })),
})

/**
 * The items whose number of what they come from is not that of its name. Which person has an account is decided again and again; in a
 * team, an item may have arrived before what it comes from.
 */
function findForeignOrigins(reader: Reader): readonly number[] {
  const rows = reader.all<{
    readonly id: number
    readonly kind: string | null
    readonly x: number | null
    readonly origin: string
  }>(`SELECT id, origin_kind AS kind, origin_id AS x, origin FROM remediation WHERE origin IS NOT NULL ORDER BY id`)
  const isOfTeam = hasOtherOrder(reader)
  return rows.flatMap(({ id, kind, x, origin }) => {
    const name = JSON.parse(origin) as OriginName
    if (x === null && isOfTeam) return []
    if (kind !== null && kind !== name.kind) return [id]
    if (name.kind === 'person' && x !== null) return []
    return isOfName(reader, name, x) ? [] : [id]
  })
}

/** A finding that comes back has a row of its own with the same name. */
function isOfName(reader: Reader, name: OriginName, id: number | null): boolean {
  const found = findOrigin(reader, name)?.id ?? null
  if (found === id || id === null || name.kind !== 'finding') return found === id
  const own = nameByKind(reader, 'finding', id).named ?? null
  return canonicalJson(own) === canonicalJson(name.named ?? null)
}
