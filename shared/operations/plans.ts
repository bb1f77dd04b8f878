import { z } from 'zod'

import { planSchema } from '../contract/plans.ts'
import { connectionUid, localNumber, providerSubject, uid } from './kind.ts'

const ofPlan = { plan: localNumber, planUid: uid }

const count = z.number().int().nonnegative()

/** A version; the check of a later release may count other errors in it. */
const version = {
  version: z.number().int().positive(),
  errors: count,
  warnings: count,
  /** How it was made. */
  says: z.string(),
}

/** The version that was the newest when this one was made. */
const parent = z.number().int().positive()

const areas = ['plan'] as const

/** Operations on the plans of a client. The row's subject is the title. */
export const PLAN_OPERATIONS = {
  'plan.created': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), ...version, model: planSchema }),
  },
  'plan.saved': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parent, model: planSchema }) },
  /** A new version that is as an earlier one, `from`. */
  'plan.restored': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parent, from: z.number().int().positive() }),
  },
  'plan.renamed': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), was: z.string() }),
  },
  /** The client's other plans are deactivated. */
  'plan.put in force': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, version: count }) },
  'plan.taken out of force': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, version: count }) },
  'plan.removed': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan }) },
  'plan.brought back': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1) }) },
  /** Which connection an organization of the plan is; null: none. Another organization that was this connection is none. */
  'plan.bound': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...ofPlan,
      organization: z.string().min(1),
      connection: localNumber,
      connectionUid,
    }),
  },
  /** Whether a project or key of another name is the planned one. */
  'plan.answered': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...ofPlan,
      part: z.enum(['project', 'key']),
      planned: z.string().min(1),
      subjectNamed: providerSubject,
      same: z.boolean(),
    }),
  },
} as const
