import type { SubjectKind } from '../../../shared/domain/facts.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { FINDING_SUBJECT } from '../db/stable-names.ts'

export interface Acceptance {
  readonly until: Day
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** A finding by what is the same in every register. */
export interface FindingName {
  readonly connectionUid: string
  readonly rule: string
  readonly kind: SubjectKind
  /** Null for the connection itself. */
  readonly externalId: string | null
  /** Empty where the subject alone is the cause. */
  readonly cause: string
}

/** True if `a` is the acceptance of the finding `f`. Only one with an accepted day has one, so few are searched. */
export const IS_ACCEPTANCE = `f.accepted_until IS NOT NULL AND a.connection_id = f.connection_id AND a.rule = f.rule
  AND a.subject_kind = f.subject_kind AND a.cause = f.cause AND a.external_id = ifnull(${FINDING_SUBJECT}, '')`

/** The last day of the acceptance of a finding `f` that an evaluation opens. */
export const ACCEPTED_UNTIL = `(SELECT a.until FROM acceptance a WHERE a.connection_id = f.connection_id AND a.rule = f.rule
  AND a.subject_kind = f.subject_kind AND a.external_id = ifnull(${FINDING_SUBJECT}, '') AND a.cause = f.cause)`

/** The number of the subject that `a` names: of `a`, the connection, the kind and how the provider calls it. */
const SUBJECT_NUMBER = `CASE a.subject_kind WHEN 'connection' THEN a.connection_id
  WHEN 'principal' THEN (SELECT s.id FROM principal s WHERE s.connection_id = a.connection_id AND s.external_id = a.external_id)
  WHEN 'key' THEN (SELECT s.id FROM key s WHERE s.connection_id = a.connection_id AND s.external_id = a.external_id)
  WHEN 'project' THEN (SELECT s.id FROM project s WHERE s.connection_id = a.connection_id AND s.external_id = a.external_id) END`

/** The finding that `a` names. */
export const ACCEPTED_FINDING = `finding f INDEXED BY finding_of_subject ON f.subject_kind = a.subject_kind
  AND f.subject_id = ${SUBJECT_NUMBER} AND f.connection_id = a.connection_id AND f.rule = a.rule AND f.cause = a.cause`

/** The number of a finding in this register by its name; null where no evaluation found it here. */
export function findNamed(reader: Reader, name: FindingName): number | null {
  const finding = reader.value<number>(
    `WITH a (connection_id, rule, subject_kind, external_id, cause) AS (
       SELECT n.id, :rule, :kind, :externalId, :cause FROM connection n WHERE n.uid = :connectionUid)
     SELECT f.id FROM a CROSS JOIN ${ACCEPTED_FINDING} ORDER BY f.resolved_at IS NOT NULL, f.id DESC LIMIT 1`,
    { ...name, externalId: name.externalId ?? '' },
  )
  return finding ?? null
}

/** The names of findings by their numbers; those that do not exist are left out. */
export function findingNames(reader: Reader, ids: readonly number[]): ReadonlyMap<number, FindingName> {
  const rows = reader.all<FindingName & { readonly id: number }>(
    `SELECT f.id, n.uid AS connectionUid, f.rule, f.subject_kind AS kind, ${FINDING_SUBJECT} AS externalId, f.cause
     FROM json_each(?) j CROSS JOIN finding f ON f.id = j.value JOIN connection n ON n.id = f.connection_id`,
    [idsParam(ids)],
  )
  return new Map(rows.map(({ id, ...name }) => [id, name]))
}

/** The open findings that were accepted at an instant. */
export function acceptedAt(reader: Reader, at: number): number[] {
  return reader.column<number>(
    `SELECT f.id FROM acceptance a INDEXED BY acceptance_at CROSS JOIN ${ACCEPTED_FINDING}
     WHERE a.accepted_at = ? AND f.resolved_at IS NULL ORDER BY f.id`,
    [at],
  )
}
