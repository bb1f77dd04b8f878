import type { Api } from '../../../../shared/contract/contract.ts'
import type { PlanRow } from '../../../../shared/contract/plans.ts'
import { sameName } from '../../../../shared/domain/text/names.ts'
import { Failed, Misuse } from '../../kit/failure.ts'
import { type Run, readScope } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

/** A plan as a command line names it. */
export interface NamedPlan {
  readonly row: PlanRow
  /** As operations take it: a version where one was named. */
  readonly ref: { readonly planId: number; readonly version?: number }
}

/** How a plan is named, for help texts. */
export const PLAN_NAME = 'its title or number; an earlier version as NAME@2'

/** The plan of a title (whatever its case) or a number, and its version. Throws `Failed` where there is none or several. */
export async function namedPlan(api: Api, run: Run, text: string): Promise<NamedPlan> {
  const rows = await api.plan.list(readScope(run))
  const found = withName(rows, text)
  const match = /^(.+)@([1-9]\d{0,8})$/su.exec(text)
  const plans = found.length === 0 && match?.[1] !== undefined ? withName(rows, match[1]) : found
  const [row, ...others] = plans
  if (row === undefined) {
    // The service reports why a number is not in scope.
    if (/^[1-9]\d{0,8}$/u.test(text.trim())) await api.plan.get({ planId: Number(text) })
    throw new Failed(`There is no plan ${shown(text)}.`, 'List them: castellan plan list')
  }
  if (others.length > 0) {
    throw new Failed(
      `Several clients have a plan ${shown(text)}.`,
      `Name the client (--client ${row.client.slug}), or the plan by its number: ${plans.map(({ planId }) => planId).join(', ')}`,
    )
  }
  const version = found.length === 0 ? Number(match?.[2]) : undefined
  return { row, ref: { planId: row.planId, ...(version === undefined ? {} : { version }) } }
}

function withName(rows: readonly PlanRow[], text: string): readonly PlanRow[] {
  const titled = rows.filter(({ title }) => sameName(title, text))
  return titled.length > 0 ? titled : rows.filter(({ planId }) => String(planId) === text.trim())
}

/** The client that a new plan is for. Throws `Misuse` where none is named. */
export function readClient({ client }: Run): string {
  if (client === undefined) throw new Misuse('A plan belongs to a client.', 'Name it: --client SLUG')
  return client
}
