import type { Json } from '../../../shared/domain/canonical-json.ts'
import { applyTeamOperation, type TeamVoid } from '../../../shared/team/fold-team.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import { parseTeamOperation, type TeamBody, type TeamKind } from '../../../shared/team/operations.ts'
import { createUid } from '../../register/db/uid.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { assertWritable, type Context, getToday } from '../core/context.ts'
import { toShareRefusal } from '../core/operations.ts'
import { expectMembership } from './membership.ts'
import type { OpenTeam } from './open-team.ts'
import { toVoidRefusal } from './refusal.ts'

export interface TeamDecision<K extends TeamKind = TeamKind> {
  readonly kind: K
  readonly subject: string
  readonly body: Omit<TeamBody<K>, 'v'>
}

/**
 * Adds changes of the team that a person decided to those that wait, all or none, and returns their uids. Throws `Refusal` for one
 * that would have no effect, by the same rule that every device follows: what other devices decide meanwhile may still make it void.
 */
export function waitDecisions(context: Context, team: OpenTeam, decisions: readonly TeamDecision[]): readonly string[] {
  assertWritable(context)
  let expected = expectMembership(team)
  for (const decision of decisions) {
    const after = fold(team, expected, decision)
    if (typeof after === 'string') throw toVoidRefusal(after)
    expected = after
  }
  return decisions.map((decision) => addWaiting(context, team, decision))
}

/**
 * Adds what this device owes the team to what waits, and returns the uids. What would have no effect is left out: no person decided
 * it, and what made it void, such as the removal of a member, is in the history.
 */
export function waitDue(context: Context, team: OpenTeam, decisions: readonly TeamDecision[]): readonly string[] {
  assertWritable(context)
  let expected = expectMembership(team)
  return decisions.flatMap((decision) => {
    const after = fold(team, expected, decision)
    if (typeof after === 'string') return []
    expected = after
    return [addWaiting(context, team, decision)]
  })
}

function fold({ replica }: OpenTeam, before: Membership, { kind, body }: TeamDecision): Membership | TeamVoid {
  const operation = parseTeamOperation(kind, { v: 1, ...body })
  if (operation === null) throw new Error(`The body of ${kind} is not valid: ${JSON.stringify(body satisfies Json)}`)
  return applyTeamOperation(before, operation, replica.author.device)
}

function addWaiting(
  context: Context,
  { replica, crypto }: OpenTeam,
  { kind, subject, body: given }: TeamDecision,
): string {
  const at = context.now()
  const uid = createUid(at)
  const basis = replica.stream(replica.team).place.next - 1
  const body = { v: 1, ...given }
  try {
    replica.wait(replica.team, {
      uid,
      op: { kind, salt: createSalt(crypto), at, day: getToday(context), basis, subject, body },
    })
  } catch (error) {
    throw toShareRefusal(error)
  }
  return uid
}
