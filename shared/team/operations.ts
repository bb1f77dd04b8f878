import { z } from 'zod'

import { AGENCY_ROLES, CLIENT_ROLES } from '../domain/team-roles.ts'

const uuid = z.uuid().regex(/^[0-9a-f-]+$/u)
/** 32 bytes in hex: a public key or a commitment. */
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)
/** The name of a login of the server. */
const login = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/u)
const words = z.string().min(1).max(200)

/** A pattern of its own: that of a library may change with its version, and verdicts with it. */
const email = z
  .string()
  .max(320)
  .regex(/^[!-?A-~]{1,64}@[0-9A-Za-z.-]{1,255}$/u)

const person = { memberUid: uuid, name: words, email }
const device = { deviceUid: uuid, signKey: bytes32, boxKey: bytes32, login }
const v = z.literal(1)

/**
 * The operations of the stream `team`, each with the schema of its body. `membership.ts` has the rule of each. Those that
 * were released never change.
 */
export const TEAM_OPERATIONS = {
  /**
   * The first entry, and only that: the founder is the first owner. `server` names the database, `agency` the stream of what
   * is decided for the whole agency; `commitment` is the team's key.
   */
  'team.founded': z.strictObject({
    v,
    team: words,
    server: uuid,
    agency: uuid,
    ...person,
    ...device,
    commitment: bytes32,
  }),
  /** Kinds up to this set may be used, since all active devices know them. */
  'team.opset-raised': z.strictObject({ v, opset: z.int().positive().max(0xffff_ffff) }),
  'member.added': z.strictObject({ v, ...person, roles: z.array(z.enum(AGENCY_ROLES)).max(3) }),
  'member.roles-set': z.strictObject({ v, memberUid: uuid, roles: z.array(z.enum(AGENCY_ROLES)).max(3) }),
  'member.removed': z.strictObject({ v, memberUid: uuid }),
  'device.enrolled': z.strictObject({ v, memberUid: uuid, ...device }),
  'device.revoked': z.strictObject({ v, deviceUid: uuid }),
  /** The client's uid is also the name of its stream `decisions`. Without the rights of an owner, its member becomes the lead. */
  'client.opened': z.strictObject({ v, clientUid: uuid, facts: uuid, commitment: bytes32 }),
  /** What a client has from before the team, by uids that are not bound to it. Each belongs to the first client that it is kept for. */
  'names.kept': z.strictObject({ v, clientUid: uuid, uids: uuid.array().min(1).max(5000) }),
  'access.granted': z.strictObject({ v, clientUid: uuid, memberUid: uuid, role: z.enum(CLIENT_ROLES) }),
  'access.revoked': z.strictObject({ v, clientUid: uuid, memberUid: uuid }),
  /**
   * Whether changes at the providers of a client need the approval of a second member from here on; null: of all clients. Of two that name a
   * client, the later one counts.
   */
  'approvals.required': z.strictObject({ v, clientUid: uuid.nullable(), required: z.boolean() }),
  /**
   * Lets every device pass an entry that rests on a position of `team` after this one, or on one of its client's other stream, which may
   * never come: without effect, whatever it is. `head`: of the stream after it, so it is that entry and no other.
   */
  'entry.voided': z.strictObject({ v, stream: uuid, seq: z.int().nonnegative(), head: bytes32 }),
  /** The team uses another server, or the same one at another address, from here on. `authority`: in PEM; null where systems know it. */
  'team.moved': z.strictObject({
    v,
    server: uuid,
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535),
    database: z.string().min(1).max(63),
    authority: z.string().max(10_000).nullable(),
  }),
  /**
   * Of two histories of a stream, the one counts whose head after a position is `head`: the first position at which they differ. A device that
   * holds another one leaves it from there on.
   */
  'team.fork-resolved': z.strictObject({ v, stream: uuid, seq: z.int().nonnegative(), head: bytes32 }),
  /** `scope`: the client's uid, or that of the stream `team`. `readers`: the position of `team` whose readers have the key. */
  'key.rotated': z.strictObject({
    v,
    scope: uuid,
    generation: z.int().min(2).max(0xffff_ffff),
    commitment: bytes32,
    readers: z.int().nonnegative(),
  }),
  /**
   * No device that may give keys has this generation of a client's key: what it sealed has no effect on any device, and the client goes
   * on under the next one.
   */
  'key.lost': z.strictObject({ v, scope: uuid, generation: z.int().min(1).max(0xffff_ffff) }),
} as const
export type TeamKind = keyof typeof TEAM_OPERATIONS

/** Which kinds of operations a version of Castellan knows: all sets up to one. */
export interface Version {
  readonly opset: number
  /** The set that a kind came with. */
  findSet(kind: string): number
}

/** This version. Every kind so far came with the first set. */
export const VERSION: Version = { opset: 1, findSet: () => 1 }

export type TeamBody<K extends TeamKind> = z.infer<(typeof TEAM_OPERATIONS)[K]>
export type TeamOperation = { [K in TeamKind]: { readonly kind: K; readonly body: TeamBody<K> } }[TeamKind]

export function isTeamKind(kind: string): kind is TeamKind {
  return Object.hasOwn(TEAM_OPERATIONS, kind)
}

/** The operation with its body checked; null for another kind, and for a body that its schema refuses. */
export function parseTeamOperation(kind: string, body: unknown): TeamOperation | null {
  if (!isTeamKind(kind)) return null
  const parsed = TEAM_OPERATIONS[kind].safeParse(body)
  return parsed.success ? ({ kind, body: parsed.data } as TeamOperation) : null
}
