import type { Day } from '../../../shared/domain/day.ts'
import {
  type KeyFact,
  KEY_TEXTS,
  type KeyTexts,
  type OwnerKind,
  type PrincipalFact,
  type ProjectFact,
  toKeyTexts,
} from '../../../shared/domain/facts.ts'
import type {
  Standing,
  CurrentGrant,
  CurrentKey,
  CurrentPrincipal,
  CurrentProject,
} from '../../../shared/domain/import/current.ts'
import type { Level } from '../../../shared/domain/role.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { listColumns } from '../db/noun.ts'
import { LAST_USE, type LastUseColumns, toLastUse } from '../facts/last-use.ts'

/** All current facts of one connection, for comparison with a file. */
export function readCurrent(reader: Reader, connectionId: number): Standing {
  return {
    live:
      reader.value(
        "SELECT 1 FROM sync WHERE connection_id = ? AND origin = 'api' AND state IN ('complete', 'partial') LIMIT 1",
        [connectionId],
      ) !== undefined,
    projects: currentProjects(reader, connectionId),
    principals: currentPrincipals(reader, connectionId),
    keys: currentKeys(reader, connectionId),
  }
}

function currentProjects(reader: Reader, connectionId: number): CurrentProject[] {
  return reader
    .all<Omit<ProjectFact, 'type' | 'isDefault'> & { readonly isDefault: number; readonly source: SourceName }>(
      `SELECT p.external_id AS externalId, p.name, p.status, p.is_default AS isDefault, p.created_at AS createdAt,
         p.archived_at AS archivedAt, p.residency, p.source
       FROM project_row p
       WHERE p.connection_id = ? ORDER BY p.external_id`,
      [connectionId],
    )
    .map(({ source, isDefault, ...fact }) => ({
      source,
      fact: { type: 'project', ...fact, isDefault: isDefault === 1 },
    }))
}

function currentPrincipals(reader: Reader, connectionId: number): CurrentPrincipal[] {
  const grants = currentGrants(reader, connectionId)
  return reader
    .all<Omit<PrincipalFact, 'type'> & { readonly source: SourceName; readonly lastReviewedOn: Day | null }>(
      `SELECT external_id AS externalId, kind, name, email, role_raw AS roleRaw, level, status, added_at AS addedAt,
         expires_at AS expiresAt, last_used_at AS lastUsedAt, source, last_reviewed_on AS lastReviewedOn
       FROM account_row WHERE connection_id = ? ORDER BY id`,
      [connectionId],
    )
    .map(({ source, lastReviewedOn, ...fact }) => ({
      source,
      lastReviewedOn,
      fact: { type: 'principal', ...fact },
      grants: grants.get(fact.externalId) ?? [],
    }))
}

interface GrantColumns {
  readonly principal: string
  readonly project: string | null
  readonly roleRaw: string
  readonly level: Level
  readonly impliedRoleRaw: string | null
  readonly impliedLevel: Level | null
  readonly grantedAt: number | null
  readonly source: SourceName
}

function currentGrants(reader: Reader, connectionId: number): ReadonlyMap<string, readonly CurrentGrant[]> {
  const rows = reader.all<GrantColumns>(
    `SELECT p.external_id AS principal, r.external_id AS project, g.role_raw AS roleRaw, g.level,
       g.implied_role_raw AS impliedRoleRaw, g.implied_level AS impliedLevel, g.granted_at AS grantedAt, g.source
     FROM grant g JOIN principal p ON p.id = g.principal_id LEFT JOIN project r ON r.id = g.project_id
     WHERE g.connection_id = ? AND g.to_sync IS NULL ORDER BY g.id`,
    [connectionId],
  )
  return Map.groupBy(
    rows.map(({ source, ...fact }): CurrentGrant => ({ source, fact: { type: 'grant', ...fact } })),
    (grant) => grant.fact.principal,
  )
}

interface KeyColumns extends LastUseColumns, KeyTexts {
  readonly externalId: string
  readonly kind: KeyFact['kind']
  readonly name: string
  readonly hint: string | null
  readonly status: string
  readonly project: string | null
  readonly ownerState: KeyFact['ownerState']
  readonly ownerExternalId: string | null
  readonly ownerKind: OwnerKind | null
  readonly ownerName: string | null
  readonly ownerEmail: string | null
  readonly ownerAccess: KeyFact['ownerAccess']
  readonly createdAt: number | null
  readonly expiresAt: number | null
  readonly source: SourceName
  readonly purpose: string | null
  readonly contact: string | null
  readonly dueOn: Day | null
  readonly shownPurpose: string | null
  readonly shownDueOn: Day | null
}

function currentKeys(reader: Reader, connectionId: number): CurrentKey[] {
  return reader
    .all<KeyColumns>(
      `SELECT k.external_id AS externalId, k.kind, k.name, k.hint, k.status, r.external_id AS project,
         k.owner_state AS ownerState, k.owner_external_id AS ownerExternalId, k.owner_kind AS ownerKind,
         k.owner_name AS ownerName, k.owner_email AS ownerEmail, k.owner_access AS ownerAccess,
         k.created_at AS createdAt, ${LAST_USE}, ${listColumns('k', KEY_TEXTS)},
         k.expires_at AS expiresAt, k.source, l.purpose, k.contact, k.set_due_on AS dueOn,
         k.purpose AS shownPurpose, k.due_on AS shownDueOn
       FROM key_row k JOIN logical_key l ON l.id = k.logical_key_id LEFT JOIN project r ON r.id = k.project_id
       WHERE k.connection_id = ? ORDER BY k.id`,
      [connectionId],
    )
    .map((row) => ({
      source: row.source,
      notes: { purpose: row.purpose, contact: row.contact, dueOn: row.dueOn },
      shown: { purpose: row.shownPurpose, dueOn: row.shownDueOn },
      fact: toKeyFact(row),
    }))
}

function toKeyFact(row: KeyColumns): KeyFact {
  const { externalId, kind, name, hint, status, project, ownerState, ownerAccess, createdAt, expiresAt } = row
  return {
    type: 'key',
    externalId,
    kind,
    name,
    hint,
    status,
    project,
    ownerState,
    owner:
      row.ownerExternalId === null
        ? null
        : {
            externalId: row.ownerExternalId,
            kind: row.ownerKind ?? 'user',
            name: row.ownerName,
            email: row.ownerEmail,
          },
    ownerAccess,
    createdAt,
    lastUse: toLastUse(row),
    expiresAt,
    ...toKeyTexts(row),
  }
}

/** Records that a file marks last reviews as overdue, for their current days. Principals by external id. */
export function keepOverdue(writer: Writer, connectionId: number, principals: readonly string[]): void {
  const keep = writer.prepare(
    `INSERT INTO review_told_overdue (principal_id, last_reviewed_on)
     SELECT p.id, p.last_reviewed_on FROM principal p WHERE p.connection_id = ? AND p.external_id = ?
     ON CONFLICT (principal_id) DO UPDATE SET last_reviewed_on = excluded.last_reviewed_on`,
  )
  for (const principal of principals) keep([connectionId, principal])
}
