import type { ExchangeResult } from '../../../shared/contract/team.ts'
import type { Clock } from '../../providers/kit/clock.ts'
import type { Context } from '../core/context.ts'
import { settleInterrupted } from '../remediation/end.ts'
import { noteExchanges } from '../runner/note-exchanges.ts'
import { startExchanges } from '../team/runner.ts'
import { unlessInTheWay } from './background.ts'

export { startRunner } from '../runner/runner.ts'
export { watchForHost } from '../usage/watch-folders.ts'
export { remind } from './background.ts'

/** Gives changes that were being sent when the last process ended an unknown result. */
export function settle(context: Context): void {
  unlessInTheWay(() => void settleInterrupted(context))
}

/** Exchanges with the team's server from now on, where there is one; returns a function that stops it. */
export function exchangeRegularly(
  context: Context,
  { clock, isRunner }: { readonly clock: Clock; readonly isRunner: boolean },
): () => Promise<void> {
  const exchange = isRunner ? noteExchanges(exchangeNow) : exchangeNow
  return startExchanges(context, { clock, random: Math.random, exchange, listen })
}

async function exchangeNow(context: Context): Promise<ExchangeResult> {
  const { exchangeTeam, openTeam } = await import('../team/operations.ts')
  return exchangeTeam(context, await openTeam(context))
}

async function listen(context: Context, onNotice: () => void) {
  const { openTeam } = await import('../team/operations.ts')
  return (await openTeam(context)).device.server.listen(onNotice)
}
