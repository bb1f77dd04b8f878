import { z } from 'zod'

import { agreed } from '../contract/budgets.ts'
import { day } from '../contract/common.ts'
import { connectionUid, localNumber, providerSubject, uid } from './kind.ts'

/** What a budget is for: the client of the row, one of its connections, or one project, which also names its connection. */
const budgetTarget = { connectionUid, project: providerSubject.nullable() }

function namesOneConnection({ connectionUid: uid, project }: z.infer<z.ZodObject<typeof budgetTarget>>): boolean {
  return project === null || project.connectionUid === uid
}

const inWords = z.strictObject({
  /** Dollars and cents of a month, for people. */
  usd: z.string(),
  enforcement: agreed.shape.enforcement,
  thresholds: agreed.shape.thresholds,
})

/** Micro-USD for a million tokens. */
const microUsdPerMillion = z.strictObject({
  input: z.number().int().nonnegative(),
  cached: z.number().int().nonnegative(),
  cacheWrite: z.number().int().nonnegative(),
  output: z.number().int().nonnegative(),
})

/** Operations on what usage is compared with, priced by and read from. */
export const USAGE_OPERATIONS = {
  /** There is one budget for each target; `amount` is micro-USD of a month, `was` what it replaces. */
  'budget.set': {
    areas: ['usage'],
    body: z
      .strictObject({
        v: z.literal(1),
        budgetUid: uid,
        budget: localNumber,
        ...budgetTarget,
        amount: z.number().int().positive(),
        ...inWords.shape,
        was: inWords.optional(),
      })
      .refine(namesOneConnection),
  },
  'budget.cleared': {
    areas: ['usage'],
    body: z
      .strictObject({ v: z.literal(1), budgetUid: uid, budget: localNumber, ...budgetTarget, usd: z.string() })
      .refine(namesOneConnection),
  },
  /** There is one price for each client, or for all, model (lower case) and first day. */
  'price.set': {
    areas: ['usage'],
    body: z.strictObject({
      v: z.literal(1),
      priceUid: uid,
      price: localNumber,
      model: z.string().min(1),
      from: day,
      microUsdPerMillion,
    }),
  },
  'price.cleared': {
    areas: ['usage'],
    body: z.strictObject({ v: z.literal(1), priceUid: uid, price: localNumber, model: z.string().min(1), from: day }),
  },
  /** `path` is absolute, on the machine of the operator. */
  'usage.folder-added': {
    areas: ['usage'],
    body: z.strictObject({ v: z.literal(1), folderUid: uid, folder: localNumber, path: z.string().min(1) }),
  },
  'usage.folder-removed': {
    areas: ['usage'],
    body: z.strictObject({ v: z.literal(1), folderUid: uid, folder: localNumber, path: z.string().min(1) }),
  },
} as const
