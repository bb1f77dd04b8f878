import { planContract } from '../../../shared/contract/plans.ts'
import { isDeepStrictEqual } from 'node:util'

import type { PlanDetail, PlanRow } from '../../../shared/contract/plans.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { countProblems, toProblems } from '../../../shared/domain/plans/check/check.ts'
import { diffPlans } from '../../../shared/domain/plans/diff.ts'
import { guidedPlan } from '../../../shared/domain/plans/guide.ts'
import { sameName } from '../../../shared/domain/text/names.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { PLAN_OPERATIONS } from '../../../shared/decisions/plans.ts'
import { createUidFor } from '../../register/clients/client.ts'
import { planModel, planRow, planRows, planTitles, planVersions, readVersionUid } from '../../register/plans/plans.ts'
import { findFreeTitle } from '../../../shared/domain/plans/titles.ts'
import { checkScope, findClientId, type Context, getReader } from '../core/context.ts'
import { commitOperation, type NewDecision, readUid } from '../core/operations.ts'
import { fileTarget } from '../files-out/target.ts'
import { implementArea } from '../core/implementer.ts'
import { planFrom } from './origin.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

const os = implementArea({ plan: planContract })

function existing(context: Context, planId: number, removed = false): PlanRow {
  const row = planRow(getReader(context), planId, removed)
  if (row === null) throw notFound(`Plan ${planId}`, 'List the plans of the client to see their numbers.')
  return row
}

interface Ref {
  readonly planId: number
  readonly version?: number | undefined
}

function readDetail(context: Context, { planId, version }: Ref): PlanDetail {
  const row = existing(context, planId)
  const asked = version ?? row.version
  const plan = planModel(getReader(context), planId, asked)
  if (plan === null) throw notFound(`Version ${asked} of “${row.title}”`, 'List the versions of the plan.')
  return { row, version: asked, plan, problems: toProblems(plan) }
}

/** A decision about a plan, apart from its name. */
type Decision = {
  readonly [K in keyof typeof PLAN_OPERATIONS]: {
    readonly kind: K
    readonly body: Omit<BodyOf<K>, 'v' | 'plan' | 'planUid'>
  }
}[keyof typeof PLAN_OPERATIONS]

function decide(context: Context, row: PlanRow, { kind, body }: Decision): void {
  const planUid = readUid(getReader(context), 'plan', row.planId)
  const subject = 'title' in body ? body.title : row.title
  commitOperation(context, { kind, client: row.client.slug, subject, body: { v: 1, planUid, ...body } } as NewDecision)
}

/** Throws CONFLICT where another plan of the client has the title. */
function assertFree(context: Context, client: string, title: string): void {
  if (!planTitles(getReader(context), findClientId(context, client)).some((one) => sameName(one, title))) return
  throw new Refusal('CONFLICT', `The client has a plan “${title}” already.`, 'Choose another title.')
}

function freeTitle(context: Context, client: string, wanted: string): string {
  return findFreeTitle(planTitles(getReader(context), findClientId(context, client)), wanted)
}

/** An active plan has no errors: drift from a plan that contradicts itself would mean nothing. */
function assertSound(row: PlanRow, errors: number): void {
  if (errors === 0) return
  throw invalid(
    'plan',
    `“${row.title}” has ${errors === 1 ? 'an error' : counted(errors, 'error')} and cannot be activated.`,
    'Correct what is wrong with the plan first.',
  )
}

function assertNewest(row: PlanRow, version: number): void {
  if (row.version === version) return
  throw new Refusal(
    'CONFLICT',
    `“${row.title}” was saved since: its newest version is ${row.version}, the change was made on ${version}.`,
    'Read the newest version, and make the change on it; or keep yours as another draft.',
  )
}

/** Saves a version, unless the plan is like that already. `toDecision` makes the operation of what both ways share. */
function saveVersion(
  context: Context,
  row: PlanRow,
  plan: Plan,
  toDecision: (made: { versionUid: string; parentUid: string; errors: number; warnings: number }) => Decision,
): PlanDetail {
  const newest = planModel(getReader(context), row.planId, row.version)
  if (isDeepStrictEqual(newest, plan)) return readDetail(context, row)
  const problems = countProblems(plan)
  if (row.active) assertSound(row, problems.errors)
  const parentUid = readVersionUid(getReader(context), row.planId, row.version)
  const versionUid = createUidFor(getReader(context), row.client.slug, context.now())
  decide(context, row, toDecision({ versionUid, parentUid, ...problems }))
  return readDetail(context, { planId: row.planId })
}

/** Loaded when needed: whatever is loaded at the start delays it. */
const document = () => import('./document.ts')
const yaml = {
  parse: () => import('../../../shared/domain/plans/yaml/parse.ts'),
  print: () => import('../../../shared/domain/plans/yaml/print.ts'),
}

export const planRouter = {
  list: os.plan.list.handler(({ context, input }) => {
    checkScope(context, input)
    return planRows(getReader(context), input)
  }),
  get: os.plan.get.handler(({ context, input }) => readDetail(context, input)),
  create: os.plan.create.handler(({ context, input }) => {
    const { plan, title: own, says } = planFrom(context, input.client, input.from)
    if (input.title !== undefined) assertFree(context, input.client, input.title)
    const title = input.title ?? freeTitle(context, input.client, own)
    const { plan: planId = 0 } = commitOperation(context, {
      kind: 'plan.created',
      client: input.client,
      subject: title,
      body: {
        v: 1,
        planUid: createUidFor(getReader(context), input.client, context.now()),
        title,
        versionUid: createUidFor(getReader(context), input.client, context.now()),
        model: plan,
        ...countProblems(plan),
        says,
      },
    })
    return readDetail(context, { planId })
  }),
  save: os.plan.save.handler(({ context, input }) => {
    const row = existing(context, input.planId)
    assertNewest(row, input.version)
    return saveVersion(context, row, input.plan, (made) => ({
      kind: 'plan.saved',
      body: { ...made, says: 'Changed', model: input.plan },
    }))
  }),
  rename: os.plan.rename.handler(({ context, input: { planId, title } }) => {
    const row = existing(context, planId)
    if (title === row.title) return row
    if (!sameName(title, row.title)) assertFree(context, row.client.slug, title)
    decide(context, row, { kind: 'plan.renamed', body: { title, was: row.title } })
    return existing(context, planId)
  }),
  setActivated: os.plan.setActivated.handler(({ context, input: { planId, active } }) => {
    const row = existing(context, planId)
    if (active === row.active) return row
    if (active) assertSound(row, row.errors)
    const kind = active ? 'plan.activated' : 'plan.deactivated'
    decide(context, row, { kind, body: { version: row.version } })
    return existing(context, planId)
  }),
  versions: os.plan.versions.handler(({ context, input }) =>
    planVersions(getReader(context), existing(context, input.planId).planId),
  ),
  restore: os.plan.restore.handler(({ context, input }) => {
    const { row, plan } = readDetail(context, input)
    return saveVersion(context, row, plan, (made) => ({
      kind: 'plan.restored',
      body: {
        ...made,
        says: `Restored from version ${input.version}`,
        from: input.version,
        fromUid: readVersionUid(getReader(context), row.planId, input.version),
      },
    }))
  }),
  remove: os.plan.remove.handler(({ context, input: { planId } }) => {
    const row = existing(context, planId)
    if (row.active) {
      throw new Refusal('CONFLICT', `“${row.title}” is active.`, 'Deactivate it, or activate another plan, first.')
    }
    decide(context, row, { kind: 'plan.removed', body: {} })
    return { done: true as const }
  }),
  bringBack: os.plan.bringBack.handler(({ context, input: { planId } }) => {
    if (planRow(getReader(context), planId) !== null) return existing(context, planId)
    const row = existing(context, planId, true)
    const title = freeTitle(context, row.client.slug, row.title)
    decide(context, row, { kind: 'plan.reinstated', body: { title } })
    return existing(context, planId)
  }),
  check: os.plan.check.handler(({ input }) => toProblems(input.plan)),
  guide: os.plan.guide.handler(({ input }) => {
    const { steps, plan } = guidedPlan(input.answers)
    return { steps, plan, problems: toProblems(plan) }
  }),
  fromYaml: os.plan.fromYaml.handler(async ({ input }) => (await yaml.parse()).parsePlan(input.text)),
  toYaml: os.plan.toYaml.handler(async ({ input }) => ({ text: (await yaml.print()).printPlan(input.plan) })),
  diff: os.plan.diff.handler(({ context, input }) =>
    diffPlans(readDetail(context, input.a).plan, readDetail(context, input.b).plan),
  ),
  document: os.plan.document.handler(async ({ context, input: { format, ...ref } }) =>
    (await document()).planDocument(readDetail(context, ref), format),
  ),
  export: os.plan.export.handler(async ({ context, input: { format, path, force, ...ref } }) => {
    const target = fileTarget(context, { path, force })
    return (await document()).exportPlan(context, readDetail(context, ref), { format, target })
  }),
}
