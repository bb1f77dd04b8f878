import type { ExchangeResult } from '../../../shared/contract/team.ts'
import type { Context } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'

type Exchange = (context: Context) => Promise<ExchangeResult>

/**
 * Makes an exchange with a team's server also report in one line what came and left, and once each problem and its end.
 */
export function noteExchanges(exchange: Exchange): Exchange {
  /** Null: the last exchange had no problem. */
  let problem: string | null | undefined
  const noteProblem = ({ host }: Context, text: string): void => {
    if (text !== problem) host.note?.(`Team: ${text}`, 'problem')
    problem = text
  }
  return async (context) => {
    try {
      const done = await exchange(context)
      const { read, placed, enrolled, sentences } = done
      const isNews = read + placed + enrolled > 0 || (sentences.length === 0 && problem !== null)
      if (isNews) context.host.note?.(`Team: read ${read}, placed ${placed}, let in ${enrolled}.`, 'done')
      if (sentences.length > 0) noteProblem(context, sentences.join(' '))
      else problem = null
      return done
    } catch (error) {
      noteProblem(context, error instanceof Refusal ? `${error.message} ${error.hint}` : String(error))
      throw error
    }
  }
}
