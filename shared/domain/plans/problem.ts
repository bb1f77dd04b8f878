/** A problem of a plan. */
export interface PlanProblem {
  /** Where it is, such as `projects[2].keys[0].name`; empty for the plan as a whole. */
  readonly path: string
  /** `error`: the plan cannot be activated like this. `warning`: it can, but check it. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, in a sentence. */
  readonly says: string
  /** What to do, in a sentence. */
  readonly hint: string
}

/** The same, with the place in the text: lines and columns count from 1. */
export interface PlacedProblem extends PlanProblem {
  readonly line: number
  readonly column: number
}
