import { deflateRawSync, inflateRawSync } from 'node:zlib'

import { z } from 'zod'

import { sha256, type TeamCrypto } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { toHex, toText } from './form.ts'
import { createName } from './cards.ts'

const uuid = z.uuid()
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)

const place = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  database: z.string().min(1).max(63),
  /** PEM; null where the system knows it. */
  authority: z.string().max(20_000).nullable(),
})
export type InvitePlace = z.infer<typeof place>

/**
 * What a new device is given, as one code, over a way that the server's owner does not read: where the server is, a login for the first contact,
 * which team it is, its newest head, and a secret that the server never has. A recovery code has the seed of the device on paper as its secret.
 */
const invite = z.strictObject({
  kind: z.enum(['invite', 'paper']),
  uid: uuid,
  team: uuid,
  /** The head of the first batch of the team's log. */
  root: bytes32,
  /** A later position of it and the head after that. */
  known: z.strictObject({ at: z.int().nonnegative(), head: bytes32 }),
  place,
  member: uuid,
  device: uuid,
  login: z.string().min(1).max(63),
  password: z.string().min(1).max(200),
  secret: bytes32,
})
export type Invite = z.infer<typeof invite>

const MARK = 'castellan-2'
const CHECK_LENGTH = 8
/** More is in no code, whatever it claims. */
const MOST = { maxOutputLength: 100_000 }

/** A name that shows the server nothing of its person. Names of logins are those of a whole server. */
export function createLogin(crypto: TeamCrypto): string {
  return `castellan_${toHex(crypto.random(6))}`
}

/** Makes the login of an invite on the server. `until`: milliseconds. Throws `TeamServerError`. */
export async function createInvite(
  device: TeamDevice,
  given: { readonly member: string; readonly isOwner: boolean; readonly until: number; readonly place: InvitePlace },
): Promise<Invite> {
  const { crypto, server, now } = device
  const made = { ...describeTeam(device), kind: 'invite', uid: createName(device, now()), place: given.place } as const
  const [login, password, secret] = [createLogin(crypto), toHex(crypto.random(32)), toHex(crypto.random(32))]
  const named = { member: given.member, device: createName(device, now()), login }
  const verifier = crypto.createScramVerifier(password)
  await server.admit({ ...named, owner: given.isOwner, verifier, until: given.until })
  return { ...made, ...named, password, secret }
}

/** Which team it is, and how far its history is at least. */
export function describeTeam({ team, root, store }: TeamDevice): Pick<Invite, 'team' | 'root' | 'known'> {
  const held = store.log(team)
  const known = { at: Math.max(0, (held?.next ?? 1) - 1), head: toHex(held?.head ?? new Uint8Array(32)) }
  return { team, root: toHex(root ?? new Uint8Array(32)), known }
}

/** The code of an invite: one line without spaces, checked against being cut or mistyped. */
export function toCode(value: Invite): string {
  const body = deflateRawSync(JSON.stringify(value)).toString('base64url')
  return `${MARK}.${body}.${computeCheck(body)}`
}

/** Reads a code as a person pasted it: line breaks and spaces in it do not count. Null for another text, and one that was cut or changed. */
export function parseCode(text: string): Invite | null {
  const [mark, body, check, ...rest] = text.replaceAll(/[\s\p{Cf}]/gu, '').split('.')
  if (mark !== MARK || body === undefined || check !== computeCheck(body) || rest.length > 0) return null
  try {
    return (
      invite.safeParse(JSON.parse(inflateRawSync(Buffer.from(body, 'base64url'), MOST).toString('utf8'))).data ?? null
    )
  } catch {
    // The check fits, so another program made it.
    return null
  }
}

function computeCheck(body: string): string {
  return Buffer.from(sha256(toText(`${MARK}.${body}`)))
    .toString('base64url')
    .slice(0, CHECK_LENGTH)
}
