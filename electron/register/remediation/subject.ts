import { z } from 'zod'

import { principalKind } from '../../../shared/contract/access.ts'
import { id, instant } from '../../../shared/contract/common.ts'
import { KEY_KINDS, SUBJECT_KINDS, type SubjectKind, type Enforcement } from '../../../shared/domain/facts.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { ORGANIZATION_ID, ORGANIZATION_NAME } from '../facts/organization.ts'
import type { Reader } from '../db/handles.ts'
import { readRow } from '../db/rows.ts'
import { LIMITS, SPENDS_PLACE } from '../facts/limits.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import { PRIVILEGED_GRANTS, EFFECTIVE_GRANTS } from '../facts/grant-now.ts'
import { subjectKind } from '../../../shared/contract/findings.ts'
import { itemDecision } from '../../../shared/contract/reviews.ts'
import type { SourceName, SourceState } from '../../../shared/domain/source.ts'
import { isUsable } from '../facts/key-state.ts'

export type RemediationSubjectKind = SubjectKind

const subject = z.object({
  kind: z.enum(SUBJECT_KINDS),
  id,
  connectionId: id,
  externalId: z.string(),
  name: z.string(),
  /** Of a principal. */
  email: z.string().nullable(),
  /** Still at the provider by the last sync. */
  standing: z.boolean(),
  /** `active`, `pending`, `archived`, as the provider reports it. */
  status: z.string(),
  /** Of a principal: what it is, its role in the organization, and its person. */
  principal: z.object({ kind: principalKind, roleRaw: z.string().nullable(), personId: id.nullable() }).nullable(),
  key: z
    .object({
      kind: z.enum(KEY_KINDS),
      hint: z.string().nullable(),
      projectId: id.nullable(),
      owner: z.string().nullable(),
      ownerKind: z.string().nullable(),
      lastUsedAt: instant.nullable(),
      expiresAt: instant.nullable(),
    })
    .nullable(),
})

/** The subject of a remediation item in its current or last state. */
export type RemediationSubject = z.infer<typeof subject>

/** A person's address is more precise than the name, since two people may share a name. */
const SUBJECTS: Readonly<Record<RemediationSubjectKind, string>> = {
  principal: `SELECT 'principal' AS kind, p.id, p.connection_id AS connectionId, p.external_id AS externalId,
      coalesce(p.email, nullif(p.name, ''), p.external_id) AS name, p.email, p.to_sync IS NULL AS standing, p.status,
      p.kind AS "principal.kind", p.role_raw AS "principal.roleRaw", p.person_id AS "principal.personId", NULL AS key
    FROM account_last_row p JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
    WHERE p.id = ?`,
  key: `SELECT 'key' AS kind, k.id, k.connection_id AS connectionId, k.external_id AS externalId, k.name, NULL AS email,
      k.to_sync IS NULL AS standing, k.status, NULL AS principal, k.kind AS "key.kind", k.hint AS "key.hint",
      k.project_id AS "key.projectId", k.owner_external_id AS "key.owner", k.owner_kind AS "key.ownerKind",
      ${LAST_USED_AT} AS "key.lastUsedAt", k.expires_at AS "key.expiresAt"
    FROM key_last_row k JOIN connection cn ON cn.id = k.connection_id AND cn.removed_at IS NULL
    WHERE k.id = ?`,
  project: `SELECT 'project' AS kind, n.id, n.connection_id AS connectionId, n.external_id AS externalId, n.name, NULL AS email,
      n.to_sync IS NULL AS standing, n.status, NULL AS principal, NULL AS key
    FROM project_last_row n JOIN connection cn ON cn.id = n.connection_id AND cn.removed_at IS NULL
    WHERE n.id = ?`,
  connection: `SELECT 'connection' AS kind, cn.id, cn.id AS connectionId, ifnull(${ORGANIZATION_ID}, '') AS externalId,
      ifnull(${ORGANIZATION_NAME}, cn.label) AS name, NULL AS email, 1 AS standing, 'active' AS status, NULL AS principal, NULL AS key
    FROM connection cn WHERE cn.id = ? AND cn.removed_at IS NULL`,
}

/** Null if the register never held it, or if its connection was removed. */
export function remediationSubject(
  reader: Reader,
  kind: RemediationSubjectKind,
  id: number,
): RemediationSubject | null {
  return readRow(reader, subject, SUBJECTS[kind], [id])
}

export interface DirectRole {
  readonly projectId: number | null
  readonly roleRaw: string
  readonly impliedRoleRaw: string | null
}

/** The current roles of a principal itself, not through a group or the organization. */
export function directRoles(reader: Reader, principalId: number): DirectRole[] {
  return [
    ...reader.all<DirectRole>(
      `SELECT project_id AS projectId, role_raw AS roleRaw, implied_role_raw AS impliedRoleRaw FROM grant_row
       WHERE principal_id = ? AND via = 'direct' ORDER BY project_id, role_raw`,
      [principalId],
    ),
  ]
}

export interface CurrentLimit {
  readonly enforcement: Enforcement
  readonly amount: number
  readonly period: string
}

/** Spend limits and alerts of a project or the organization (null), without those of a key, a model or the usage tier. */
export function spendLimits(reader: Reader, connectionId: number, projectId: number | null): CurrentLimit[] {
  return [
    ...reader.all<CurrentLimit>(
      `SELECT l.enforcement, l.amount, l.period FROM ${LIMITS} l
       WHERE l.connection_id = :connection AND l.project_id IS :project AND ${SPENDS_PLACE} AND l.to_sync IS NULL
       ORDER BY l.enforcement, l.amount, l.period`,
      { connection: connectionId, project: projectId },
    ),
  ]
}

/** Addresses of the people who own or administer the organization itself. */
export function ownerAddresses(reader: Reader, connectionId: number, now: number): string[] {
  return reader.column<string>(
    `SELECT DISTINCT p.email FROM ${PRIVILEGED_GRANTS} e
     JOIN account_row p ON p.id = e.principal_id AND p.kind = 'user' AND p.email IS NOT NULL
     WHERE e.connection_id = :connection AND e.project_id IS NULL ORDER BY p.email LIMIT 20`,
    { connection: connectionId, now },
  )
}

/** Actions and the kind of their subject. */
export const SUBJECT_OF: Readonly<Record<RemediationAction, readonly RemediationSubjectKind[]>> = {
  'member-remove': ['principal'],
  'member-sign-out': ['principal'],
  'member-role': ['principal'],
  'project-member-remove': ['principal'],
  'project-member-role': ['principal'],
  'invite-delete': ['principal'],
  'service-account-delete': ['principal'],
  'federation-delete': ['principal'],
  'key-disable': ['key'],
  'key-delete': ['key'],
  'key-rotate': ['key'],
  'key-rename': ['key'],
  'limit-set': ['connection', 'project'],
  'alert-set': ['connection', 'project'],
  'project-create': ['connection'],
  'project-rename': ['project'],
  invite: ['connection'],
  'project-member-add': ['principal'],
  'service-account-create': ['connection'],
  'key-create': ['principal'],
}

/** Paths to a project other than the principal's own role: the names of groups, and organization roles. */
interface OtherWays {
  readonly groups: readonly string[]
  readonly organizationRoles: readonly string[]
}

export function otherWays(reader: Reader, principalId: number, projectId: number, now: number): OtherWays {
  const rows = reader.all<{ readonly via: string; readonly name: string | null }>(
    `SELECT DISTINCT e.via, CASE e.via WHEN 'group' THEN e.group_name ELSE e.via_role END AS name FROM ${EFFECTIVE_GRANTS} e
     WHERE e.principal_id = :principal AND e.project_id = :project AND e.via <> 'direct' ORDER BY 1, 2`,
    { principal: principalId, project: projectId, now },
  )
  const named = (via: string): string[] => rows.filter((row) => row.via === via).map((row) => row.name ?? 'unnamed')
  return { groups: named('group'), organizationRoles: named('organization') }
}

const finding = z.object({
  connectionId: id,
  rule: z.string(),
  subjectKind,
  subjectId: id,
  /** As JSON. */
  evidence: z.string(),
  resolved: z.boolean(),
})
export type AboutFinding = z.infer<typeof finding>

/** The subject of a finding, for remediation; null if the finding does not exist. */
export function aboutFinding(reader: Reader, findingId: number): AboutFinding | null {
  return readRow(
    reader,
    finding,
    `SELECT connection_id AS connectionId, rule, subject_kind AS subjectKind, subject_id AS subjectId, evidence,
       resolved_at IS NOT NULL AS resolved FROM finding WHERE id = ?`,
    [findingId],
  )
}

const item = z.object({
  connectionId: id,
  principalId: id.nullable(),
  keyId: id.nullable(),
  projectId: id.nullable(),
  decision: itemDecision.nullable(),
  changeTo: z.string().nullable(),
  closed: z.boolean(),
})
export type AboutItem = z.infer<typeof item>

/** The decision of a review about an item; null if the item does not exist. */
export function aboutItem(reader: Reader, itemId: number): AboutItem | null {
  return readRow(
    reader,
    item,
    `SELECT connection_id AS connectionId, principal_id AS principalId, key_id AS keyId, project_id AS projectId, decision,
       change_to AS changeTo, closed_at IS NOT NULL AS closed FROM review_item WHERE id = ?`,
    [itemId],
  )
}

/** True if a connection may have a source: the last sync that asked for it did not find that the organization lacks it. */
export function mayHave(reader: Reader, connectionId: number, source: SourceName): boolean {
  const state = reader.value<SourceState>(
    `SELECT s.state FROM sync y JOIN sync_source s ON s.sync_id = y.id AND s.source = ? WHERE y.connection_id = ?
     ORDER BY y.id DESC LIMIT 1`,
    [source, connectionId],
  )
  return state !== undefined && state !== 'unavailable'
}

/** A bound for lists of proposed changes; longer lists are handled in several rounds. */
const MOST = 100

/** The current accounts and invites of a person, in connections that were not removed. */
export function listPrincipals(reader: Reader, personId: number): number[] {
  return reader.column<number>(
    `SELECT p.id FROM account_row p
     JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
     WHERE p.person_id = ? ORDER BY p.connection_id, p.id LIMIT ${MOST}`,
    [personId],
  )
}

export function isPerson(reader: Reader, id: number): boolean {
  return reader.value<number>('SELECT 1 FROM person WHERE id = ?', [id]) === 1
}

/** Current keys that a principal owns itself. */
export function keysOwnedBy(reader: Reader, principalId: number): number[] {
  return reader.column<number>(
    `SELECT k.id FROM principal p
     JOIN key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id AND k.status <> 'archived'
     WHERE p.id = ? ORDER BY k.id LIMIT ${MOST}`,
    [principalId],
  )
}

/** Usable keys of service accounts in the projects that a principal reaches, since members may have seen them. */
export function sharedKeysSeenBy(reader: Reader, principalId: number, now: number): number[] {
  return reader.column<number>(
    `SELECT DISTINCT k.id FROM ${EFFECTIVE_GRANTS} e
     JOIN key_row k ON k.project_id = e.project_id AND ${isUsable('k')} AND k.owner_kind = 'service-account'
     WHERE e.principal_id = :principal ORDER BY k.id LIMIT ${MOST}`,
    { principal: principalId, now },
  )
}

/** Users with an owner or admin role in the organization. */
export function privilegedUsers(reader: Reader, connectionId: number): number[] {
  return reader.column<number>(
    `SELECT p.id FROM account_row p
     WHERE p.connection_id = ? AND p.kind = 'user' AND p.level IN ('owner', 'admin')
     ORDER BY p.last_used_at IS NOT NULL, p.last_used_at, p.id LIMIT ${MOST}`,
    [connectionId],
  )
}

/** Admin keys, least recently used first: each key of the connection is looked up in the index of admin keys. */
export function adminKeys(reader: Reader, connectionId: number): number[] {
  return reader.column<number>(
    `SELECT k.id FROM key o CROSS JOIN key_row k ON k.id = o.id
     WHERE o.connection_id = ? AND k.kind = 'admin'
     ORDER BY k.last_used_at IS NOT NULL, k.last_used_at, k.id LIMIT ${MOST}`,
    [connectionId],
  )
}
