export interface PlanProblem {
  /** Where it is, such as `projects[2].keys[0].name`; empty for the plan as a whole. */
  readonly path: string
  /** `error`: the plan cannot be activated like this. `warning`: it can, but check it. */
  readonly severity: 'error' | 'warning'
  /** The fault, in a sentence. */
  readonly says: string
  /** The next step, in a sentence. */
  readonly hint: string
}

/** A problem with its place in the text: lines and columns count from 1. */
export interface PlacedProblem extends PlanProblem {
  readonly line: number
  readonly column: number
}
