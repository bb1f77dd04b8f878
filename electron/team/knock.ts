import { addDevice } from './members.ts'
import type { TeamDevice } from './device.ts'
import { fromHex, toHex } from './form.ts'
import type { Invite } from './invite.ts'

/** An invite as the owner's device keeps it until it is answered. */
export interface IssuedInvite {
  readonly uid: string
  readonly login: string
  readonly member: string
  readonly secret: Uint8Array
  /** Milliseconds, by the owner's clock. */
  readonly until: number
}

/** Asks to be let in, as the device that an invite is for. Asking again changes nothing. Throws `TeamServerError`. */
export async function knock({ crypto, server, keys, device }: TeamDevice, invite: Invite): Promise<void> {
  const asked = {
    invite: invite.uid,
    device,
    signKey: keys.sign.publicKey,
    boxKey: keys.box.publicKey,
    login: invite.login,
  }
  const mac = crypto.signKnock(fromHex(invite.secret), { ...asked, root: fromHex(invite.root) })
  await server.knock({ ...asked, mac })
}

export interface AnsweredKnocks {
  /** The invites whose device was let in, those whose device was refused with the reason, and those whose time is over. */
  readonly enrolled: readonly string[]
  readonly refused: readonly { readonly uid: string; readonly reason: string }[]
  readonly over: readonly string[]
}

/**
 * Lets in the devices that ask under invites of this device: they have to know the secret. The server cannot ask in their place, since it never
 * saw it, nor put its own keys there, since they are under the mac. Throws `TeamServerError`.
 */
export async function answerKnocks(device: TeamDevice, issued: readonly IssuedInvite[]): Promise<AnsweredKnocks> {
  const { crypto, server, store, root, now } = device
  const enrolled: string[] = []
  const refused: { uid: string; reason: string }[] = []
  if (root === null || issued.length === 0) return { enrolled, refused, over: [] }
  for (const { mac, refused: _, ...asked } of await server.listKnocks()) {
    const found = issued.find(({ uid }) => uid === asked.invite)
    if (found === undefined) continue
    const { uid, member, login, until, secret } = found
    const isMember = store.logs().some(({ card }) => card?.card.people.some((one) => one.member === member))
    const reason =
      now() > until
        ? 'Its time was over.'
        : asked.login !== login || !crypto.isKnockRight(secret, { ...asked, root }, mac)
          ? 'Its keys are not those of the device that was invited: the server may have replaced them.'
          : isMember
            ? null
            : 'The member was removed meanwhile.'
    if (reason !== null) {
      await server.answerKnock(uid, reason)
      refused.push({ uid, reason })
      continue
    }
    const [signKey, boxKey] = [toHex(asked.signKey), toHex(asked.boxKey)]
    await addDevice(device, member, { device: asked.device, signKey, boxKey, login })
    await server.answerKnock(uid, null)
    enrolled.push(uid)
  }
  const over = issued.filter(({ uid, until }) => now() > until && !enrolled.includes(uid)).map(({ uid }) => uid)
  return { enrolled, refused, over }
}
