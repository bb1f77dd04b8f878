import type { NoEffectReason } from '../../../shared/team/outcome.ts'
import { NO_EFFECT_WORDS } from '../../../shared/team/words.ts'
import { findSending } from '../../register/team/approvals.ts'
import { type Context, getReader } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { isFounded } from '../team/gate.ts'

/** Exchanges with the server of the team now. Returns why that failed; null where it did not, and in a profile without a team. */
export async function reachTeam(context: Context): Promise<Refusal | null> {
  if (!isFounded(context.session())) return null
  const { exchangeTeam, openTeam } = await import('../team/operations.ts')
  try {
    await exchangeTeam(context, await openTeam(context))
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The refusal of changes that need an approval while the server of the team does not answer. */
export function toUnreached({ code, message }: Refusal): Refusal {
  return new Refusal(
    code,
    `A change of this client is placed on the team’s server before it is sent, and the server cannot be used now. ${message}`,
    'Nothing was sent. Try again once the team’s server answers: castellan team exchange.',
  )
}

/**
 * Places a sending that was just decided, and returns why its request must not leave; null once it is placed and has an effect on every
 * device. `isWaiting`: it is not placed yet, so that it did not leave has to be decided after it.
 */
export async function placeSending(
  context: Context,
  sending: { readonly remediationUid: string; readonly at: number },
): Promise<{ readonly why: string; readonly isWaiting: boolean } | null> {
  const problem = await reachTeam(context)
  const found = findSending(getReader(context), sending)
  if (found === null) {
    const why = problem === null ? 'Other devices were faster.' : problem.message
    return { why: `It was not sent, since the team’s server has not placed it. ${why}`, isWaiting: true }
  }
  return found.noEffect === null
    ? null
    : { why: `It was not sent. ${NO_EFFECT_WORDS[found.noEffect as NoEffectReason]}`, isWaiting: false }
}
