import type { TeamBody } from '../../shared/team/operations.ts'
import type { Author } from './compose-entry.ts'
import type { TeamCrypto } from './crypto.ts'
import { fromHex, toHex } from './hex.ts'
import { type Answer, answerKnock, type Invite, type IssuedInvite } from './invite.ts'
import type { TeamAdministration, TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

/** Asks to be enrolled, as the device that an invite is for. Asking again changes nothing. Throws `TeamLogError`. */
export async function askToEnrol(crypto: TeamCrypto, invite: Invite, author: Author, log: TeamLog): Promise<void> {
  const { device, keys } = author
  const knock = {
    invite: invite.uid,
    device,
    signKey: keys.sign.publicKey,
    boxKey: keys.box.publicKey,
    login: invite.login,
  }
  const mac = crypto.signKnock(fromHex(invite.secret), { ...knock, root: fromHex(invite.root) })
  await log.knock({ ...knock, mac })
}

export interface Answered {
  /** The devices to enrol, as bodies of `device.enrolled` for an owner's device to decide. */
  readonly enrol: readonly TeamBody<'device.enrolled'>[]
  /** Those that asked under an invite of this device and are not let in. */
  readonly refused: readonly {
    readonly device: string
    readonly reason: (Answer & { readonly ok: false })['reason'] | 'removed'
  }[]
}

/**
 * Answers the devices that ask to be enrolled by the invites that this device issued: the others are left
 * to the owner who issued the invite. What is answered is removed from the server, a device that is let in once its enrolment was placed.
 * `now`: milliseconds. Throws `TeamLogError`.
 */
export async function answerKnocks(
  replica: Replica,
  server: TeamAdministration,
  root: Uint8Array,
  issued: readonly IssuedInvite[],
  now: number,
): Promise<Answered> {
  const enrol: TeamBody<'device.enrolled'>[] = []
  const refused: Answered['refused'][number][] = []
  for (const knock of await server.listKnocks()) {
    const answer = answerKnock(replica.crypto, root, issued, knock, now)
    const membership = replica.membership()
    if (!answer.ok && answer.reason === 'unknown-invite') {
      // A login is for one device: one that a device has asks for nothing any more.
      const devices = [...(membership?.devices.values() ?? [])]
      if (devices.some(({ login }) => login === knock.login)) await server.removeKnock(knock.invite)
      continue
    }
    const isEnrolled = membership?.devices.has(knock.device) === true
    // A member whom this device does not know yet may still wait to be placed.
    const until = answer.ok ? membership?.members.get(answer.member)?.until : null
    const isRemoved = until !== null && until !== undefined
    if (isEnrolled || isRemoved || !answer.ok) await server.removeKnock(knock.invite)
    if (isEnrolled) continue
    if (!answer.ok) refused.push({ device: knock.device, reason: answer.reason })
    else if (isRemoved) refused.push({ device: knock.device, reason: 'removed' })
    else {
      enrol.push({
        v: 1,
        memberUid: answer.member,
        deviceUid: knock.device,
        login: knock.login,
        signKey: toHex(knock.signKey),
        boxKey: toHex(knock.boxKey),
      })
    }
  }
  return { enrol, refused }
}
