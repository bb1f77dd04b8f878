import { z } from 'zod'

import { clientRef, id, operation, scopeShape } from './common.ts'
import { month } from './usage.ts'

export const COVERAGE_BY = ['project', 'model', 'day'] as const
export const reconciliationBy = z.enum(COVERAGE_BY)
export type ReconciliationBy = z.infer<typeof reconciliationBy>

const amounts = z.object({
  billed: z.number().int(),
  claimed: z.number().int(),
  /**
   * The part of the internal amount from records without a project, divided among projects that were used on the same
   * days and models.
   */
  shared: z.number().int(),
  /** The usage that both sides report; `billed` is covered and uncovered, internal is covered and over-reported. */
  covered: z.number().int(),
  uncovered: z.number().int(),
  overClaimed: z.number().int(),
  /** Of what is billed, to a tenth, covered rounded down; null if nothing is billed. */
  percent: z.object({ covered: z.number(), uncovered: z.number(), overClaimed: z.number() }).nullable(),
})
export type ReconciliationSums = z.infer<typeof amounts>

const sums = {
  /**
   * Micro-USD. Where records contain no cost, their tokens by the price table; where a provider bills none, its tokens
   * likewise.
   */
  cost: amounts,
  /** Of input and output. */
  tokens: amounts,
  requests: amounts,
  /** The estimated part of the internal and of the billed amounts, in micro-USD. */
  estimatedClaim: z.number().int(),
  estimatedBill: z.number().int(),
}

export const reconciliationRow = z.object({
  rowKey: z.string(),
  /**
   * `not-reported`: no project was named. `unmatched`: records name projects that match the id or name of none, or of
   * more than one.
   */
  kind: z.enum(['named', 'not-reported', 'unmatched']),
  /** A project's name, a model without the date of its version, or a day, `YYYY-MM-DD`. */
  name: z.string().nullable(),
  /** The project in the register, where there is one. */
  ref: id.nullable(),
  client: clientRef.nullable(),
  ...sums,
})
export type ReconciliationRow = z.infer<typeof reconciliationRow>

/** A project name in records that is not a project's id and does not match exactly one project's name. */
export const unmatchedProject = z.object({
  client: clientRef,
  word: z.string(),
  because: z.enum(['unknown', 'ambiguous']),
  /** Micro-USD and tokens that records report for it. */
  cost: z.number().int(),
  tokens: z.number().int(),
})
export type UnmatchedProject = z.infer<typeof unmatchedProject>

export const reconciliationTotal = z.object(sums)
export type ReconciliationTotal = z.infer<typeof reconciliationTotal>

export const reconciliationContract = {
  /**
   * A month of clients' internal records compared with what their providers report: for each day, project and model. A
   * group is the sum of its parts, so that groups add up to the total whatever they are grouped by. Most billed first,
   * days in order.
   */
  get: operation
    .input(z.object({ ...scopeShape, month, by: reconciliationBy.default('project') }))
    .output(
      z.object({ rows: z.array(reconciliationRow), total: reconciliationTotal, unmatched: z.array(unmatchedProject) }),
    ),
}
