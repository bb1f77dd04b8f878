import { isDeepStrictEqual } from 'node:util'

import type { PlanDetail, PlanRow } from '../../../shared/contract/plans.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { toProblems } from '../../../shared/domain/plans/check/check.ts'
import { diffPlans } from '../../../shared/domain/plans/diff.ts'
import { guidedPlan } from '../../../shared/domain/plans/guide.ts'
import { sameName } from '../../../shared/domain/text/names.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import {
  insertPlan,
  insertVersion,
  planModel,
  planRow,
  planRows,
  planTitles,
  planVersions,
  setPlanActivated,
  setPlanRemoved,
  setPlanTitle,
} from '../../register/plans/plans.ts'
import {
  checkScope,
  findClientId,
  type Context,
  commit,
  type Commit,
  readOperator,
  getReader,
} from '../core/context.ts'
import { fileTarget } from '../files-out/target.ts'
import { os } from '../core/implementer.ts'
import { planFrom } from './origin.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

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

/** Appends a version. The journal action (`plan.saved` and the like) names the cause. */
function append(
  context: Context,
  { writer, at, note }: Commit,
  of: { readonly row: Pick<PlanRow, 'planId' | 'title' | 'client'>; readonly version: number; readonly plan: Plan },
  act: { readonly action: string; readonly says: string; readonly body?: Readonly<Record<string, string | number>> },
): void {
  const { row, version, plan } = of
  const problems = toProblems(plan)
  insertVersion(writer, { planId: row.planId, version, plan, problems, says: act.says, at, by: readOperator(context) })
  note({
    action: act.action,
    client: row.client.slug,
    subject: row.title,
    body: { plan: row.planId, version, ...act.body, says: act.says },
  })
}

/** Throws CONFLICT where another plan of the client has the title. */
function assertFree(context: Context, client: string, title: string): void {
  if (!planTitles(getReader(context), findClientId(context, client)).some((one) => sameName(one, title))) return
  throw new Refusal('CONFLICT', `The client has a plan “${title}” already.`, 'Choose another title.')
}

function freeTitle(context: Context, client: string, wanted: string): string {
  const taken = planTitles(getReader(context), findClientId(context, client))
  let title = wanted
  for (let n = 2; taken.some((one) => sameName(one, title)); n += 1) title = `${wanted} ${n}`
  return title
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

function saveVersion(
  context: Context,
  row: PlanRow,
  plan: Plan,
  act: { readonly action: string; readonly says: string },
): PlanDetail {
  const newest = planModel(getReader(context), row.planId, row.version)
  if (isDeepStrictEqual(newest, plan)) return readDetail(context, row)
  if (row.active) assertSound(row, toProblems(plan).filter(({ severity }) => severity === 'error').length)
  const version = row.version + 1
  commit(context, ['plan'], (decision) => append(context, decision, { row, version, plan }, act))
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
    const clientId = findClientId(context, input.client)
    const { plan, title: own, says } = planFrom(context, input.client, input.from)
    if (input.title !== undefined) assertFree(context, input.client, input.title)
    const title = input.title ?? freeTitle(context, input.client, own)
    const planId = commit(context, ['plan'], (decision) => {
      const id = insertPlan(decision.writer, clientId, title, decision.at)
      const client = { slug: input.client, name: '', colour: '' }
      append(
        context,
        decision,
        { row: { planId: id, title, client }, version: 1, plan },
        { action: 'plan.created', says },
      )
      return id
    })
    return readDetail(context, { planId })
  }),
  save: os.plan.save.handler(({ context, input }) => {
    const row = existing(context, input.planId)
    assertNewest(row, input.version)
    return saveVersion(context, row, input.plan, { action: 'plan.saved', says: 'Changed' })
  }),
  rename: os.plan.rename.handler(({ context, input: { planId, title } }) => {
    const row = existing(context, planId)
    if (title === row.title) return row
    if (!sameName(title, row.title)) assertFree(context, row.client.slug, title)
    commit(context, ['plan'], ({ writer, note }) => {
      setPlanTitle(writer, planId, title)
      note({ action: 'plan.renamed', client: row.client.slug, subject: title, body: { plan: planId, was: row.title } })
    })
    return existing(context, planId)
  }),
  setActivated: os.plan.setActivated.handler(({ context, input: { planId, active } }) => {
    const row = existing(context, planId)
    if (active === row.active) return row
    if (active) assertSound(row, row.errors)
    commit(context, ['plan'], ({ writer, note }) => {
      setPlanActivated(writer, planId, active)
      const action = active ? 'plan.put in force' : 'plan.taken out of force'
      note({ action, client: row.client.slug, subject: row.title, body: { plan: planId, version: row.version } })
    })
    return existing(context, planId)
  }),
  versions: os.plan.versions.handler(({ context, input }) =>
    planVersions(getReader(context), existing(context, input.planId).planId),
  ),
  restore: os.plan.restore.handler(({ context, input }) => {
    const { row, plan } = readDetail(context, input)
    return saveVersion(context, row, plan, { action: 'plan.restored', says: `Restored from version ${input.version}` })
  }),
  remove: os.plan.remove.handler(({ context, input: { planId } }) => {
    const row = existing(context, planId)
    if (row.active) {
      throw new Refusal('CONFLICT', `“${row.title}” is active.`, 'Deactivate it, or activate another plan, first.')
    }
    commit(context, ['plan'], ({ writer, at, note }) => {
      setPlanRemoved(writer, planId, at)
      note({ action: 'plan.removed', client: row.client.slug, subject: row.title, body: { plan: planId } })
    })
    return { done: true as const }
  }),
  bringBack: os.plan.bringBack.handler(({ context, input: { planId } }) => {
    if (planRow(getReader(context), planId) !== null) return existing(context, planId)
    const row = existing(context, planId, true)
    const title = freeTitle(context, row.client.slug, row.title)
    commit(context, ['plan'], ({ writer, note }) => {
      setPlanTitle(writer, planId, title)
      setPlanRemoved(writer, planId, null)
      note({ action: 'plan.brought back', client: row.client.slug, subject: title, body: { plan: planId } })
    })
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
