import type { Json } from '../../../shared/domain/canonical-json.ts'
import { applyTeamOperation } from '../../../shared/team/fold-team.ts'
import { parseTeamOperation, type TeamBody, type TeamKind } from '../../../shared/team/operations.ts'
import { createUid } from '../../register/db/uid.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { assertWritable, type Context, getToday } from '../core/context.ts'
import { expectMembership } from './membership.ts'
import type { OpenTeam } from './open-team.ts'
import { toVoidRefusal } from './refusal.ts'

export interface TeamDecision<K extends TeamKind = TeamKind> {
  readonly kind: K
  readonly subject: string
  readonly body: Omit<TeamBody<K>, 'v'>
}

/**
 * Adds changes of the team to those that wait. Throws `Refusal` for one that would have no effect, by the same rule that
 * every device follows: what other devices decide meanwhile may still make it void.
 */
export function waitDecisions(context: Context, team: OpenTeam, decisions: readonly TeamDecision[]): void {
  assertWritable(context)
  const { replica, crypto } = team
  let expected = expectMembership(team)
  for (const { kind, subject, body: given } of decisions) {
    const body = { v: 1, ...given }
    const operation = parseTeamOperation(kind, body)
    if (operation === null) throw new Error(`The body of ${kind} is not valid: ${JSON.stringify(body satisfies Json)}`)
    const after = applyTeamOperation(expected, operation, replica.author.device)
    if (typeof after === 'string') throw toVoidRefusal(after)
    expected = after
    const at = context.now()
    const basis = replica.stream(replica.team).place.next - 1
    const op = { kind, salt: createSalt(crypto), at, day: getToday(context), basis, subject, body }
    replica.wait(replica.team, { uid: createUid(at), op })
  }
}
