import type { TeamBody } from '../../../shared/team/operations.ts'
import { type IssuedRow, readIssuedInvites, writeIssuedInvites } from '../../register/team/place.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import type { InvitedLogins } from '../../team/administer.ts'
import { answerKnocks } from '../../team/enrol.ts'
import { fromHex } from '../../team/hex.ts'
import type { IssuedInvite } from '../../team/invite.ts'
import { commit, type Context, getReader } from '../core/context.ts'
import { expectMembership } from './membership.ts'
import { type OpenTeam, readSecrets } from './open-team.ts'
import { waitDue } from './wait.ts'

/**
 * Lets in the devices that asked under an invite of this device, and returns how many. Invites that were used or ran out, and those
 * of members who were removed, are forgotten. Throws `TeamLogError`.
 */
export async function answerInvited(context: Context, team: OpenTeam): Promise<number> {
  const { replica, log, place } = team
  const rows = readIssuedInvites(getReader(context))
  if (rows.length === 0 || place.root === null) return 0
  const secrets = readSecrets(context)
  const issued: IssuedInvite[] = []
  for (const row of rows) {
    const secret = await secrets.get(`team-invite-${row.uid}`)
    if (secret !== null) issued.push({ ...row, secret: fromHex(secret) })
  }
  const { enrol } = await answerKnocks(replica, log, fromHex(place.root), issued, context.now())
  const { waiting, refused } = enrolDevices(context, team, enrol)
  for (const { uid, login } of rows) if (refused.has(login)) await log.removeKnock(uid)
  const membership = replica.membership()
  const used = new Set([...(membership?.devices.values() ?? [])].map(({ login }) => login))
  const isOver = ({ login, member, until }: IssuedRow): boolean =>
    used.has(login) ||
    refused.has(login) ||
    until + KEPT_MS < context.now() ||
    isRemoved(membership?.members.get(member))
  await forget(context, rows.filter(isOver))
  return waiting
}

/** How long the login of an invite that ran out is still ended: until then an administrator may run the statement. */
const KEPT_MS = 30 * DAY_MS

/** The logins of the invites that this device issued. One whose time is over must not connect any more. */
export function listInvited(context: Context): InvitedLogins {
  const rows = readIssuedInvites(getReader(context))
  const pick = (isOver: boolean): ReadonlySet<string> =>
    new Set(rows.filter(({ until }) => until < context.now() === isOver).map(({ login }) => login))
  return { open: pick(false), over: pick(true) }
}

function isRemoved(member: { readonly until: number | null } | undefined): boolean {
  return member !== undefined && member.until !== null
}

/** How many enrolments wait now, and the logins of those that would have no effect. What waits already is left as it is. */
function enrolDevices(
  context: Context,
  team: OpenTeam,
  enrol: readonly TeamBody<'device.enrolled'>[],
): { readonly waiting: number; readonly refused: ReadonlySet<string> } {
  const refused = new Set<string>()
  let waiting = 0
  for (const body of enrol) {
    if (expectMembership(team).devices.has(body.deviceUid)) continue
    const [waits] = waitDue(context, team, [{ kind: 'device.enrolled', subject: body.login, body }])
    if (waits === undefined) refused.add(body.login)
    else waiting += 1
  }
  return { waiting, refused }
}

/** Forgets invites. Those that were made while the server answered stay. */
async function forget(context: Context, over: readonly IssuedRow[]): Promise<void> {
  if (over.length === 0) return
  for (const { uid } of over) await readSecrets(context).delete(`team-invite-${uid}`)
  const uids = new Set(over.map(({ uid }) => uid))
  commit(context, [], ({ writer }) => {
    writeIssuedInvites(
      writer,
      readIssuedInvites(writer).filter(({ uid }) => !uids.has(uid)),
    )
  })
}
