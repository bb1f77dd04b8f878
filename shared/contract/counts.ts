import { z } from 'zod'

import { operation, scopeShape } from './common.ts'

const count = z.number().int().min(0)

/** How much work each area has: the numbers beside the areas of the window. */
export const counts = z.object({
  /** Open findings that are counted: those of rules that are certain enough for the policy. */
  findings: count,
  /** Scheduled reviews that are overdue, and opened ones that are not signed yet. */
  reviews: count,
  /** Keys past their rotation date, and due within their policy's notice. */
  rotation: count,
  /** People who left and still have access. */
  leavers: count,
  /** Remediation items that need a person. */
  remediation: count,
  /** Connections whose last sync failed. */
  connections: count,
})
export type Counts = z.infer<typeof counts>

export const countsContract = {
  /** Counts for one client or all, from a fixed number of statements. */
  get: operation.input(z.object(scopeShape)).output(counts),
}
