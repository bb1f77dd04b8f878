import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { describeDevice } from '../../../electron/team/found.ts'
import { fromHex, toHex } from '../../../electron/team/hex.ts'
import {
  answerKnock,
  type Invite,
  INVITE_HOURS,
  type IssuedInvite,
  parseInviteCode,
  toInviteCode,
} from '../../../electron/team/invite.ts'
import type { StoredKnock } from '../../../electron/team/log.ts'
import { crypto, nextUuid } from './world.ts'

const root = crypto.hashText('root')
const secret = crypto.random(32)
const invite: Invite = {
  uid: nextUuid(),
  team: nextUuid(),
  root: toHex(root),
  host: 'db.agency.example',
  port: 5432,
  database: 'castellan',
  login: 'c_anna',
  password: 'one-time Zoë',
  secret: toHex(secret),
}

describe('the code of an invite', () => {
  const code = toInviteCode(crypto, invite)

  it('is read as it was pasted, with line breaks and spaces', () => {
    expect(parseInviteCode(crypto, code)).toEqual({ ok: true, invite })
    expect(parseInviteCode(crypto, ` ${code.slice(0, 40)}\r\n${code.slice(40)}\u200b `)).toEqual({ ok: true, invite })
  })

  it('is refused with any character changed, or cut anywhere, and the reason has nothing of it', () => {
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom('a', 'B', '.', '-', ''), (at, other) => {
        const text = code.slice(0, at) + other + code.slice(at + 1)
        fc.pre(text !== code)
        const parsed = parseInviteCode(crypto, text)
        expect(parsed).toEqual({ ok: false, reason: expect.stringMatching(/^[A-Z][^.]*\. ?.*\.$/u) as string })
        expect(JSON.stringify(parsed)).not.toContain(code.slice(30, 50))
        expect(parseInviteCode(crypto, code.slice(0, at)).ok).toBe(false)
      }),
    )
  })

  it.each([
    ['', 'This is not an invite'],
    ['C1ZZZ-ZZZZZ', 'This is not an invite'],
    ['castellan-invite-2.e30.AAAAAAAA', 'another version'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseInviteCode(crypto, text)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    })
  })

  it('is refused when it fits its check but lacks something', () => {
    const { secret: _, ...rest } = invite
    const made = toInviteCode(crypto, rest as Invite)
    expect(parseInviteCode(crypto, made)).toMatchObject({ ok: false })
  })
})

describe('a device that asks to be enrolled', () => {
  const keys = crypto.createDeviceKeys()
  const { deviceUid, signKey, boxKey } = describeDevice({ device: nextUuid(), keys })
  const asked = {
    invite: invite.uid,
    device: deviceUid,
    signKey: fromHex(signKey),
    boxKey: fromHex(boxKey),
    login: invite.login,
  }
  const knock: StoredKnock = { ...asked, mac: crypto.signKnock(secret, { ...asked, root }) }
  const until = INVITE_HOURS * 3_600_000
  const issued: readonly IssuedInvite[] = [
    { uid: invite.uid, login: invite.login, member: 'anna', secret, until },
    { uid: nextUuid(), login: invite.login, member: 'ben', secret: crypto.random(32), until },
  ]
  const answer = (change: Partial<StoredKnock>, now = 0, of = issued) =>
    answerKnock(crypto, root, of, { ...knock, ...change }, now)

  it('is the member that the invite was for', () => {
    expect(answer({})).toEqual({ ok: true, member: 'anna' })
    expect(answer({}, until)).toEqual({ ok: true, member: 'anna' })
  })

  it.each([
    ['after 72 hours', 'expired', {}, until + 1],
    ['with an invite that no one issued', 'unknown-invite', { invite: nextUuid() }, 0],
    ['with the invite of another member', 'not-invited', { invite: issued[1]?.uid ?? '' }, 0],
    ['under another login', 'other-login', { login: 'c_ben' }, 0],
    ['with a signing key that the server put there', 'not-invited', { signKey: crypto.random(32) }, 0],
    ['with a box key that the server put there', 'not-invited', { boxKey: crypto.random(32) }, 0],
    ['under the name of another device', 'not-invited', { device: nextUuid() }, 0],
    ['without the secret', 'not-invited', { mac: new Uint8Array(32) }, 0],
    ['with half a mac', 'not-invited', { mac: knock.mac.subarray(0, 16) }, 0],
  ] as const)('%s is refused: %s', (_, reason, change, now) => {
    expect(answer(change, now)).toEqual({ ok: false, reason })
  })

  it('is refused for another team, and once the invite was used', () => {
    expect(answerKnock(crypto, crypto.hashText('other'), issued, knock, 0)).toMatchObject({ ok: false })
    expect(answer({}, 0, [])).toEqual({ ok: false, reason: 'unknown-invite' })
  })
})
