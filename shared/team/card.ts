import { z } from 'zod'
import { LOG_KINDS } from '../domain/team-roles.ts'

const uuid = z.uuid().regex(/^[0-9a-f-]+$/u)
/** 32 bytes in hex. */
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)

/**
 * The roles of a person in a log, with what the server lets their logins do. In the log of a client: viewer, reviewer, operator, lead, owner. In
 * that of the agency: member, people, auditor, owner. In that of the team: owner.
 */
export const LOG_ROLES = ['viewer', 'reviewer', 'operator', 'lead', 'member', 'people', 'auditor', 'owner'] as const
export type LogRole = (typeof LOG_ROLES)[number]

const device = z.strictObject({
  device: uuid,
  /** Ed25519 and X25519 public keys. */
  signKey: bytes32,
  boxKey: bytes32,
  /** The name of its login of the server. */
  login: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/u),
  /** True for the recovery device on paper. */
  paper: z.literal(true).optional(),
})
export type CardDevice = z.infer<typeof device>

const person = z.strictObject({ member: uuid, role: z.enum(LOG_ROLES), devices: z.array(device).max(20) })
export type CardPerson = z.infer<typeof person>

/** A position of the log and the head after it. */
const link = z.strictObject({ at: z.int().nonnegative(), head: bytes32 })

/**
 * Who may do what in a log, as the newest entry of class `card` has it: the body of its only operation, of the kind `card.set`. It is signed
 * by an owner of the card before, or in the log of a client by a lead of it, who leaves owners as they are; the first by who opens the log.
 */
export const card = z.strictObject({
  v: z.literal(1),
  kind: z.enum(LOG_KINDS),
  people: z.array(person).min(1).max(500),
  /** Of the log's key, from 1, and its commitment (`commitKey`). */
  generation: z.int().positive(),
  commitment: bytes32,
  /** The fold version that a device needs at least, and writes at most. */
  least: z.int().positive(),
  /** True where changes at providers need the approval of a second member. */
  approvals: z.boolean(),
  /** Batches that every device passes without effect, since they stopped the log. */
  passes: z.array(link).max(1000),
  /** Chosen histories where the log had two: the first batch of the one that counts. */
  forks: z.array(link).max(1000),
  /** In the log of the team: every other log, by the head of its first card. Null elsewhere. */
  logs: z
    .array(z.strictObject({ log: uuid, kind: z.enum(LOG_KINDS), card: bytes32 }))
    .max(100_000)
    .nullable(),
  /** In the log of the team: its name and where the server is; `authority` in PEM, null where systems know it. Null elsewhere. */
  team: z
    .strictObject({
      name: z.string().min(1).max(200),
      server: uuid,
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535),
      database: z.string().min(1).max(63),
      authority: z.string().max(20_000).nullable(),
    })
    .nullable(),
})
export type Card = z.infer<typeof card>

/** The kind of the operation that a card is. */
export const CARD_KIND = 'card.set'
