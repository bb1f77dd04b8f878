import { type PlanRow, planRow as row, type PlanVersion } from '../../../shared/contract/plans.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
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

/** The facts on which decisions about a plan depend. */
export interface PlanState {
  readonly id: number
  readonly clientId: number
  readonly title: string
  readonly active: boolean
  readonly removedAt: number | null
}

/** A plan by its uid; null where this register has none. */
export function findPlanState(reader: Reader, uid: string): PlanState | null {
  const row = reader.get<Omit<PlanState, 'active'> & { readonly active: number }>(
    'SELECT id, client_id AS clientId, title, in_force AS active, removed_at AS removedAt FROM plan WHERE uid = ?',
    [uid],
  )
  return row === undefined ? null : { ...row, active: row.active === 1 }
}

/** The model of a version of a plan, by their uids; null where this register has none. */
export function readVersionModel(reader: Reader, planUid: string, versionUid: string): Plan | null {
  const text = reader.value<string>(
    'SELECT v.model FROM plan_version v JOIN plan p ON p.id = v.plan_id WHERE v.uid = ? AND p.uid = ?',
    [versionUid, planUid],
  )
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

/**
 * Adds a plan without a version. `at` is in milliseconds. Returns its id; throws if the client has a plan with that
 * title.
 */
export function insertPlan(
  writer: Writer,
  clientId: number,
  title: string,
  { at, uid }: { readonly at: number; readonly uid: string },
): number {
  return writer.run('INSERT INTO plan (client_id, title, created_at, uid) VALUES (?, ?, ?, ?)', [
    clientId,
    title,
    at,
    uid,
  ]).lastId
}

export interface NewVersion {
  readonly planId: number
  readonly uid: string
  /** The version that was the newest for its author; null for the first one of a plan. */
  readonly parentUid: string | null
  readonly model: Plan
  /** Problems that a check found in the model. */
  readonly errors: number
  readonly warnings: number
  readonly says: string
  readonly at: number
  readonly by: string
}

/** A version as its table has it. */
export interface StoredVersion extends Omit<NewVersion, 'parentUid'> {
  readonly version: number
  readonly parent: number | null
  readonly draft: boolean
}

/**
 * Stores the next version, or a draft beside the newest one where that is not its parent. Returns its number; null where the
 * register has the version already.
 */
export function insertVersion(writer: Writer, made: NewVersion): number | null {
  if (writer.value('SELECT 1 FROM plan_version WHERE uid = ?', [made.uid]) !== undefined) return null
  const find = (what: string, params: readonly (number | string | null)[]): number | null =>
    writer.value<number | null>(`SELECT ${what}`, params) ?? null
  const newest = find('max(version) FROM plan_version WHERE plan_id = ? AND draft = 0', [made.planId])
  const last = find('max(version) FROM plan_version WHERE plan_id = ?', [made.planId])
  const parent = find('version FROM plan_version WHERE plan_id = ? AND uid = ?', [made.planId, made.parentUid])
  const version = (last ?? 0) + 1
  storeVersion(writer, { ...made, version, parent, draft: newest !== null && parent !== newest })
  return version
}

export function storeVersion(
  writer: Writer,
  { planId, uid, version, parent, draft, model, errors, warnings, says, at, by }: StoredVersion,
): void {
  writer.run(
    `INSERT INTO plan_version (plan_id, uid, version, parent, draft, model, organizations, projects, keys, errors, warnings, says, saved_at, saved_by)
     VALUES (:planId, :uid, :version, :parent, :draft, :model, :organizations, :projects, :keys, :errors, :warnings, :says, :at, :by)`,
    {
      planId,
      uid,
      version,
      parent,
      draft: draft ? 1 : 0,
      model: JSON.stringify(model),
      organizations: model.organizations.length,
      projects: model.projects.length,
      keys: model.projects.reduce((sum, { keys }) => sum + keys.length, 0),
      errors,
      warnings,
      says,
      at,
      by,
    },
  )
}

/** Throws if the client has another plan with that title. */
export function setPlanTitle(writer: Writer, planId: number, title: string): void {
  writer.run('UPDATE plan SET title = ? WHERE id = ?', [title, planId])
}

/** Activates this plan and deactivates the client's others, or deactivates it. */
export function setPlanActivated(writer: Writer, planId: number, active: boolean): void {
  if (active) {
    writer.run(
      'UPDATE plan SET in_force = 0 WHERE in_force = 1 AND client_id = (SELECT client_id FROM plan WHERE id = ?)',
      [planId],
    )
  }
  writer.run('UPDATE plan SET in_force = ? WHERE id = ?', [active ? 1 : 0, planId])
}

/** Removes a plan from the lists at an instant in milliseconds, or (null) restores it. */
export function setPlanRemoved(writer: Writer, planId: number, at: number | null): void {
  writer.run('UPDATE plan SET removed_at = ? WHERE id = ?', [at, planId])
}

/** Deletes a plan with all that belongs to it, as if it had never been made. */
export function deletePlan(writer: Writer, planId: number): void {
  for (const table of ['plan_same', 'plan_binding', 'plan_version'])
    writer.run(`DELETE FROM ${table} WHERE plan_id = ?`, [planId])
  writer.run('DELETE FROM plan WHERE id = ?', [planId])
}
