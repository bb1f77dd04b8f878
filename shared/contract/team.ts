import { z } from 'zod'

import { AGENCY_ROLES, CLIENT_ROLES } from '../domain/team-roles.ts'
import { type Severity, SEVERITIES } from '../domain/findings/severity.ts'
import { colour } from './clients.ts'
import { day, filePath, instant, operation, secretText } from './common.ts'

const uuid = z.uuid()
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u, 'Write a head as 64 hexadecimal digits')
/** A name of a team or a person, on one line. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u, 'Write it on one line without control characters.')
const email = z.email('Write an e-mail address as name@example.com').max(320)

export const agencyRole = z.enum(AGENCY_ROLES)
export const clientRole = z.enum(CLIENT_ROLES)

/** A member by their uid or their e-mail address. */
const member = z.string().trim().min(1).max(320)

/**
 * A login that may create roles and schemas on the server of a team. It is used once and kept nowhere. A password in an input is in no
 * answer and no log.
 */
const administrator = z.object({
  login: z.string().min(1).max(63),
  password: secretText(1000),
})

export const serverPlace = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().trim().min(1).max(63),
  /** The authority that issued the server's certificate, in PEM; null where the system knows it. */
  authority: z
    .string()
    .max(10_000)
    .regex(/-----BEGIN CERTIFICATE-----/u, 'Give a certificate in PEM')
    .nullable()
    .default(null),
})

export const teamDevice = z.object({
  uid: uuid,
  member: uuid,
  login: z.string(),
  /** This device. */
  own: z.boolean(),
  /** False for one that was revoked, or whose member was removed. */
  active: z.boolean(),
})
export type TeamDevice = z.infer<typeof teamDevice>

export const teamMember = z.object({
  uid: uuid,
  name: z.string(),
  email: z.string(),
  roles: z.array(agencyRole),
  /** Roles for single clients; an owner is a lead of every client, and an auditor a viewer. `client`: null where this register has not read it. */
  access: z.array(z.object({ client: z.string().nullable(), uid: uuid, role: clientRole })),
  devices: z.array(teamDevice),
  /** Of the person at this device. */
  own: z.boolean(),
  active: z.boolean(),
})
export type TeamMember = z.infer<typeof teamMember>

/**
 * A log of the team as this device holds it. `inStep`: everything that the server showed was read, and nothing waits;
 * `stopped`: it is read no further, for the reason in `sentence`.
 */
export const teamStream = z.object({
  stream: uuid,
  kind: z.enum(['team', 'agency', 'decisions', 'facts']),
  /** Slug of its client; null for the team's own, and for a client that this register has not read. */
  client: z.string().nullable(),
  state: z.enum(['inStep', 'waiting', 'stopped']),
  /** How many entries were read, and the head after them in hex. */
  entries: z.int(),
  head: z.string(),
  /** How many operations were decided here and are not placed yet. */
  waiting: z.int(),
  sentence: z.string().nullable(),
})
export type TeamStream = z.infer<typeof teamStream>

/**
 * The figures of a client as a member's device has them, for owners and auditors whose device does not hold it. Without names of people
 * and keys. Null: never read.
 */
export const clientFigures = z.object({
  name: z.string().max(200),
  slug: z.string().max(200),
  colour,
  connections: z.int(),
  /** Connections whose last sync was not complete, or that were never synced. */
  notRead: z.int(),
  people: z.int().nullable(),
  keys: z.int().nullable(),
  /** Keys that are due for rotation, and those that are overdue. */
  due: z.int().nullable(),
  overdue: z.int().nullable(),
  /** Open findings. */
  findings: z
    .object(Object.fromEntries(SEVERITIES.map((each) => [each, z.int()])) as Record<Severity, z.ZodInt>)
    .nullable(),
  lastSync: day.nullable(),
  /** When a review was last signed. */
  lastReview: day.nullable(),
  /** How many entries its logs had: what holding it reads. */
  entries: z.int(),
})
export type ClientFigures = z.infer<typeof clientFigures>

/** A client of the team that this device does not hold. `figures` null: no device wrote any that can be used. */
export const unheldClient = z.object({
  uid: uuid,
  figures: clientFigures.nullable(),
  /** When its author wrote the figures, by the clock of that device; the server can show earlier ones. */
  writtenAt: instant.nullable(),
})
export type UnheldClient = z.infer<typeof unheldClient>

const listedEntry = z.object({
  stream: uuid,
  client: z.string().nullable(),
  position: z.int(),
  /** The member whose device placed it; null for a device that the team does not know. */
  member: z.string().nullable(),
  own: z.boolean(),
  /** The decision, or the intended one, in words; null where that cannot be read. */
  decided: z.string().nullable(),
  /** When it was decided, by the clock of its author, which the entry has signed; null where it cannot be read. */
  at: instant.nullable(),
  /** When the server placed it, by its word, which proves nothing; null where it is not known. */
  placedAt: instant.nullable(),
})

/** An entry that was decided by a clock that is known to have been wrong. Its order and effect do not follow from times. */
export const clockEntry = listedEntry.extend({
  at: instant,
  placedAt: instant,
  /** By how many milliseconds that clock was ahead of the server’s at least; negative where it was behind. */
  clockMs: z.int(),
})
export type ClockEntry = z.infer<typeof clockEntry>

/** An entry that did not take effect, with the reason. `clockMs`: null where its author's clock is not known to be wrong. */
export const voidEntry = listedEntry.extend({ reason: z.string(), clockMs: z.int().nullable() })
export type VoidEntry = z.infer<typeof voidEntry>

/** One of two histories of a log, from the position at which they differ. */
const branch = z.object({
  /** Whose device placed the first entry of it; null for a device that this history does not know. */
  member: z.string().nullable(),
  entries: z.int(),
  /** The head after the first entry of it, in hex. */
  head: z.string(),
})

/** A log whose history at the server differs from the one that this device holds. */
export const teamFork = z.object({
  stream: uuid,
  kind: teamStream.shape.kind,
  client: z.string().nullable(),
  /** The first position at which they differ. */
  position: z.int(),
  own: branch,
  server: branch,
})
export type TeamFork = z.infer<typeof teamFork>

/**
 * `none`: the profile belongs to no team; `founding`: the server is not set up yet; `asking`: this device asked and no
 * owner has answered yet; `otherDevice`: the keys of this device are not on this machine, such as after a restore
 * elsewhere; `removed`: the device or its member was removed.
 */
export const TEAM_STATES = ['none', 'founding', 'asking', 'member', 'removed', 'otherDevice'] as const

export const teamStatus = z.object({
  state: z.enum(TEAM_STATES),
  /** The meaning of the state and what to do; null for an ordinary member or no team. */
  sentence: z.string().nullable(),
  name: z.string().nullable(),
  /** The head of the team's first entry in hex, which every invite has. */
  root: z.string().nullable(),
  server: z.object({ host: z.string(), port: z.int(), database: z.string(), login: z.string() }).nullable(),
  /** The person at this device; null before it is enrolled. */
  own: teamMember.nullable(),
  members: z.array(teamMember),
  streams: z.array(teamStream),
  /** How many operations wait in all streams, and how many streams are stopped. */
  waiting: z.int(),
  stopped: z.int(),
  /** Connections of the team's clients that no device of it has a credential of. */
  unread: z.array(z.object({ client: z.string(), connection: z.string() })),
  /** How many clients the member may see and this device does not hold; nothing of them is in any list. */
  unheld: z.int(),
  /** The newest that did not take effect, newest first. */
  void: z.array(voidEntry),
  /** The newest that were decided by a clock that was wrong, those of this device included, newest first. */
  clocks: z.array(clockEntry),
  /** The logs with two histories, as the last exchange found them. */
  forks: z.array(teamFork),
  /** When the server last answered this process; null: not yet. */
  lastContact: instant.nullable(),
  /** Why the server cannot be used now, in words; null when the last contact succeeded. */
  problem: z.string().nullable(),
  /** How the clocks of this device and of the server differed at the last exchange, in words; null: by five minutes at most, or not known. */
  clock: z.string().nullable(),
  /** The requirement of a second member's approval of changes: by client, and for clients that are opened later. */
  approvals: z.object({
    clients: z.array(z.object({ client: z.string().nullable(), uid: uuid, required: z.boolean() })),
    later: z.boolean(),
  }),
  /** Statements for the administrator of the database: this device's login may not run them. */
  sql: z.array(z.string()),
})
export type TeamStatus = z.infer<typeof teamStatus>

export const exchanged = z.object({
  /** Entries that were read, that were placed, and that the server had lost and has again. */
  pulled: z.int(),
  placed: z.int(),
  mended: z.int(),
  /** Devices that were let in. */
  enrolled: z.int(),
  waiting: z.int(),
  /** Why streams are read no further or take nothing. */
  sentences: z.array(z.string()),
})
export type ExchangeResult = z.infer<typeof exchanged>

/** A decision about the team. It counts once it is placed: while the server cannot be reached it waits. */
const decided = z.object({
  /** `void`: it is placed, and changes nothing on any device, since other devices decided first. */
  effect: z.enum(['effective', 'waiting', 'void']),
  /** Why it waits or has no effect; null when it took effect. */
  problem: z.string().nullable(),
  sql: z.array(z.string()),
})
export type TeamDecided = z.infer<typeof decided>

const verifiedStream = z.object({
  stream: uuid,
  kind: teamStream.shape.kind,
  client: z.string().nullable(),
  entries: z.int(),
  head: z.string(),
  /** True if the heads follow from the entries that this register holds. */
  intact: z.boolean(),
})
export type VerifiedStream = z.infer<typeof verifiedStream>

/** The head of a log beside a printed one: the same, another, or nothing yet; `unknown`: it could not be read. */
export const WITNESS_ANSWERS = ['same', 'other', 'missing', 'unknown'] as const

const comparedWitness = z.object({
  stream: uuid,
  /** Null for a log that this device does not read. */
  kind: teamStream.shape.kind.nullable(),
  client: z.string().nullable(),
  position: z.int(),
  head: z.string(),
  /** In the history that this device holds, and in the one that the server shows now. */
  device: z.enum(WITNESS_ANSWERS),
  server: z.enum(WITNESS_ANSWERS),
  /** The first position that is missing there, or differs on the server from this device; null where none does. */
  firstHere: z.int().nullable(),
  firstOnServer: z.int().nullable(),
  ok: z.boolean(),
  sentence: z.string(),
})
export type ComparedWitness = z.infer<typeof comparedWitness>

export const teamContract = {
  status: operation.output(teamStatus),
  /**
   * Founds a team: sets up the database with an administrator's login, or gives the SQL for one who does it; the same
   * operation without input goes on from there. The profile's clients get streams of their own.
   */
  init: operation
    .input(
      z
        .object({
          team: words.optional(),
          name: words.optional(),
          email: email.optional(),
          server: serverPlace.optional(),
          administrator: administrator.optional(),
          /** The owner's login may make and end the logins of members. */
          manageLogins: z.boolean().default(false),
          /** Ends a founding that is under way, and leaves nothing of it here: its database is not used again. */
          beginAgain: z.boolean().default(false),
        })
        .prefault({}),
    )
    .output(z.object({ founded: z.boolean(), sql: z.array(z.string()), status: teamStatus })),
  /** Invites a person, or the further device of a member with this address. The code is shown once. */
  invite: operation
    .input(
      z.object({
        name: words.optional(),
        email,
        roles: z.array(agencyRole).max(AGENCY_ROLES.length).default([]),
        administrator: administrator.optional(),
      }),
    )
    .output(z.object({ code: secretText(30_000), until: instant, member: uuid, ...decided.shape })),
  /** Joins the team of an invite, in a profile without clients. Asks to be enrolled; an owner's device answers. */
  join: operation.input(z.object({ code: secretText(30_000) })).output(teamStatus),
  members: operation.output(z.array(teamMember)),
  /** Gives a member a role for a client, or sets their roles in the agency. */
  grant: operation
    .input(
      z.union([
        z.object({ member, client: z.string().min(1), role: clientRole }),
        z.object({ member, roles: z.array(agencyRole).max(AGENCY_ROLES.length) }),
      ]),
    )
    .output(decided),
  /** Takes away a member's access to a client, revokes a device, or removes a member. Keys that they had are replaced. */
  revoke: operation
    .input(z.union([z.object({ member, client: z.string().min(1) }), z.object({ device: uuid }), z.object({ member })]))
    .output(decided),
  /**
   * Decides as an owner whether changes at the providers of a client (null: of all, also those that are added later) need the approval of a
   * second member before they are sent. The last word about a client counts.
   */
  requireApprovals: operation
    .input(z.object({ client: z.string().min(1).nullable(), required: z.boolean() }))
    .output(decided),
  /**
   * Replaces the keys that are due since a reader was removed. An owner's exchange does so too. `lost`: a client, by
   * slug or uid, whose key no owner's or lead's device has now: its sealed content loses effect on all devices, and it
   * goes on.
   */
  rotate: operation
    .input(z.object({ lost: z.string().min(1).max(200).optional() }).prefault({}))
    .output(z.object({ rotated: z.int(), ...decided.shape })),
  /**
   * Lets every device pass the entries at which logs stopped because they rest on others that were never placed: an owner
   * declares them void. `adopt`: heads of the server's side of logs with two histories: its history is the one that counts from then on, by an
   * owner's word for all devices, and for the log of members and devices by that of the person at this device. Those who decided on the other
   * one place it again. `mended`: how many entries and histories.
   */
  mend: operation
    .input(z.object({ adopt: z.array(bytes32).max(100).default([]) }).prefault({}))
    .output(z.object({ mended: z.int(), ...decided.shape })),
  /**
   * Moves the team to another server, which has its database restored from a dump: an owner does for all, and devices follow as soon as they read it.
   * On the device of another member, only this device looks there; the signed history has to name that server.
   */
  move: operation.input(serverPlace).output(decided),
  /** The clients that this device does not hold, with the figures that other devices wrote. `problem`: why the server did not show them now. */
  unheld: operation.output(z.object({ clients: z.array(unheldClient), problem: z.string().nullable() })),
  /**
   * Has this device hold clients, by slug or uid, and reads their whole history. What was read stays: there is no way back. `held`: how many
   * were not held before. `sentences`: why they are not read yet.
   */
  hold: operation
    .input(z.object({ clients: z.array(z.string().min(1).max(200)).min(1).max(5000) }))
    .output(z.object({ held: z.int(), sentences: z.array(z.string()) })),
  /** Exchanges with the server now. */
  exchange: operation.output(exchanged),
  /**
   * Computes every head from the entries that are held, and finds a head that was printed. `path`: a file that prints positions and heads of
   * logs (an evidence pack, a register in Markdown, a weekly report); each is compared with this device and with the server.
   */
  verify: operation.input(z.object({ head: bytes32.optional(), path: filePath.optional() }).prefault({})).output(
    z.object({
      streams: z.array(verifiedStream),
      /** Where the head is; null when no stream has it, or none was given. `position`: of the entry that it is after. */
      found: z.object({ stream: uuid, client: z.string().nullable(), position: z.int() }).nullable(),
      /** Of the file; empty without one. */
      witnesses: z.array(comparedWitness),
    }),
  ),
}
