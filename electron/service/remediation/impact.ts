import type { ImpactReport } from '../../../shared/contract/impact.ts'
import { impactSays } from '../../../shared/domain/impact/says.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { findImpact, toConsequence } from '../../register/impact/impact.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'

/** Actions that end the subject, so that all that depends on it is in question. */
const ENDS: ReadonlySet<RemediationAction> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-disable',
  'key-delete',
])

/** What goes and what stays; null for an action after which the subject goes on as it was. */
export function findRemediationImpact(reader: Reader, row: StoredRemediation['row'], now: number): ImpactReport | null {
  const { kind, id } = row.subject
  if (kind === 'connection') return null
  if (ENDS.has(row.action)) return findImpact(reader, { kind, id }, { now })
  const { projectId } = row.values
  if (row.action !== 'project-member-remove' || projectId === undefined) return null
  const whole = findImpact(reader, { kind, id }, { now })
  return whole === null ? null : withinProject(whole, projectId, now)
}

/** Whoever loses one project loses there what they would lose with the organization, by the same rules, and nothing else. */
function withinProject(whole: ImpactReport, projectId: number, now: number): ImpactReport {
  const rows = whole.rows.filter(({ project }) => project?.id === projectId)
  const consequences = rows.map((row) => toConsequence(row, now))
  return { ...whole, rows, says: impactSays(consequences, []) }
}
