import { z } from 'zod'

import type { Knock, TeamCrypto } from './crypto.ts'
import type { StoredKnock } from './log.ts'

const uuid = z.uuid()
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)

/**
 * What a new device is given, as one code, over a way that the server's owner does not read: where the server is, a login
 * for the first contact, which team it is, and a secret that the server never has.
 */
const invite = z.strictObject({
  uid: uuid,
  team: uuid,
  /** The head of the first entry of `team`. */
  root: bytes32,
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  database: z.string().min(1).max(63),
  login: z.string().min(1).max(63),
  /** For one contact: the device replaces it by a password of its own. */
  password: z.string().min(1).max(200),
  /** The authority that issued the server's certificate, in PEM; left out where the system knows it. */
  authority: z.string().max(10_000).optional(),
  secret: bytes32,
})
export type Invite = z.infer<typeof invite>

/** An invite as the owner's device keeps it until it is answered. */
export interface IssuedInvite {
  readonly uid: string
  readonly login: string
  readonly member: string
  readonly secret: Uint8Array
  /** Milliseconds, by the owner's clock. */
  readonly until: number
}

/** How long an invite holds. */
export const INVITE_HOURS = 72

const MARK = 'castellan-invite-1'
const CHECK_LENGTH = 8

/** The code of an invite: one line without spaces, checked against being cut or mistyped. */
export function toInviteCode(crypto: TeamCrypto, value: Invite): string {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  return `${MARK}.${body}.${computeCheck(crypto, body)}`
}

export type ParsedInvite =
  | { readonly ok: true; readonly invite: Invite }
  | {
      readonly ok: false
      /** For people; contains nothing of the code. */
      readonly reason: string
    }

/** Reads a code as a person pasted it: line breaks and spaces in it do not count. */
export function parseInviteCode(crypto: TeamCrypto, text: string): ParsedInvite {
  const [mark, body, check, ...rest] = text.replaceAll(/[\s\p{Cf}]/gu, '').split('.')
  if (mark?.startsWith('castellan-invite-') !== true) {
    return { ok: false, reason: `This is not an invite: one begins with ${MARK}. Ask the owner for it again.` }
  }
  if (mark !== MARK) return { ok: false, reason: 'The invite is of another version of Castellan. Update Castellan.' }
  if (body === undefined || check === undefined || rest.length > 0 || check !== computeCheck(crypto, body)) {
    return { ok: false, reason: 'The invite is incomplete or was changed. Copy all of it again.' }
  }
  try {
    const parsed = invite.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(body))))
    if (parsed.success) return { ok: true, invite: parsed.data }
  } catch {
    // The check fits, so another program made it.
  }
  return { ok: false, reason: 'The invite is not one that Castellan made. Ask the owner for it again.' }
}

export type Answer =
  | { readonly ok: true; readonly member: string }
  | { readonly ok: false; readonly reason: 'unknown-invite' | 'expired' | 'other-login' | 'not-invited' }

/**
 * Whether an owner's device enrols a device that asks: it has to know the secret of an invite that holds. The server
 * cannot ask in its place, since it never saw the secret, nor put its own keys there, since they are under the mac.
 */
export function answerKnock(
  crypto: TeamCrypto,
  root: Uint8Array,
  issued: readonly IssuedInvite[],
  knock: StoredKnock,
  now: number,
): Answer {
  const found = issued.find(({ uid }) => uid === knock.invite)
  if (found === undefined) return { ok: false, reason: 'unknown-invite' }
  if (now > found.until) return { ok: false, reason: 'expired' }
  if (knock.login !== found.login) return { ok: false, reason: 'other-login' }
  const { mac, ...rest } = knock
  const asked: Knock = { ...rest, root }
  return crypto.isKnockRight(found.secret, asked, mac)
    ? { ok: true, member: found.member }
    : { ok: false, reason: 'not-invited' }
}

function computeCheck(crypto: TeamCrypto, body: string): string {
  return toBase64Url(crypto.hashText(`${MARK}.${body}`)).slice(0, CHECK_LENGTH)
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}
