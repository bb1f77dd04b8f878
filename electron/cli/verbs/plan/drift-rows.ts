import type { Api } from '../../../../shared/contract/contract.ts'
import type { DriftDifference } from '../../../../shared/contract/plan-apply.ts'
import type { PlanRow } from '../../../../shared/contract/plans.ts'

/** Where a difference is, such as `Acme / Product-Prod`. */
export function getPlace({ organization, project }: DriftDifference): string {
  return project === null ? organization : `${organization} / ${project}`
}

/** The planned and the actual state, in a few words. */
export function plannedAndThere({ planned, actual }: DriftDifference): string {
  return `Planned: ${planned ?? 'nothing'}. There: ${actual ?? 'nothing'}.`
}

/** The differences between reality and a plan; none while the client has no connection to compare with. */
export async function driftOfPlan(
  api: Api,
  row: PlanRow,
  ref: { readonly planId: number; readonly version?: number },
): Promise<readonly DriftDifference[]> {
  const connections = await api.connection.list({ client: row.client.slug })
  return connections.length === 0 ? [] : (await api.planApply.drift(ref)).differences
}
