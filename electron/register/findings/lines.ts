import { type FindingLine, findingLine } from '../../../shared/contract/findings.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { iterateRows } from '../db/rows.ts'
import { describeByRule, FROM, findingOrder, type FindingQuery, findingWhere, storedEvidence } from './list.ts'

const columns = findingLine
  .pick({ findingId: true, severity: true, client: true, subject: true })
  .extend({ ruleId: findingLine.shape.says, evidence: storedEvidence })

/**
 * Findings that match a filter, the most severe first, one by one from one statement: of each only what a table shows, since a whole
 * row of `findingsById` takes several times as long and most of its values are not shown.
 */
export function* findingLines(reader: Reader, query: FindingQuery, moment: Moment): Generator<FindingLine> {
  const where = findingWhere(query, moment.today)
  const rows = iterateRows(
    reader,
    columns,
    `SELECT f.id AS findingId, f.severity, f.rule AS ruleId, c.slug AS "client.slug", f.name AS "subject.name", f.evidence
     FROM ${FROM} WHERE ${where.text} ORDER BY ${findingOrder({ by: 'severity', direction: 'asc' })}`,
    where.params,
  )
  for (const { ruleId, evidence, ...row } of rows) {
    const { title, ...words } = describeByRule(ruleId, evidence, moment)
    yield { ...row, rule: { title }, ...words }
  }
}
