import { z } from 'zod'

import { planSchema } from '../contract/plans.ts'
import type { Plan } from '../domain/plans/plan.ts'
import { findFreeTitle, isTitleTaken } from '../domain/plans/titles.ts'
import { nameKey } from '../domain/text/names.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { connectionUid, localNumber, OPERATOR, providerSubject, uid } from './kind.ts'

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
    words: 'Plan created',
    areas,
    right: OPERATOR,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), ...version, model: planSchema }),
  },
  'plan.saved': {
    words: 'Version of a plan saved',
    areas,
    right: OPERATOR,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parentUid, model: planSchema }),
  },
  /** A new version that is as another one. */
  'plan.restored': {
    words: 'Version of a plan restored',
    areas,
    right: OPERATOR,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, ...version, parentUid, fromUid: uid, from: localNumber }),
  },
  'plan.renamed': {
    words: 'Plan renamed',
    areas,
    right: OPERATOR,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1), was: z.string() }),
  },
  /** The client's other plans are deactivated. */
  'plan.activated': {
    words: 'Plan activated',
    areas,
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, version: localNumber }),
  },
  'plan.deactivated': {
    words: 'Plan deactivated',
    areas,
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, version: localNumber }),
  },
  'plan.removed': {
    words: 'Plan removed',
    areas,
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofPlan }),
  },
  'plan.reinstated': {
    words: 'Plan restored',
    areas,
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofPlan, title: z.string().min(1) }),
  },
  /**
   * Which connection an organization of the plan is; another organization that was this connection is none. Null: none any more,
   * if it still is the one that it was, `wasUid`.
   */
  'plan.bound': {
    words: 'Connection of a plan chosen',
    areas,
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      ...ofPlan,
      organization: z.string().min(1),
      connection: localNumber,
      connectionUid,
      wasUid: connectionUid.optional(),
    }),
  },
  /** A person's answer: a project or key of another name is the planned one, or not. */
  'plan.answered': {
    words: 'Name in a plan matched',
    areas,
    right: OPERATOR,
    conflict: 'ask',
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

export interface StoredPlan {
  readonly uid: string
  /** Slug. */
  readonly client: string
  readonly title: string
  readonly in_force: 0 | 1
  readonly created_at: number
  readonly removed_at: number | null
}

type Kinds<K extends keyof typeof PLAN_OPERATIONS> = Pick<typeof PLAN_OPERATIONS, K>

/** The titles of the client's other plans that are not removed. */
function otherTitles(plans: ReadonlyMap<string, StoredPlan>, uid: string): readonly string[] {
  return [...plans.values()].flatMap((plan) => (plan.uid !== uid && plan.removed_at === null ? [plan.title] : []))
}

/** Plans of a client. A decision that the state of its plan does not allow leaves it as it is: another member's came first. */
export const PLANS = decisionsOn<
  StoredPlan,
  Kinds<'plan.created' | 'plan.renamed' | 'plan.activated' | 'plan.deactivated' | 'plan.removed' | 'plan.reinstated'>
>({
  table: 'plan',
  makes: ['plan.created'],
  key: { of: ({ body }) => body.planUid, in: ({ uid }) => uid },
  group: { of: ({ client }) => client ?? '', in: ({ client }) => client },
  folds: {
    'plan.created': (known, { client, at, body: { planUid: uid, title: wanted } }, plans) => {
      if (known !== null) return known
      const title = findFreeTitle(otherTitles(plans, uid), wanted)
      return { uid, client: client ?? '', title, in_force: 0, created_at: at, removed_at: null }
    },
    'plan.renamed': (plan, { body: { planUid, title } }, plans) => {
      const isAllowed = plan?.removed_at === null && !isTitleTaken(otherTitles(plans, planUid), title)
      return isAllowed ? { ...plan, title } : plan
    },
    'plan.activated': (plan, _, plans) => {
      if (plan?.removed_at !== null) return plan
      for (const [key, other] of plans) if (other.in_force === 1) plans.set(key, { ...other, in_force: 0 })
      return { ...plan, in_force: 1 }
    },
    'plan.deactivated': (plan) => plan && { ...plan, in_force: 0 },
    'plan.removed': (plan, { at }) =>
      plan?.removed_at === null && plan.in_force === 0 ? { ...plan, removed_at: at } : plan,
    'plan.reinstated': (plan, { body: { planUid, title } }, plans) => {
      if (plan === null || plan.removed_at === null) return plan
      return { ...plan, title: findFreeTitle(otherTitles(plans, planUid), title), removed_at: null }
    },
  },
})

export interface StoredPlanVersion {
  /** By its uid. */
  readonly plan: string
  readonly uid: string
  readonly version: number
  /** The number of the version that was the newest for the author. */
  readonly parent: number | null
  readonly draft: 0 | 1
  readonly model: Plan
  readonly organizations: number
  readonly projects: number
  readonly keys: number
  readonly errors: number
  readonly warnings: number
  readonly says: string
  readonly saved_at: number
  readonly saved_by: string
}

type OnVersion = Decision<
  Omit<z.infer<(typeof PLAN_OPERATIONS)['plan.saved']['body']>, 'parentUid' | 'model'> & { readonly parentUid?: string }
>

/** Adds the next version, or a draft beside the newest one where that is not its parent. */
function addVersion(
  versions: ReadonlyMap<string, StoredPlanVersion>,
  { at, operator, body }: OnVersion,
  model: Plan,
): StoredPlanVersion {
  const { planUid, versionUid, parentUid, errors, warnings, says } = body
  const [last] = [...versions.values()].toSorted((a, b) => b.version - a.version)
  const [newest] = [...versions.values()].filter(({ draft }) => draft === 0).toSorted((a, b) => b.version - a.version)
  const parts = {
    organizations: model.organizations.length,
    projects: model.projects.length,
    keys: model.projects.reduce((sum, { keys }) => sum + keys.length, 0),
  }
  return {
    plan: planUid,
    uid: versionUid,
    version: (last?.version ?? 0) + 1,
    parent: versions.get(parentUid ?? '')?.version ?? null,
    draft: newest === undefined || newest.uid === parentUid ? 0 : 1,
    model,
    ...parts,
    errors,
    warnings,
    says,
    saved_at: at,
    saved_by: operator,
  }
}

/** The versions of a plan: the content of none is ever changed, and the number of one follows from the order in which they count. */
export const PLAN_VERSIONS = decisionsOn<StoredPlanVersion, Kinds<'plan.created' | 'plan.saved' | 'plan.restored'>>({
  table: 'plan_version',
  makes: ['plan.created', 'plan.saved', 'plan.restored'],
  key: { of: ({ body }) => body.versionUid, in: ({ uid }) => uid },
  group: { of: ({ body }) => body.planUid, in: ({ plan }) => plan },
  folds: {
    'plan.created': (known, decision, versions) =>
      versions.size === 0 ? addVersion(versions, decision, decision.body.model) : known,
    'plan.saved': (known, decision, versions) =>
      known === null && versions.size > 0 ? addVersion(versions, decision, decision.body.model) : known,
    'plan.restored': (known, decision, versions) => {
      const from = versions.get(decision.body.fromUid)
      return known === null && from !== undefined ? addVersion(versions, decision, from.model) : known
    },
  },
})

/** Which connection an organization of a plan is, by the uids of plan and connection. */
export interface StoredBinding {
  readonly plan: string
  readonly organization: string
  readonly connection: string
}

const toBindingKey = (plan: string, organization: string): string => `${plan} ${organization}`

/** A binding ends only while it is the one that was seen, so that another one, which was chosen at the same time, stays. */
export const PLAN_BINDINGS = decisionsOn<StoredBinding, Kinds<'plan.bound'>>({
  table: 'plan_binding',
  key: {
    of: ({ body }) => toBindingKey(body.planUid, nameKey(body.organization)),
    in: ({ plan, organization }) => toBindingKey(plan, organization),
  },
  group: { of: ({ body }) => body.planUid, in: ({ plan }) => plan },
  folds: {
    'plan.bound': (known, { body }, bindings) => {
      const { planUid: plan, connectionUid: connection, wasUid } = body
      if (connection === null) return wasUid !== undefined && (known?.connection ?? null) !== wasUid ? known : null
      for (const [key, bound] of bindings) if (bound.connection === connection) bindings.delete(key)
      return { plan, organization: nameKey(body.organization), connection }
    },
  },
})

/** The answer of a person, by which a project or key is the planned one, or not. */
export interface StoredAnswer {
  readonly plan: string
  readonly part: 'project' | 'key'
  readonly planned: string
  /** The uid of its connection, and what the provider calls it. */
  readonly subject: string
  readonly same: 0 | 1
}

export function nameAnswer({ body }: Decision<z.infer<(typeof PLAN_OPERATIONS)['plan.answered']['body']>>) {
  const { planUid: plan, part, planned, subjectNamed } = body
  return { plan, part, planned: nameKey(planned), subject: `${subjectNamed.connectionUid} ${subjectNamed.externalId}` }
}

const toAnswerKey = ({ plan, part, planned, subject }: Omit<StoredAnswer, 'same'>): string =>
  JSON.stringify([plan, part, planned, subject])

export const PLAN_ANSWERS = decisionsOn<StoredAnswer, Kinds<'plan.answered'>>({
  table: 'plan_same',
  key: { of: (decision) => toAnswerKey(nameAnswer(decision)), in: toAnswerKey },
  folds: { 'plan.answered': (_, decision) => ({ ...nameAnswer(decision), same: decision.body.same ? 1 : 0 }) },
})
