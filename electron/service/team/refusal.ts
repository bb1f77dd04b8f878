import { TeamServerError, type TeamServerProblem } from '../../team/server.ts'
import type { Context } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'

const CODES: Readonly<Partial<Record<TeamServerProblem, Refusal['code']>>> = {
  offline: 'OFFLINE',
  slow: 'OFFLINE',
  'no-connections': 'OFFLINE',
  'other-login': 'NOT_ALLOWED',
  'not-allowed': 'NOT_ALLOWED',
}

/** The certificate of the server ended or changed, which is repaired on each device. */
const CERTIFICATES: ReadonlySet<TeamServerProblem> = new Set(['old-certificate', 'other-certificate'])

const MOVE =
  'Renew it on the server, and where its authority changed too, run castellan team move --host SAME --authority NEW on each device.'

/** A refusal for what a team's server answered; the same value for any other error. */
export function toTeamRefusal(error: unknown): unknown {
  if (!(error instanceof TeamServerError)) return error
  const { problem, message: text } = error
  const at = text.lastIndexOf('. ')
  const hint = CERTIFICATES.has(problem) ? MOVE : text.slice(at + 2)
  return new Refusal(CODES[problem] ?? 'CONFLICT', text.slice(0, at + 1), hint, { cause: error })
}

/** Whether the server cannot be asked at all now. */
export function isServerGone(error: unknown): boolean {
  return error instanceof TeamServerError && ['offline', 'other-login'].includes(error.problem)
}

/** Why a part of an exchange failed, in words. What the product does not raise on purpose goes into the log. */
export function describeProblem(context: Context, error: unknown): string {
  const refusal = toTeamRefusal(error)
  if (refusal instanceof Refusal) return `${refusal.message} ${refusal.hint}`.trim()
  context.session().log.fault('team.exchange', error)
  return 'A part of the exchange with the team’s server failed by a fault of Castellan. Report it with what castellan diagnostics prints.'
}

export const notAllowed = (): Refusal =>
  new Refusal('NOT_ALLOWED', 'Your role in the team does not allow this.', 'Ask an owner of the team.')

export const notInTeam = (): Refusal =>
  new Refusal(
    'CONFLICT',
    'This profile does not belong to a team.',
    'Found one with castellan team init, or join one with castellan team join.',
  )
