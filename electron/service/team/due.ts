import { FENCE } from '../../../shared/team/op.ts'
import { createUid } from '../../register/db/uid.ts'
import { rotateKeys } from '../../team/administer.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { listUnfenced } from '../../team/fence.ts'
import { type Context, getToday } from '../core/context.ts'
import { declareCustody } from '../core/custody.ts'
import { answerInvited } from './answer.ts'
import { isOwner } from './membership.ts'
import { openClients } from './open-clients.ts'
import type { OpenTeam } from './open-team.ts'
import type { Parts } from './parts.ts'
import { waitDue } from './wait.ts'

/**
 * Decides what this device owes the team: it opens streams for new clients, and names the connections that it has a credential of. That of an owner also lets in devices that
 * ask and replaces keys that are due; with those of leads it fences streams after a removal. Returns how many devices are let in, and whether anything waits to be placed now.
 */
export async function decideDue(
  context: Context,
  team: OpenTeam,
  parts: Parts,
): Promise<{ readonly enrolled: number; readonly hasDecided: boolean }> {
  if (!isOwner(team)) {
    const own = team.replica.membership() === null ? 0 : await openClients(context, team, parts)
    const fenced = await parts.run(async () => fenceStreams(context, team))
    const declared = await parts.run(() => declareCustody(context))
    return { enrolled: 0, hasDecided: own + (fenced ?? 0) > 0 || declared === true }
  }
  const enrolled = (await parts.run(() => answerInvited(context, team))) ?? 0
  const rotated = await parts.run(() => replaceDueKeys(context, team))
  const opened = await openClients(context, team, parts)
  const fenced = await parts.run(async () => fenceStreams(context, team))
  const declared = await parts.run(() => declareCustody(context))
  return { enrolled, hasDecided: declared === true || enrolled + (rotated ?? 0) + opened + (fenced ?? 0) > 0 }
}

async function replaceDueKeys(context: Context, team: OpenTeam): Promise<number> {
  const bodies = await rotateKeys(team.replica, team.log)
  return waitDue(
    context,
    team,
    bodies.map((body) => ({ kind: 'key.rotated', subject: body.scope, body })),
  ).length
}

function fenceStreams(context: Context, { replica, crypto }: OpenTeam): number {
  const unfenced = listUnfenced(replica)
  for (const stream of unfenced) {
    const at = context.now()
    const basis = replica.stream(stream).place.next - 1
    const op = {
      kind: FENCE,
      salt: createSalt(crypto),
      at,
      day: getToday(context),
      basis,
      subject: stream,
      body: { v: 1 },
    }
    replica.wait(stream, { uid: createUid(at), op })
  }
  return unfenced.length
}
