import { z } from 'zod'

import { clientRef } from '../../../shared/contract/common.ts'
import {
  type FindingGroup,
  findingGroup,
  type FindingCount,
  type FindingGrouping,
  findingSubject,
} from '../../../shared/contract/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { type FindingQuery, findingWhere, FROM, PERSON, RANK } from './list.ts'
import { parseRule } from './rules.ts'

const columns = z.object({
  groups: z.number().int(),
  rule: z.string(),
  subject: findingSubject,
  client: clientRef,
  worst: z.number().int(),
  count: z.number().int(),
  counts: findingGroup.shape.counts,
})

const BY: Readonly<Record<FindingGrouping, string>> = {
  rule: 'f.rule',
  client: 'c.id',
  subject: 'f.subject_kind, f.subject_id',
}

/** Findings counted by rule, client or subject: the group with the most severe finding first, then the largest. */
export function findingGroups(
  reader: Reader,
  query: FindingQuery & { readonly by: FindingGrouping; readonly offset: number; readonly limit: number },
  today: Day,
): { readonly total: number; readonly rows: FindingGroup[] } {
  const where = findingWhere(query, today)
  const counts = SEVERITIES.map((severity) => `'${severity}', count(*) FILTER (WHERE f.severity = '${severity}')`)
  const rows = readRows(
    reader,
    columns,
    `SELECT count(*) OVER () AS groups, f.rule, f.subject_kind AS "subject.kind", f.subject_id AS "subject.id",
       max(f.name) AS "subject.name", ${PERSON} AS "subject.personId", ${CLIENT_REF},
       min(${RANK('f.severity')}) AS worst, count(*) AS count, json_object(${counts.join(', ')}) AS counts
     FROM ${FROM} WHERE ${where.text} GROUP BY ${BY[query.by]}
     ORDER BY worst, count DESC, ${query.by === 'client' ? 'c.name COLLATE NOCASE' : 'f.rule, "subject.name" COLLATE NOCASE'}
     LIMIT :limit OFFSET :offset`,
    { ...where.params, limit: query.limit, offset: query.offset },
  )
  return { total: rows[0]?.groups ?? 0, rows: rows.map((row) => toGroup(row, query.by)) }
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
