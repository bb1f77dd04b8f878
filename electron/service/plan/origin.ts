import type { Inputs } from '../../../shared/contract/contract.ts'
import { guidedPlan } from '../../../shared/domain/plan/guide.ts'
import type { Plan } from '../../../shared/domain/plan/plan.ts'
import { planFromTemplate, type PlanTemplate } from '../../../shared/domain/plan/templates.ts'
import { getClient } from '../../register/client.ts'
import { type Context, readerOf } from '../context.ts'

type Origin = Inputs['plan']['create']['from']

export interface Begun {
  readonly plan: Plan
  /** For where the person gave none. */
  readonly title: string
  /** How it came about, for the list of versions. */
  readonly says: string
}

const TITLES: Readonly<Record<PlanTemplate, string>> = { exercise: 'Exercise', agency: 'Agency', empty: 'Draft' }

/** The plan that a draft begins with. A template's company is its own, but for the empty one, which takes the client's. */
export function planFrom(context: Context, client: string, from: Origin): Begun {
  if (from.kind === 'template') {
    const company = from.template === 'empty' ? getClient(readerOf(context), client)?.name : undefined
    return {
      plan: planFromTemplate(from.template, company),
      title: TITLES[from.template],
      says: `Made from the template ${from.template}`,
    }
  }
  if (from.kind === 'guided') {
    return { plan: guidedPlan(from.answers).plan, title: 'Guided', says: 'Made by the guided start' }
  }
  return { plan: from.plan, title: from.plan.name || 'Draft', says: 'Made from a plan that was there' }
}
