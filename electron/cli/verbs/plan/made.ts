import { counted } from '../../../../shared/domain/counted.ts'
import type { PlanDetail } from '../../../../shared/contract/plans.ts'
import { printLines, printObject } from '../../kit/listing.ts'
import type { Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

/** Prints a plan that was created or saved, and its problems. */
export async function printMade(run: Run, what: string, { row, version }: PlanDetail): Promise<void> {
  const { planId, title, client, errors, warnings } = row
  if (run.json) {
    await printObject(run.terminal, { planId, title, client: client.slug, version, errors, warnings })
    return
  }
  const wrong =
    errors + warnings === 0
      ? ''
      : ` ${counted(errors, 'error')}, ${counted(warnings, 'warning')}: castellan plan check ${planId}`
  await printLines(run.terminal, [`${what} plan ${planId}, ${shown(title)} (version ${version}).${wrong}`])
}
