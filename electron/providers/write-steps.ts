import type { RemedyAction } from '../../shared/domain/remedy/remedy.ts'
import { dollarText } from '../../shared/domain/usage/money.ts'
import { quotedName } from './plain.ts'
import type { Wish } from './write.ts'

/** What a wish names, quoted, each on one line; the amount in dollars. */
export interface StepNames {
  readonly name: string
  readonly project: string
  readonly role: string
  readonly newName: string
  readonly amount: string
}

/** What to do in a console for one action, one step a line. */
export type Steps = (wish: Wish, names: StepNames) => readonly string[]

/** The steps in a provider's console for what its API does not do, after the one that opens its settings. */
export function stepsOf(open: string, steps: Readonly<Record<RemedyAction, Steps>>, wish: Wish): string {
  const { subject, project, role, name } = wish
  const names: StepNames = {
    name: quotedName(subject.name),
    project: project === null ? 'it belongs to' : quotedName(project.name),
    role: quotedName(role ?? ''),
    newName: quotedName(name ?? ''),
    amount: dollarText(wish.amountMicros ?? 0),
  }
  return [open, ...steps[wish.action](wish, names)].join('\n')
}
