import type { FindingGroup, FindingGrouping } from '../../../shared/contract/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { type FindingQuery, findingWhere, FROM, RANK } from './list.ts'
import type { SubjectKind } from './kit/rule.ts'
import { ruleOf } from './rules.ts'

interface GroupColumns extends ClientRefColumns {
  readonly groups: number
  readonly rule: string
  readonly subject_kind: SubjectKind
  readonly subject_id: number
  readonly name: string
  readonly person_id: number | null
  readonly worst: number
  readonly count: number
  readonly counts: string
}

const BY: Readonly<Record<FindingGrouping, string>> = {
  rule: 'f.rule',
  client: 'c.id',
  subject: 'f.subject_kind, f.subject_id',
}

/** Findings counted by rule, client or subject: the group with the most pressing one first, then the largest. */
export function findingGroups(
  reader: Reader,
  query: FindingQuery & { readonly by: FindingGrouping; readonly offset: number; readonly limit: number },
  today: Day,
): { readonly total: number; readonly rows: FindingGroup[] } {
  const where = findingWhere(query, today)
  const counts = SEVERITIES.map((severity) => `'${severity}', count(*) FILTER (WHERE f.severity = '${severity}')`)
  const rows = reader.all<GroupColumns>(
    `SELECT count(*) OVER () AS groups, f.rule, f.subject_kind, f.subject_id, max(f.name) AS name, ${CLIENT_REF},
       CASE WHEN f.subject_kind = 'principal' THEN (SELECT o.person_id FROM principal o WHERE o.id = f.subject_id) END AS person_id,
       min(${RANK('f.severity')}) AS worst, count(*) AS count, json_object(${counts.join(', ')}) AS counts
     FROM ${FROM} WHERE ${where.text} GROUP BY ${BY[query.by]}
     ORDER BY worst, count DESC, ${query.by === 'client' ? 'c.name COLLATE NOCASE' : 'f.rule, name COLLATE NOCASE'}
     LIMIT :limit OFFSET :offset`,
    { ...where.params, limit: query.limit, offset: query.offset },
  )
  return { total: rows[0]?.groups ?? 0, rows: rows.map((row) => groupOf(row, query.by)) }
}

function groupOf(row: GroupColumns, by: FindingGrouping): FindingGroup {
  const client = clientRefOf(row)
  const subject = { kind: row.subject_kind, id: row.subject_id, name: row.name, personId: row.person_id }
  return {
    rowKey:
      by === 'rule'
        ? `rule ${row.rule}`
        : by === 'client'
          ? `client ${client.slug}`
          : `${row.subject_kind} ${row.subject_id}`,
    name: by === 'rule' ? (ruleOf(row.rule)?.title ?? row.rule) : by === 'client' ? client.name : row.name,
    rule: by === 'rule' ? row.rule : null,
    client: by === 'rule' ? null : client,
    subject: by === 'subject' ? subject : null,
    worst: SEVERITIES[row.worst] ?? 'info',
    count: row.count,
    counts: JSON.parse(row.counts) as Record<Severity, number>,
  }
}
