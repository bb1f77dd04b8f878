import { z } from 'zod'

import {
  type FindingFilter,
  type FindingRow,
  findingRow,
  type FindingState,
} from '../../../shared/contract/findings.ts'
import type { Day, Moment } from '../../../shared/domain/day.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { anyOf, listAll, idsParam, likeParam, type Scope, type Sql, toList, when } from '../db/scope.ts'
import type { Evidence } from './kit/rule.ts'
import { IS_ACCEPTANCE } from './acceptance.ts'
import { COUNTED } from './quiet.ts'
import { parseRule, RULES } from './rules.ts'

/** Rules whose findings are still listed for all clients after their client was archived. */
const AFTER_ARCHIVING = RULES.filter((rule) => rule.afterArchiving === true)
  .map((rule) => `'${rule.id}'`)
  .join(', ')

/** Rank in SQL: 0 is the most severe. */
export const RANK = (column: string): string =>
  `CASE ${column} ${SEVERITIES.map((severity, rank) => `WHEN '${severity}' THEN ${rank}`).join(' ')} END`

/** The findings `f` of a scope, with their connection `cn` and client `c`. */
export const FROM = 'finding f JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id'

/** The person behind the subject of `f`. */
export const PERSON =
  "CASE WHEN f.subject_kind = 'principal' THEN (SELECT o.person_id FROM principal o WHERE o.id = f.subject_id) END"

export function findingsInScope(scope: Scope): Sql {
  return scope.client === undefined
    ? { text: `cn.removed_at IS NULL AND (c.archived_at IS NULL OR f.rule IN (${AFTER_ARCHIVING}))`, params: {} }
    : { text: 'cn.removed_at IS NULL AND c.slug = :scope_client', params: { scope_client: scope.client } }
}

/** By day: an acceptance holds through its last day. */
const STATE: Readonly<Record<FindingState, string>> = {
  open: 'f.resolved_at IS NULL AND ifnull(f.accepted_until < :today, 1)',
  accepted: 'f.resolved_at IS NULL AND f.accepted_until >= :today',
  resolved: 'f.resolved_at IS NOT NULL',
}

export type FindingQuery = Omit<FindingFilter, 'state'> & { readonly state: FindingState }

export function findingWhere(query: FindingQuery, today: Day): Sql {
  return listAll([
    findingsInScope(query),
    { text: STATE[query.state], params: { today } },
    when(query.severity, (severities) => anyOf('f.severity', 'severity', severities)),
    certaintyWhere(query),
    when(query.rule, (rules) => anyOf('f.rule', 'rule', rules)),
    when(query.subjectKind, (kinds) => anyOf('f.subject_kind', 'subject_kind', kinds)),
    when(query.subjectId, (subject) => ({ text: 'f.subject_id = :subject_id', params: { subject_id: subject } })),
    when(query.person, (person) => ({
      text: `f.subject_kind = 'principal' AND f.subject_id IN (SELECT o.id FROM principal o WHERE o.person_id = :person)`,
      params: { person },
    })),
    when(query.search?.trim() || undefined, (text) => ({
      text: `f.name LIKE :like ESCAPE '\\'`,
      params: { like: likeParam(text) },
    })),
  ])
}

/** Quiet findings are listed only where a level or a rule is asked for. */
function certaintyWhere({ certainty, rule }: FindingQuery): Sql | null {
  if (certainty === undefined) return rule === undefined ? { text: COUNTED, params: {} } : null
  const levels = toList(certainty)
  if (levels.includes('all')) return null
  return {
    text: 'f.rule IN (SELECT value FROM json_each(:rules_of_level))',
    params: {
      rules_of_level: JSON.stringify(RULES.filter((each) => levels.includes(each.certainty)).map(({ id }) => id)),
    },
  }
}

interface FindingSort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

type ToOrder = (direction: FindingSort['direction']) => string

const bySeverity: ToOrder = (d) => `${RANK('f.severity')} ${d}, c.name COLLATE NOCASE, f.rule, f.name COLLATE NOCASE`

const ORDER: Readonly<Record<string, ToOrder>> = {
  severity: bySeverity,
  rule: (d) => `f.rule ${d}, c.name COLLATE NOCASE, f.name COLLATE NOCASE`,
  subject: (d) => `f.name COLLATE NOCASE ${d}, ${RANK('f.severity')}`,
  client: (d) => `c.name COLLATE NOCASE ${d}, ${RANK('f.severity')}, f.name COLLATE NOCASE`,
  'first-seen': (d) => `f.first_seen_at ${d}, ${RANK('f.severity')}`,
}

/** The `ORDER BY` of a list of findings `f` with their client `c`. */
export function findingOrder({ by, direction }: FindingSort): string {
  return `${(ORDER[by] ?? bySeverity)(direction)}, f.id`
}

/** The ids of all findings that match a filter, in order. */
export function findingIds(reader: Reader, query: FindingQuery & { readonly sort: FindingSort }, today: Day): number[] {
  const where = findingWhere(query, today)
  return reader.column<number>(
    `SELECT f.id FROM ${FROM} WHERE ${where.text} ORDER BY ${findingOrder(query.sort)}`,
    where.params,
  )
}

/** The values of a finding by name, which are stored as JSON. */
export const storedEvidence = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

const columns = findingRow.omit({ state: true, says: true, certainty: true }).extend({
  rule: findingRow.shape.rule.omit({ title: true }),
  evidence: storedEvidence,
})

export interface StoredFinding {
  readonly row: FindingRow
  readonly evidence: Evidence
}

/**
 * Findings for ids, in the order given; ids that do not exist are left out. The join is in this order since SQLite, which
 * does not know how few the ids are, may read all findings for each of them.
 */
export function findingsById(reader: Reader, ids: readonly number[], moment: Moment): StoredFinding[] {
  return readRows(
    reader,
    columns,
    `SELECT f.id AS findingId, f.rule AS "rule.id", f.severity, f.quiet, ${CLIENT_REF}, ${CONNECTION_REF}, f.subject_kind AS "subject.kind",
       f.subject_id AS "subject.id", f.name AS "subject.name", ${PERSON} AS "subject.personId", f.first_seen_at AS firstSeenAt,
       f.first_sync AS firstSync, f.resolved_at AS resolvedAt, f.resolved_sync AS resolvedSync,
       f.accepted_until AS "accepted.until", ifnull(a.reason, '') AS "accepted.reason",
       ifnull(a.accepted_by, '') AS "accepted.by", ifnull(a.accepted_at, 0) AS "accepted.at", f.evidence
     FROM json_each(?) j CROSS JOIN finding f ON f.id = j.value JOIN connection cn ON cn.id = f.connection_id
     JOIN client c ON c.id = cn.client_id LEFT JOIN acceptance a ON ${IS_ACCEPTANCE} ORDER BY j.key`,
    [idsParam(ids)],
  ).map(({ evidence, ...row }) => {
    const { title, ...words } = describeByRule(row.rule.id, evidence, moment)
    return {
      evidence,
      row: { ...row, rule: { id: row.rule.id, title }, state: getState(row, moment.today), ...words },
    }
  })
}

/** The parts of a finding that its rule gives; a rule that only a newer version has is named by its id. */
export function describeByRule(id: string, evidence: Evidence, moment: Moment) {
  const rule = parseRule(id)
  return {
    title: rule?.title ?? id,
    certainty: rule?.certainty ?? ('certain' as const),
    says: rule?.say(evidence, moment) ?? '',
  }
}

function getState({ resolvedAt, accepted }: Pick<FindingRow, 'resolvedAt' | 'accepted'>, today: Day): FindingState {
  if (resolvedAt !== null) return 'resolved'
  return accepted !== null && accepted.until >= today ? 'accepted' : 'open'
}

/** Other findings of the same rule and subject, newest first. */
export function findingHistory(reader: Reader, of: FindingRow, moment: Moment): FindingRow[] {
  const ids = reader.column<number>(
    `SELECT f.id FROM finding f WHERE f.subject_kind = ? AND f.subject_id = ? AND f.rule = ? AND f.id <> ?
     ORDER BY f.first_seen_at DESC, f.id DESC`,
    [of.subject.kind, of.subject.id, of.rule.id, of.findingId],
  )
  return findingsById(reader, ids, moment).map((stored) => stored.row)
}
