import type { PlanProblem } from '../../../../shared/domain/plans/problem.ts'

/** Whether a plan can be activated. */
export function isSound(problems: readonly PlanProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error')
}
