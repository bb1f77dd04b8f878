import type { Inputs } from '../../../shared/contract/contract.ts'
import { adoptPlan } from '../../../shared/domain/plans/adopt.ts'
import { guidedPlan } from '../../../shared/domain/plans/guide.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { planFromTemplate, type PlanTemplate } from '../../../shared/domain/plans/templates.ts'
import { getClient } from '../../register/clients/client.ts'
import { readReality } from '../../register/plans/reality.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import { findClientId, type Context, getReader, getToday } from '../core/context.ts'
import { notFound, Refusal } from '../kit/refusal.ts'

type Origin = Inputs['plan']['create']['from']

export interface PlanStart {
  readonly plan: Plan
  /** Used when the person gave none. */
  readonly title: string
  /** How it was made, for the list of versions. */
  readonly says: string
}

const TITLES: Readonly<Record<PlanTemplate, string>> = { exercise: 'Exercise', agency: 'Agency', empty: 'Draft' }

/** The plan that a draft begins with. A template has its own company, except the empty one, which uses the client's. */
export function planFrom(context: Context, client: string, from: Origin): PlanStart {
  if (from.kind === 'template') {
    const company = from.template === 'empty' ? getClient(getReader(context), client)?.name : undefined
    return {
      plan: planFromTemplate(from.template, company),
      title: TITLES[from.template],
      says: `Made from the template ${from.template}`,
    }
  }
  if (from.kind === 'guided') {
    return { plan: guidedPlan(from.answers).plan, title: 'Guided', says: 'Made by the guided start' }
  }
  if (from.kind === 'adopt') return adopted(context, client, from.connection)
  return { plan: from.plan, title: from.plan.name || 'Draft', says: 'Made from a plan that was there' }
}

function adopted(context: Context, client: string, connection: number | undefined): PlanStart {
  const reader = getReader(context)
  const clientId = findClientId(context, client)
  const whole = readReality(reader, clientId, context.now())
  const reality = whole.filter(({ connectionId }) => connection === undefined || connectionId === connection)
  if (connection !== undefined && reality.length === 0) {
    throw notFound(`Connection ${connection} of ${client}`, 'List the connections of the client to see their numbers.')
  }
  if (!reality.some(({ isRead }) => isRead)) {
    throw new Refusal('CONFLICT', 'Nothing of this client was synced yet.', 'Sync one of its connections first.')
  }
  const name = getClient(reader, client)?.name ?? client
  const of = connection === undefined ? 'the client' : `the connection ${reality[0]?.label ?? ''}`
  return {
    plan: adoptPlan({ name, reality, policy: effectivePolicy(reader, clientId) }),
    title: `As it is on ${getToday(context)}`,
    says: `Made from what ${of} has`,
  }
}
