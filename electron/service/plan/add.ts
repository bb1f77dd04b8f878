import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import { driftOf } from '../../../shared/domain/plan/drift.ts'
import { assertWritable, type Context, readerOf } from '../context.ts'
import { invalid, Refusal } from '../refusal.ts'
import { addRemedy } from '../remedy/add.ts'
import { prepare } from '../remedy/prepare.ts'
import { existingRemedy } from '../remedy/rows.ts'
import { measured, personDrift, shownSteps } from './drift.ts'

const AGAIN = 'Compare again: the plan or what is there has changed.'

/**
 * Puts the steps of a plan on the list, in order. The same step again finds itself on the list; one that was sent is not
 * added until a sync shows what became of it. Throws `Refusal` NOT_FOUND; INVALID for a key that is no step now.
 */
export async function addPlanSteps(
  context: Context,
  { keys, person, ...ref }: Inputs['planApply']['addToList'],
): Promise<Outputs['planApply']['addToList']> {
  assertWritable(context)
  const of = measured(readerOf(context), ref)
  const drift = person === undefined ? driftOf(of.plan, of.reality, of.bindings) : personDrift(of, person).drift
  const steps = wanted(shownSteps(readerOf(context), drift), keys)
  const listed: number[] = []
  const left: string[] = []
  for (const { action, subject, values, says, remedyId } of steps) {
    if (remedyId !== null && existingRemedy(context, remedyId).row.state !== 'unsure') {
      listed.push(remedyId)
      continue
    }
    try {
      const origin = { kind: 'plan', id: of.planId } as const
      const { kind, id } = subject
      listed.push((await addRemedy(context, { action, subject: { kind, id }, values, origin, follows: true })).remedyId)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      left.push(`${says} ${error.message} ${error.hint}`)
    }
  }
  return { ...(await sorted(context, listed)), left }
}

function wanted(steps: readonly PlanStep[], keys: readonly string[] | undefined): readonly PlanStep[] {
  if (keys === undefined) return steps.filter(({ takesAway }) => !takesAway)
  const unknown = keys.find((key) => !steps.some((step) => step.key === key))
  if (unknown !== undefined) throw invalid('keys', `${unknown} is no step of this plan now.`, AGAIN)
  return steps.filter(({ key }) => keys.includes(key))
}

/** What can be sent now, what waits for something, what is done by hand; the others tell on the list what hinders them. */
async function sorted(
  context: Context,
  ids: readonly number[],
): Promise<Pick<Outputs['planApply']['addToList'], 'ready' | 'waiting' | 'byHand'>> {
  const prepared = await prepare(context, ids)
  const pick = (which: (one: (typeof prepared)[number]) => boolean): number[] =>
    prepared.filter(which).map(({ row }) => row.remedyId)
  return {
    ready: pick(({ call, obstacle }) => call !== null && obstacle === null),
    waiting: pick(({ obstacle }) => obstacle !== null),
    byHand: pick(({ byHand, obstacle }) => byHand !== null && obstacle === null),
  }
}
