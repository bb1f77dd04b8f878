import type { ImpactReport } from '../../../shared/contract/impact.ts'
import { impactSays } from '../../../shared/domain/impact/says.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { findImpact, toConsequence } from '../../register/impact/impact.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'

/** Actions that remove the subject, so that everything that depends on it is affected. */
const ENDS: ReadonlySet<RemediationAction> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-disable',
  'key-delete',
])

/** The impact: what stops working and what is unaffected; null for an action that does not remove the subject. */
export function findRemediationImpact(reader: Reader, row: StoredRemediation['row'], now: number): ImpactReport | null {
  const { kind, id } = row.subject
  if (kind === 'connection') return null
  if (ENDS.has(row.action)) return findImpact(reader, { kind, id }, { now })
  const { projectId } = row.values
  if (row.action !== 'project-member-remove' || projectId === undefined) return null
  const whole = findImpact(reader, { kind, id }, { now })
  return whole === null ? null : withinProject(whole, projectId, now)
}

/**
 * A person who loses one project loses there exactly what they would lose there with the organization, by the same
 * rules.
 */
function withinProject(whole: ImpactReport, projectId: number, now: number): ImpactReport {
  const rows = whole.rows.filter(({ project }) => project?.id === projectId)
  const consequences = rows.map((row) => toConsequence(row, now))
  return { ...whole, rows, says: impactSays(consequences, []) }
}
