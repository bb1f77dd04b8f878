import type { Service } from '../../electron/service/process/open.ts'
import { askAccess, askDue, askKeys } from './world-asks.ts'
import type { Seen, World } from './world/state.ts'
import { reachedIn } from './world/truth/access.ts'
import { keyTruths } from './world/truth/keys.ts'

/** What is known when a question is asked. */
export interface Known {
  readonly world: World
  readonly seen: readonly Seen[]
  readonly now: number
  /** Where the operator is. */
  readonly today: string
}

/** A question: how the product answers it, and what is right. */
interface Question {
  readonly name: string
  readonly ask: (service: Service) => Promise<readonly unknown[]>
  readonly compute: (known: Known) => readonly unknown[]
}

/** Roles in projects, and invites whose end has come, are compared later. */
const isCompared = ({ project, kind }: { project: string | null; kind: string }): boolean =>
  project === null && kind !== 'invite'

export const QUESTIONS: readonly Question[] = [
  {
    name: 'keys',
    ask: askKeys,
    compute: ({ seen, now, today }) => seen.flatMap((one) => keyTruths(one, now, today)),
  },
  {
    name: 'keys due within 30 days',
    ask: askDue,
    compute: ({ seen, now, today }) =>
      seen
        .flatMap((one) => keyTruths(one, now, today))
        .filter(({ state }) => state === 'overdue' || state === 'due')
        .map(({ organization, id, dueOn }) => ({ organization, id, dueOn })),
  },
  {
    name: 'effective access',
    ask: async (service) => (await askAccess(service)).filter(isCompared),
    compute: ({ seen, now }) => seen.flatMap((one) => reachedIn(one, now)).filter(isCompared),
  },
]
