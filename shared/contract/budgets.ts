import { z } from 'zod'

import { clientRef, connectionRef, id, instant, operation, scopeShape } from './common.ts'

const threshold = z.number().int().min(1).max(1000)

/** What is left out is wider: a client, one of its connections, or one project. */
const target = {
  client: z.string().min(1),
  connection: id.optional(),
  project: id.optional(),
}

export const budgetRow = z.object({
  rowKey: z.string(),
  /** Null for a limit or alert that the provider told; those change at the provider. */
  budgetId: id.nullable(),
  client: clientRef,
  connection: connectionRef.nullable(),
  project: z.object({ id, name: z.string() }).nullable(),
  /** Micro-USD of a month. */
  amount: z.number().int(),
  enforcement: z.enum(['hard', 'alert']),
  thresholds: z.array(threshold),
  /** Whether any usage of it is on record. Without, nothing was spent as far as anybody knows, which is not the same as nothing. */
  recorded: z.boolean(),
  /** Micro-USD of this month: what is billed, or what own records claim where that is more, since bills come late. */
  spent: z.number().int(),
  percent: z.number().int(),
  /** Micro-USD by the end of the month, and how far off the same way was before; see `forecastMonth`. */
  forecast: z.number().int(),
  forecastError: z.number().nullable(),
  /** Days until the amount is spent: 0 when it is, null when this month will not reach it. */
  daysLeft: z.number().int().nullable(),
  /** Thresholds that were told this month. */
  told: z.array(z.object({ threshold, at: instant })),
})
export type BudgetRow = z.infer<typeof budgetRow>

export const budgetsContract = {
  /** Budgets that were agreed and limits that providers hold, most spent first. */
  list: operation.input(z.object(scopeShape)).output(z.array(budgetRow)),
  /** Sets the budget of a client, a connection or a project; there is one of each. Written to the journal. */
  set: operation
    .input(
      z.object({
        ...target,
        /** Micro-USD of a month. */
        amount: z.number().int().positive(),
        enforcement: z.enum(['hard', 'alert']).default('alert'),
        thresholds: z.array(threshold).min(1).max(10).optional(),
      }),
    )
    .output(budgetRow),
  clear: operation.input(z.object({ budgetId: id })).output(z.object({ done: z.literal(true) })),
  /** Tells thresholds that were reached since, each once a month; the open window does so by itself. */
  check: operation.output(z.object({ told: z.number().int() })),
}
