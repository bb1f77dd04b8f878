import type { Context } from '../core/context.ts'
import { describeProblem, isServerGone } from './refusal.ts'

/** Runs the parts of an exchange of which none may hold up the others. */
export interface Parts {
  /** In words, why parts failed. */
  readonly problems: readonly string[]
  /** What the work returns; null where it failed. Throws `TeamLogError` only where the server does not answer, since no other part can go on then. */
  run<T>(work: () => Promise<T>): Promise<T | null>
}

export function createParts(context: Context): Parts {
  const problems: string[] = []
  return {
    problems,
    run: async (work) => {
      try {
        return await work()
      } catch (error) {
        if (isServerGone(error)) throw error
        problems.push(describeProblem(context, error))
        return null
      }
    },
  }
}
