/** The selected part of a plan, by its position. */
export type PlanPartRef =
  | { readonly kind: 'organization'; readonly at: number }
  | { readonly kind: 'team'; readonly at: number }
  | { readonly kind: 'project'; readonly at: number }
  | { readonly kind: 'key'; readonly project: number; readonly at: number }

/** The selected part, and how another one is selected. */
export interface SelectedPart {
  readonly chosen: PlanPartRef | null
  readonly choose: (part: PlanPartRef | null) => void
}

export function isSame(a: PlanPartRef | null, b: PlanPartRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
