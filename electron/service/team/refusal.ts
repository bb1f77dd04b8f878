import type { TeamVoid } from '../../../shared/team/fold-team.ts'
import { VOID_WORDS } from '../../../shared/team/verdict.ts'
import { StreamStopped } from '../../../shared/team/verdict.ts'
import { TeamLogError } from '../../team/log.ts'
import type { Context } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'

/** A refusal for what a team's server answered; the same value for any other error. */
export function toTeamRefusal(error: unknown): unknown {
  if (!(error instanceof TeamLogError)) return error
  const { message, hint } = splitSentences(error.message)
  return new Refusal(CODES[error.problem], message, hint, { cause: error })
}

const CODES = {
  offline: 'OFFLINE',
  slow: 'OFFLINE',
  'no-tls': 'CONFLICT',
  'old-certificate': 'CONFLICT',
  'other-certificate': 'CONFLICT',
  'other-login': 'NOT_ALLOWED',
  'not-allowed': 'NOT_ALLOWED',
  held: 'CONFLICT',
  'no-log': 'CONFLICT',
  'not-empty': 'CONFLICT',
  'other-version': 'CONFLICT',
  'other-server': 'CONFLICT',
  refused: 'CONFLICT',
} as const

/** What is wrong, and the last sentence: what to do. */
export function splitSentences(text: string): { readonly message: string; readonly hint: string } {
  const at = text.lastIndexOf('. ')
  return { message: text.slice(0, at + 1), hint: text.slice(at + 2) }
}

/** Whether the server cannot be asked at all now. */
export function isServerGone(error: unknown): boolean {
  return error instanceof TeamLogError && (error.problem === 'offline' || error.problem === 'other-login')
}

/** Why a part of an exchange failed, in words. What nothing of the product raises on purpose goes into the log. */
export function describeProblem(context: Context, error: unknown): string {
  if (error instanceof TeamLogError || error instanceof StreamStopped) return error.message
  if (error instanceof Refusal) return `${error.message} ${error.hint}`
  context.session().log.fault('team.exchange', error)
  return 'A part of the exchange with the team’s server failed by a fault of Castellan. Report it with what castellan diagnostics prints.'
}

/** A refusal for a change of the team that would have no effect. */
export function toVoidRefusal(reason: TeamVoid): Refusal {
  const message = VOID_WORDS[reason]
  if (reason === 'not-allowed') {
    return new Refusal('NOT_ALLOWED', 'Your role in the team does not allow this.', 'Ask an owner of the team.')
  }
  return new Refusal('CONFLICT', message, 'See who belongs to the team: castellan team member list.')
}

export function notInTeam(): Refusal {
  return new Refusal(
    'CONFLICT',
    'This profile does not belong to a team.',
    'Found one with castellan team init, or join one with castellan team join.',
  )
}
