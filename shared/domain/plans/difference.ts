/** Parts of a plan that have names of their own, in the order in which differences are listed. */
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

/** One difference between two plans. */
export interface PlanDifference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number]
  readonly part: PlanPart
  /**
   * Its name in the newer plan, or in the older if it was removed. A key's name follows its project's: `Research / a`.
   */
  readonly name: string
  /** The field that changed; null for the whole part. */
  readonly field: string | null
  /** In words; null if there was, or is, nothing. */
  readonly before: string | null
  readonly after: string | null
}
