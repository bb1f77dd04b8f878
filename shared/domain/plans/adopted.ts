import type { RealProject } from './drift-reality.ts'
import type { PlannedProject } from './plan.ts'

/** An organization or project of the plan with what it was made from. */
export interface PlanOrigin<Planned, Real> {
  readonly planned: Planned
  readonly real: Real
}

export type AdoptedProject = PlanOrigin<PlannedProject, RealProject>
