import { z } from 'zod'

import { clientRef } from '../../../shared/contract/common.ts'
import {
  type FindingGroup,
  findingGroup,
  type FindingCount,
  type FindingGrouping,
} from '../../../shared/contract/findings.ts'
import { findingSubject } from '../../../shared/nouns/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { SUBJECT_KINDS } from '../../../shared/domain/facts.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { type FindingQuery, findingWhere, FROM, PERSON, RANK } from './list.ts'
import { parseRule } from './rules.ts'

const columns = z.object({
  rule: z.string(),
  subject: findingSubject,
  client: clientRef,
  worst: z.number().int(),
  count: z.number().int(),
  counts: findingGroup.shape.counts,
})

/** Rules and clients are so few that their groups are read together; subjects may be as many as findings. */
export type FewGroups = Exclude<FindingGrouping, 'subject'>

const BY: Readonly<Record<FewGroups, string>> = { rule: 'f.rule', client: 'c.id' }

const COUNTS = SEVERITIES.map((severity) => `'${severity}', count(*) FILTER (WHERE f.severity = '${severity}')`)

const COLUMNS = `f.rule, f.subject_kind AS "subject.kind", f.subject_id AS "subject.id", max(f.name) AS "subject.name",
  ${PERSON} AS "subject.personId", ${CLIENT_REF}, min(${RANK('f.severity')}) AS worst, count(*) AS count,
  json_object(${COUNTS.join(', ')}) AS counts`

/** Findings counted by rule or client: the group with the most severe finding first, then the largest. */
export function findingGroups(
  reader: Reader,
  query: FindingQuery & { readonly by: FewGroups },
  today: Day,
): FindingGroup[] {
  const where = findingWhere(query, today)
  return readRows(
    reader,
    columns,
    `SELECT ${COLUMNS} FROM ${FROM} WHERE ${where.text} GROUP BY ${BY[query.by]}
     ORDER BY worst, count DESC, ${query.by === 'client' ? 'c.name COLLATE NOCASE' : 'f.rule, "subject.name" COLLATE NOCASE'}`,
    where.params,
  ).map((row) => toGroup(row, query.by))
}

/** A subject as one number: its kind is the place among `SUBJECT_KINDS`. */
const SUBJECT = `f.subject_id * ${SUBJECT_KINDS.length} + CASE f.subject_kind ${SUBJECT_KINDS.map((kind, n) => `WHEN '${kind}' THEN ${n}`).join(' ')} END`

/** The numbers of all subjects of findings that match, in the same order; `findingSubjects` reads their groups. */
export function subjectIds(reader: Reader, query: FindingQuery, today: Day): number[] {
  const where = findingWhere(query, today)
  return reader.column<number>(
    `SELECT ${SUBJECT}, max(f.name) AS name, min(${RANK('f.severity')}) AS worst, count(*) AS count
     FROM ${FROM} WHERE ${where.text} GROUP BY f.subject_kind, f.subject_id
     ORDER BY worst, count DESC, f.rule, name COLLATE NOCASE`,
    where.params,
  )
}

/** The groups of some subjects by their numbers, in the order given, from the findings of these alone. */
export function findingSubjects(
  reader: Reader,
  ids: readonly number[],
  query: FindingQuery,
  today: Day,
): FindingGroup[] {
  const where = findingWhere(query, today)
  const subjects = ids.map((id) => [
    SUBJECT_KINDS[id % SUBJECT_KINDS.length] ?? '',
    Math.floor(id / SUBJECT_KINDS.length),
  ])
  return readRows(
    reader,
    columns,
    `SELECT ${COLUMNS} FROM json_each(:subjects) j
     CROSS JOIN finding f ON f.subject_kind = j.value ->> 0 AND f.subject_id = j.value ->> 1
     JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
     WHERE ${where.text} GROUP BY j.key ORDER BY j.key`,
    { ...where.params, subjects: JSON.stringify(subjects) },
  ).map((row) => toGroup(row, 'subject'))
}

const VALUES: Readonly<Record<Exclude<FindingCount, 'certainty'>, string>> = {
  severity: 'f.severity',
  rule: 'f.rule',
  subjectKind: 'f.subject_kind',
}

/** The values of a property of findings, with the number of findings; most first. */
export function countFindings(
  reader: Reader,
  query: FindingQuery & { readonly by: FindingCount },
  today: Day,
): { readonly value: string; readonly count: number }[] {
  const { by } = query
  const where = findingWhere(query, today)
  const rows = reader.all<{ readonly value: string; readonly count: number }>(
    `SELECT ${VALUES[by === 'certainty' ? 'rule' : by]} AS value, count(*) AS count FROM ${FROM} WHERE ${where.text}
     GROUP BY 1 ORDER BY count DESC, value`,
    where.params,
  )
  if (by !== 'certainty') return [...rows]
  const levels = Map.groupBy(rows, ({ value }) => parseRule(value)?.certainty ?? 'certain')
  return [...levels]
    .map(([value, own]) => ({ value, count: own.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => b.count - a.count)
}

function toGroup(row: z.infer<typeof columns>, by: FindingGrouping): FindingGroup {
  const { rule, client, subject, count, counts } = row
  return {
    rowKey:
      by === 'rule' ? `rule ${rule}` : by === 'client' ? `client ${client.slug}` : `${subject.kind} ${subject.id}`,
    name: by === 'rule' ? (parseRule(rule)?.title ?? rule) : by === 'client' ? client.name : subject.name,
    rule: by === 'rule' ? rule : null,
    certainty: by === 'rule' ? (parseRule(rule)?.certainty ?? null) : null,
    client: by === 'rule' ? null : client,
    subject: by === 'subject' ? subject : null,
    worst: SEVERITIES[row.worst] ?? 'info',
    count,
    counts,
  }
}
