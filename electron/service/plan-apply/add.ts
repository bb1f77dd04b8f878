import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import { computeDrift } from '../../../shared/domain/plans/drift.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'
import { assertWritable, type Context, readOperator, getReader } from '../core/context.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { type ListRequest, addRemediations, type NewItem, wantedRemediations } from '../remediation/add.ts'
import { findRemediationImpact, confirmWord } from '../remediation/preview.ts'
import { prepare, prepareOne, type PreparedChange } from '../remediation/prepare.ts'
import { existingRemediation } from '../remediation/rows.ts'
import { type PlanReality, measured, shownSteps } from '../remediation/plan-steps.ts'
import { personDrift } from './drift.ts'

const AGAIN = 'Compare again: the plan or the access has changed.'

/**
 * Adds the steps of a plan to the remediation list, in order. A step that is on the list is not added again; one that
 * was sent is not added until a sync shows its result. Throws `Refusal` NOT_FOUND; INVALID for a key that is not a step
 * now.
 */
export async function addPlanSteps(
  context: Context,
  { keys, person, ...ref }: Inputs['planApply']['addToList'],
): Promise<Outputs['planApply']['addToList']> {
  assertWritable(context)
  const of = measured(getReader(context), ref, context.now())
  const drift = person === undefined ? computeDrift(of.plan, of.reality, of.bindings) : personDrift(of, person).drift
  const steps = wanted(shownSteps(getReader(context), drift, context.now()), keys)
  const { done: listed, left } = await eachStep(context, of, steps, {
    listed: ({ row }) => row.remediationId,
    add: (requests) => addRemediations(context, requests),
  })
  return { ...(await sorted(context, listed)), left }
}

interface StepWork<T> {
  /** For a step that is on the list already, and for those that are to be added. */
  readonly listed: (stored: StoredRemediation) => T
  readonly add: (requests: readonly ListRequest[]) => Promise<(T | Refusal)[]>
}

/** Processes steps in order; the reason of a refused step is kept, and the others continue. */
async function eachStep<T>(
  context: Context,
  { planId }: Pick<PlanReality, 'planId'>,
  steps: readonly PlanStep[],
  { listed, add }: StepWork<T>,
): Promise<{ readonly done: T[]; readonly left: string[] }> {
  const known = steps.map(({ remediationId }) => {
    const stored = remediationId === null ? null : existingRemediation(context, remediationId)
    return stored?.row.state === 'unsure' ? null : stored
  })
  const added = await add(
    steps
      .filter((_, at) => known[at] === null)
      .map(({ action, subject, values }) => ({
        action,
        subject,
        values,
        origin: { kind: 'plan', id: planId },
        follows: true,
      })),
  )
  const done: T[] = []
  const left: string[] = []
  for (const [at, { says }] of steps.entries()) {
    const stored = known[at] ?? null
    const one = stored === null ? added.shift() : listed(stored)
    if (one instanceof Refusal) left.push(`${says} ${one.message} ${one.hint}`)
    else if (one !== undefined) done.push(one)
  }
  return { done, left }
}

/** No preview accepts more. */
const MOST = 100

/**
 * Previews the additions of `addPlanSteps` to the list, with the exact calls and what has to be typed to send them.
 * Writes nothing. Throws `Refusal` NOT_FOUND.
 */
export async function previewPlan(
  context: Context,
  ref: Inputs['planApply']['preview'],
): Promise<Outputs['planApply']['preview']> {
  const reader = getReader(context)
  const of = measured(reader, ref, context.now())
  const steps = wanted(shownSteps(reader, computeDrift(of.plan, of.reality, of.bindings), context.now()), undefined)
  const { done, left } = await eachStep<StoredRemediation>(context, of, steps, {
    listed: (stored) => stored,
    add: async (requests) =>
      (await wantedRemediations(context, requests)).map((each) =>
        each instanceof Refusal ? each : unlisted(context, each),
      ),
  })
  const prepared: PreparedChange[] = []
  for (const stored of done) prepared.push(await prepareOne(context, stored))
  const free = prepared.filter(({ obstacle }) => obstacle === null)
  const ready = free.filter(({ call }) => call !== null).slice(0, MOST)
  return {
    confirm: confirmWord(ready),
    items: [...ready, ...free.filter(({ byHand }) => byHand !== null)].map(({ row, call, byHand }) => ({
      remediationId: row.remediationId === UNLISTED ? null : row.remediationId,
      client: row.client,
      connection: row.connection,
      says: row.says,
      calls: call === null ? [] : [call],
      impact: findRemediationImpact(reader, row, context.now()),
      byHand,
    })),
    blocked: prepared.flatMap(({ row, obstacle }) => (obstacle === null ? [] : [{ says: row.says, obstacle }])),
    left,
  }
}

/** The number of an item that is not on the list. */
const UNLISTED = 0

function unlisted(context: Context, { remediation, connection, values, says }: NewItem): StoredRemediation {
  const { id, label, provider, organizationId, access, client } = connection
  return {
    row: {
      remediationId: UNLISTED,
      client,
      connection: { id, label, provider, organizationId, access },
      action: remediation.action,
      subject: remediation.subject,
      values,
      origin: remediation.origin,
      state: remediation.state,
      says,
      outcome: remediation.outcome,
      shown: null,
      recorded: null,
      addedAt: context.now(),
      addedBy: readOperator(context),
      endedAt: null,
    },
    sentAt: null,
  }
}

function wanted(steps: readonly PlanStep[], keys: readonly string[] | undefined): readonly PlanStep[] {
  if (keys === undefined) return steps.filter(({ takesAway }) => !takesAway)
  const unknown = keys.find((key) => !steps.some((step) => step.key === key))
  if (unknown !== undefined) throw invalid('keys', `${unknown} is not a step of this plan now.`, AGAIN)
  return steps.filter(({ key }) => keys.includes(key))
}

/** Sorts the items that can be sent now, wait, or have manual steps; the list shows what blocks the others. */
async function sorted(
  context: Context,
  ids: readonly number[],
): Promise<Pick<Outputs['planApply']['addToList'], 'ready' | 'waiting' | 'byHand'>> {
  const prepared = await prepare(context, ids)
  const pick = (which: (one: (typeof prepared)[number]) => boolean): number[] =>
    prepared.filter(which).map(({ row }) => row.remediationId)
  return {
    ready: pick(({ call, obstacle }) => call !== null && obstacle === null),
    waiting: pick(({ obstacle }) => obstacle !== null),
    byHand: pick(({ byHand, obstacle }) => byHand !== null && obstacle === null),
  }
}
