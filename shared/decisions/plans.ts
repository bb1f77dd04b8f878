import { z } from 'zod'

import { planSchema } from '../contract/plans.ts'
import { connectionUid, localNumber, providerSubject, uid } from './kind.ts'

const ofPlan = { plan: localNumber, planUid: uid }

const count = z.number().int().nonnegative()

/**
 * A version, named by its uid: its number follows from the order in which versions count. The check of a later release may
 * count other errors in it.
 */
const version = {
  version: localNumber,
  versionUid: uid,
  errors: count,
  warnings: count,
  /** How it was made. */
  says: z.string(),
}

/**
 * The version that was the newest when this one was made. If another one is the newest where this one counts, this one is a
 * draft beside it.
 */
const parentUid = uid

const areas = ['plan'] as const

/** Operations on the plans of a client. The row's subject is the title. */
export const PLAN_OPERATIONS = {
  'plan.created': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), ...version, model: planSchema }),
  },
  'plan.saved': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parentUid, model: planSchema }),
  },
  /** A new version that is as another one. */
  'plan.restored': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parentUid, fromUid: uid, from: localNumber }),
  },
  'plan.renamed': {
    areas,
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), was: z.string() }),
  },
  /** The client's other plans are deactivated. */
  'plan.put in force': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, version: localNumber }) },
  'plan.taken out of force': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, version: localNumber }) },
  'plan.removed': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan }) },
  'plan.brought back': { areas, body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1) }) },
  /**
   * Which connection an organization of the plan is; another organization that was this connection is none. Null: none any more,
   * if it still is the one that it was, `wasUid`.
   */
  'plan.bound': {
    areas,
    body: z.strictObject({
      v: z.literal(1),
      ...ofPlan,
      organization: z.string().min(1),
      connection: localNumber,
      connectionUid,
      wasUid: connectionUid.optional(),
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
