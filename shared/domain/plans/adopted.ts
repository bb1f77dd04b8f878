import type { RealProject } from './drift-reality.ts'
import type { PlannedProject } from './plan.ts'

/** An organization or project of the plan with what it was made from. */
export interface Adopted<Planned, Real> {
  readonly planned: Planned
  readonly real: Real
}

export type AdoptedProject = Adopted<PlannedProject, RealProject>
