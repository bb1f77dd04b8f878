import { type PlanRow, planRow as row, type PlanVersion } from '../../../shared/contract/plans.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'

/** A plan with its newest version. */
const SELECT = `SELECT p.id AS planId, ${CLIENT_REF}, p.title, v.model ->> '$.name' AS company, p.in_force AS active, v.version,
    p.created_at AS createdAt, v.saved_at AS savedAt, v.saved_by AS savedBy, v.organizations, v.projects, v.keys, v.errors, v.warnings
  FROM plan p JOIN client c ON c.id = p.client_id
  JOIN plan_version v ON v.plan_id = p.id
    AND v.version = (SELECT max(n.version) FROM plan_version n WHERE n.plan_id = p.id AND n.draft = 0)`

/** Plans that were not removed, by client, the active one first, then by title. */
export function planRows(reader: Reader, scope: Scope): PlanRow[] {
  return readRows(
    reader,
    row,
    `${SELECT} WHERE p.removed_at IS NULL AND ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :client'}
     ORDER BY c.name COLLATE NOCASE, c.id, p.in_force DESC, p.title COLLATE NOCASE, p.id`,
    scope.client === undefined ? {} : { client: scope.client },
  )
}

/** A plan's row; null if it does not exist, or if it was removed and removed plans are not requested. */
export function planRow(reader: Reader, planId: number, removed = false): PlanRow | null {
  return readRow(reader, row, `${SELECT} WHERE p.id = :id AND (p.removed_at IS NULL OR :removed)`, {
    id: planId,
    removed: removed ? 1 : 0,
  })
}

/** The model of a version; null if it does not exist. */
export function planModel(reader: Reader, planId: number, version: number): Plan | null {
  const text = reader.value<string>('SELECT model FROM plan_version WHERE plan_id = ? AND version = ?', [
    planId,
    version,
  ])
  return text === undefined ? null : (JSON.parse(text) as Plan)
}

/** Newest first. */
export function planVersions(reader: Reader, planId: number): PlanVersion[] {
  return reader
    .all<Omit<PlanVersion, 'draft'> & { readonly draft: number }>(
      'SELECT version, saved_at AS at, saved_by AS "by", says, parent, draft FROM plan_version WHERE plan_id = ? ORDER BY version DESC',
      [planId],
    )
    .map(({ draft, ...version }) => ({ ...version, draft: draft === 1 }))
}

/** The uid of a version; throws for one that does not exist. */
export function readVersionUid(reader: Reader, planId: number, version: number): string {
  const uid = reader.value<string>('SELECT uid FROM plan_version WHERE plan_id = ? AND version = ?', [planId, version])
  if (uid === undefined) throw new Error(`The plan ${planId} has no version ${version}.`)
  return uid
}

/** Titles of a client's plans that were not removed. */
export function planTitles(reader: Reader, clientId: number): string[] {
  return reader.column<string>('SELECT title FROM plan WHERE client_id = ? AND removed_at IS NULL', [clientId])
}
