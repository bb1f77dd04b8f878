import type { KeyKind, PrincipalKind, SubjectKind, Enforcement } from '../../../shared/domain/facts.ts'
import type { RemedyAction } from '../../../shared/domain/remediation/remedy.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS, SPENDS_PLACE } from '../facts/limits.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'

export type RemedySubjectKind = SubjectKind

/** The subject of a remedy as it stands, or as it last stood. */
export interface RemedySubject {
  readonly kind: RemedySubjectKind
  readonly id: number
  readonly connectionId: number
  readonly externalId: string
  readonly name: string
  /** Of a principal. */
  readonly email: string | null
  /** Still at the provider by the last sync. */
  readonly standing: boolean
  /** `active`, `pending`, `archived`: the provider's word. */
  readonly status: string
  /** Of a principal: what it is, its role in the organization, and its person. */
  readonly principal: {
    readonly kind: PrincipalKind
    readonly roleRaw: string | null
    readonly personId: number | null
  } | null
  readonly key: {
    readonly kind: KeyKind
    readonly hint: string | null
    readonly projectId: number | null
    readonly owner: string | null
    readonly ownerKind: string | null
    readonly lastUsedAt: number | null
    readonly expiresAt: number | null
  } | null
}

interface PrincipalColumns {
  readonly id: number
  readonly connection_id: number
  readonly external_id: string
  readonly kind: PrincipalKind
  readonly person_id: number | null
  readonly name: string | null
  readonly email: string | null
  readonly role_raw: string | null
  readonly status: string
  readonly to_sync: number | null
}

interface KeyColumns {
  readonly id: number
  readonly connection_id: number
  readonly external_id: string
  readonly kind: KeyKind
  readonly name: string
  readonly hint: string | null
  readonly status: string
  readonly project_id: number | null
  readonly owner_external_id: string | null
  readonly owner_kind: string | null
  readonly last_used_at: number | null
  readonly expires_at: number | null
  readonly to_sync: number | null
}

/** Null when the register never held it, or when its connection was removed. */
export function remedySubject(reader: Reader, kind: RemedySubjectKind, id: number): RemedySubject | null {
  if (kind === 'principal') return principalSubject(reader, id)
  if (kind === 'key') return keySubject(reader, id)
  return kind === 'project' ? projectSubject(reader, id) : connectionSubject(reader, id)
}

function principalSubject(reader: Reader, id: number): RemedySubject | null {
  const row = reader.get<PrincipalColumns>(
    `SELECT p.id, p.connection_id, p.external_id, p.kind, p.person_id, v.name, v.email, v.role_raw, v.status, v.to_sync
     FROM principal p JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
     JOIN principal_version v ON v.principal_id = p.id
       AND v.from_sync = (SELECT max(x.from_sync) FROM principal_version x WHERE x.principal_id = p.id)
     WHERE p.id = ?`,
    [id],
  )
  if (row === undefined) return null
  const named = row.name === null || row.name === '' ? null : row.name
  return {
    kind: 'principal',
    id: row.id,
    connectionId: row.connection_id,
    externalId: row.external_id,
    // The address of a person says more than the name: two people may share a name.
    name: row.email ?? named ?? row.external_id,
    email: row.email,
    standing: row.to_sync === null,
    status: row.status,
    principal: { kind: row.kind, roleRaw: row.role_raw, personId: row.person_id },
    key: null,
  }
}

function keySubject(reader: Reader, id: number): RemedySubject | null {
  const row = reader.get<KeyColumns>(
    `SELECT k.id, k.connection_id, k.external_id, v.kind, v.name, v.hint, v.status, v.project_id, v.owner_external_id,
       v.owner_kind, ${LAST_USED_AT}, v.expires_at, v.to_sync
     FROM key k JOIN connection cn ON cn.id = k.connection_id AND cn.removed_at IS NULL
     JOIN key_version v ON v.key_id = k.id
       AND v.from_sync = (SELECT max(x.from_sync) FROM key_version x WHERE x.key_id = k.id)
     WHERE k.id = ?`,
    [id],
  )
  if (row === undefined) return null
  return {
    kind: 'key',
    id: row.id,
    connectionId: row.connection_id,
    externalId: row.external_id,
    name: row.name,
    email: null,
    standing: row.to_sync === null,
    status: row.status,
    principal: null,
    key: {
      kind: row.kind,
      hint: row.hint,
      projectId: row.project_id,
      owner: row.owner_external_id,
      ownerKind: row.owner_kind,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    },
  }
}

function projectSubject(reader: Reader, id: number): RemedySubject | null {
  const row = reader.get<{
    readonly id: number
    readonly connection_id: number
    readonly external_id: string
    readonly name: string
    readonly status: string
    readonly to_sync: number | null
  }>(
    `SELECT n.id, n.connection_id, n.external_id, v.name, v.status, v.to_sync
     FROM project n JOIN connection cn ON cn.id = n.connection_id AND cn.removed_at IS NULL
     JOIN project_version v ON v.project_id = n.id
       AND v.from_sync = (SELECT max(x.from_sync) FROM project_version x WHERE x.project_id = n.id)
     WHERE n.id = ?`,
    [id],
  )
  if (row === undefined) return null
  return {
    kind: 'project',
    id: row.id,
    connectionId: row.connection_id,
    externalId: row.external_id,
    name: row.name,
    email: null,
    standing: row.to_sync === null,
    status: row.status,
    principal: null,
    key: null,
  }
}

function connectionSubject(reader: Reader, id: number): RemedySubject | null {
  const row = reader.get<{
    readonly id: number
    readonly label: string
    readonly organization_id: string | null
    readonly organization_name: string | null
  }>('SELECT id, label, organization_id, organization_name FROM connection WHERE id = ? AND removed_at IS NULL', [id])
  if (row === undefined) return null
  return {
    kind: 'connection',
    id: row.id,
    connectionId: row.id,
    externalId: row.organization_id ?? '',
    name: row.organization_name ?? row.label,
    email: null,
    standing: true,
    status: 'active',
    principal: null,
    key: null,
  }
}

export interface DirectRole {
  readonly projectId: number | null
  readonly roleRaw: string
  readonly impliedRoleRaw: string | null
}

/** The roles that stand for a principal itself, not through a group or the organization. */
export function directRoles(reader: Reader, principalId: number): DirectRole[] {
  return reader
    .all<{ readonly project_id: number | null; readonly role_raw: string; readonly implied_role_raw: string | null }>(
      `SELECT project_id, role_raw, implied_role_raw FROM grant WHERE principal_id = ? AND to_sync IS NULL
       ORDER BY project_id, role_raw`,
      [principalId],
    )
    .map((row) => ({ projectId: row.project_id, roleRaw: row.role_raw, impliedRoleRaw: row.implied_role_raw }))
}

export interface StandingLimit {
  readonly enforcement: Enforcement
  readonly amount: number
  readonly period: string
}

/** Spend limits and alerts of a project, or of the organization (null); not those of a key or model in it, or of the usage tier. */
export function spendLimits(reader: Reader, connectionId: number, projectId: number | null): StandingLimit[] {
  return [
    ...reader.all<StandingLimit>(
      `SELECT l.enforcement, l.amount, l.period FROM ${LIMITS} l
       WHERE l.connection_id = :connection AND l.project_id IS :project AND ${SPENDS_PLACE} AND l.to_sync IS NULL
       ORDER BY l.enforcement, l.amount, l.period`,
      { connection: connectionId, project: projectId },
    ),
  ]
}

/** Addresses of the people who own or administer the organization itself. */
export function ownerAddresses(reader: Reader, connectionId: number): string[] {
  return reader.column<string>(
    `SELECT DISTINCT v.email FROM effective_access e
     JOIN principal p ON p.id = e.principal_id AND p.kind = 'user'
     JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL AND v.email IS NOT NULL
     WHERE e.connection_id = ? AND e.level IN ('owner', 'admin') AND e.project_id IS NULL ORDER BY v.email LIMIT 20`,
    [connectionId],
  )
}

/** Actions and the kind of subject that they are about. */
export const SUBJECT_OF: Readonly<Record<RemedyAction, readonly RemedySubjectKind[]>> = {
  'member-remove': ['principal'],
  'member-role': ['principal'],
  'project-member-remove': ['principal'],
  'project-member-role': ['principal'],
  'invite-delete': ['principal'],
  'service-account-delete': ['principal'],
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
