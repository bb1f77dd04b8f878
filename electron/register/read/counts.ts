import type { Counts } from '../../../shared/contract/counts.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'
import { openFindings } from '../findings/counts.ts'
import { leaverRows } from '../leavers/counts.ts'
import { listLeavers } from '../leavers/leaver.ts'
import { wantingRemediations } from '../remediation/counts.ts'
import { schedule } from '../reviews/schedule/schedule.ts'
import { countDueKeys } from '../today/counts.ts'

/** How much work each area has, in one scope. A fixed number of statements, each over an index of its own. */
export function readCounts(reader: Reader, scope: Scope, moment: Moment): Counts {
  const findings = [...openFindings(reader, scope, moment.today).values()]
  const reviews = schedule(reader, scope, moment).filter(({ row }) => row.overdue || row.openReviewId !== null)
  const keys = countDueKeys(reader, scope, moment)
  const leavers = leaverRows(reader, listLeavers(reader, scope, moment), scope, moment)
  const remediations = [...wantingRemediations(reader, scope).values()]
  return {
    findings: sum(findings.flatMap((severities) => Object.values(severities))),
    reviews: reviews.length,
    rotation: sum(keys.flatMap(({ overdue, due }) => [overdue, due])),
    leavers: leavers.filter(({ state }) => state === 'holds').length,
    remediation: sum(remediations.flatMap((states) => Object.values(states))),
    connections: failedConnections(reader, scope),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** How many connections in scope failed at their last sync. */
function failedConnections(reader: Reader, scope: Scope): number {
  const inScope = connectionsInScope(scope)
  return (
    reader.value<number>(
      `SELECT count(*) FROM connection cn WHERE cn.id IN (${inScope.text}) AND
         (SELECT s.state FROM sync s WHERE s.connection_id = cn.id ORDER BY s.id DESC LIMIT 1) = 'failed'`,
      inScope.params,
    ) ?? 0
  )
}
