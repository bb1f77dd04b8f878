/** Parts of a plan that have names of their own, in the order in which a difference is told. */
export const PLAN_PARTS = [
  'company',
  'organization',
  'team',
  'environment',
  'project',
  'key',
  'job',
  'person',
  'naming',
  'review',
  'attribution',
  'choice',
] as const
export type PlanPart = (typeof PLAN_PARTS)[number]

export const DIFFERENCE_KINDS = ['added', 'removed', 'renamed', 'changed'] as const

/** One thing in which a plan differs from another. */
export interface PlanDifference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number]
  readonly part: PlanPart
  /** Its name in the newer plan, or in the older where it was removed. A key's is told with its project's: `Research / a`. */
  readonly name: string
  /** What of it changed; null where it is the whole. */
  readonly field: string | null
  /** In words; null where there was, or is, nothing. */
  readonly before: string | null
  readonly after: string | null
}
