import { z } from 'zod'

import { type Severity, SEVERITIES } from '../domain/findings/severity.ts'
import { CLIENT_ROLES, LOG_KINDS } from '../domain/team-roles.ts'
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

/** The roles of a member in the agency; a guest has roles for single clients only. */
export const TEAM_ROLES = ['guest', 'member', 'people', 'auditor', 'owner'] as const
export const teamRole = z.enum(TEAM_ROLES)
export type TeamRole = z.infer<typeof teamRole>
export const clientRole = z.enum(CLIENT_ROLES)

export const serverPlace = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535).default(5432),
  database: z.string().trim().min(1).max(63).default('castellan'),
  /** The authority that issued the server's certificate, in PEM; null where the system knows it. */
  authority: z
    .string()
    .max(20_000)
    .regex(/-----BEGIN CERTIFICATE-----/u, 'Give a certificate in PEM')
    .nullable()
    .default(null),
})

const teamDevice = z.object({
  uid: uuid,
  login: z.string(),
  /** This device. */
  own: z.boolean(),
  /** The recovery device, which is a code on paper. */
  paper: z.boolean(),
})
export type TeamDevice = z.infer<typeof teamDevice>

export const teamMember = z.object({
  uid: uuid,
  /** Null where no log that this device reads has it. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: teamRole,
  /** Roles for single clients. `client`: its slug; null where this register has not read it. */
  access: z.array(z.object({ client: z.string().nullable(), uid: uuid, role: clientRole })),
  /** Empty for one who was invited and has not joined yet. */
  devices: z.array(teamDevice),
  own: z.boolean(),
})
export type TeamMember = z.infer<typeof teamMember>

/** A decision beside what became of it. */
const listed = z.object({
  /** Names it for `keep` and `drop`. */
  uid: z.string(),
  /** Slug of the client; null for what is decided for the whole agency. */
  client: z.string().nullable(),
  /** The member who decided it; null where this device does not have the name. */
  member: z.string().nullable(),
  own: z.boolean(),
  /** The decision in words; null where it cannot be read. */
  decided: z.string().nullable(),
  /** When it was decided, by the clock of its author; null where it cannot be read. */
  at: instant.nullable(),
  /** Why it is listed, and what to do. */
  sentence: z.string(),
})
export type ListedDecision = z.infer<typeof listed>

/** A log that is read no further. `choices`: what an owner can decide, by the head of the batch; empty where nothing can be. */
const stoppedLog = z.object({
  log: uuid,
  client: z.string().nullable(),
  sentence: z.string(),
  choices: z.array(z.object({ head: bytes32, words: z.string() })),
})
export type StoppedLog = z.infer<typeof stoppedLog>

/**
 * `none`: the profile belongs to no team; `founding`: the database is not set up yet; `asking`: an owner's device has not answered
 * yet; `otherDevice`: the keys of this device are not on this machine, such as after a restore elsewhere.
 */
export const TEAM_STATES = ['none', 'founding', 'asking', 'member', 'removed', 'otherDevice'] as const

export const teamStatus = z.object({
  state: z.enum(TEAM_STATES),
  /** The meaning of the state and what to do; null for an ordinary member or no team. */
  sentence: z.string().nullable(),
  name: z.string().nullable(),
  /** The head of the team's first batch in hex, which every invite has. */
  root: z.string().nullable(),
  server: z.object({ host: z.string(), port: z.int(), database: z.string(), login: z.string() }).nullable(),
  /** When the server last answered this process; null: not yet. */
  lastContact: instant.nullable(),
  /** Each thing that needs a person, with what to do: the server, clocks, the recovery code, refused requests, connections without a credential. */
  problems: z.array(z.string()),
  /** The person at this device; null before it was let in. */
  own: teamMember.nullable(),
  members: z.array(teamMember),
  /** For the clients that this device sees: true if changes need the approval of a second member. */
  approvals: z.array(z.object({ client: z.string().nullable(), uid: uuid, required: z.boolean() })),
  /** How many decisions of this device are not placed yet, by client; null: of the agency. */
  waiting: z.array(z.object({ client: z.string().nullable(), count: z.int() })),
  /** Decisions of this device that go out only once their author keeps them. */
  askedBack: z.array(listed),
  /** Decisions that did not count, newest first, those of this device included. */
  noEffect: z.array(listed),
  /** Decisions that were dated by a clock that is known to have been wrong; their effect does not follow from times. */
  clocks: z.array(listed),
  stopped: z.array(stoppedLog),
  /** How many clients the member may see and this device does not hold; nothing of them is in any list. */
  unheld: z.int(),
})
export type TeamStatus = z.infer<typeof teamStatus>

export const exchanged = z.object({
  /** Decisions and readings that came, that went, and batches that the server had lost and has again. */
  read: z.int(),
  placed: z.int(),
  restored: z.int(),
  /** Devices that were let in. */
  enrolled: z.int(),
  waiting: z.int(),
  /** Decisions of this device’s member that this exchange found refused. */
  refused: z.array(listed),
  askedBack: z.array(listed),
  /** Each thing that is left for a person to do. */
  sentences: z.array(z.string()),
})
export type ExchangeResult = z.infer<typeof exchanged>

/** A change in words. One of the team is placed, or refused; it does not wait. */
const done = z.object({ sentence: z.string() })

export const clientFigures = z.object({
  name: z.string().max(200),
  slug: z.string().max(200),
  colour,
  connections: z.int(),
  notRead: z.int(),
  people: z.int().nullable(),
  keys: z.int().nullable(),
  due: z.int().nullable(),
  overdue: z.int().nullable(),
  findings: z
    .object(Object.fromEntries(SEVERITIES.map((each) => [each, z.int()])) as Record<Severity, z.ZodInt>)
    .nullable(),
  lastSync: day.nullable(),
  lastReview: day.nullable(),
  entries: z.int(),
})
export type ClientFigures = z.infer<typeof clientFigures>

/** A client of the team that this device does not hold, with the figures that a member's device wrote; the server can show earlier ones. */
export const unheldClient = z.object({ uid: uuid, figures: clientFigures.nullable(), writtenAt: instant.nullable() })
export type UnheldClient = z.infer<typeof unheldClient>

const verifiedLog = z.object({
  log: uuid,
  kind: z.enum(LOG_KINDS),
  client: z.string().nullable(),
  batches: z.int(),
  head: z.string(),
  /** True if every head follows from what this device holds, and the server shows the same at every position. */
  intact: z.boolean(),
  sentence: z.string().nullable(),
})
export type VerifiedLog = z.infer<typeof verifiedLog>

const witness = z.object({
  log: uuid,
  client: z.string().nullable(),
  at: z.int(),
  head: z.string(),
  ok: z.boolean(),
  /** Where it is, or the first position that is missing or differs here or on the server. */
  sentence: z.string(),
})
export type ComparedWitness = z.infer<typeof witness>

/** A member by their uid or e-mail address. */
const member = z.string().trim().min(1).max(320)
const client = z.string().min(1).max(200)
const uids = z.object({ uids: z.array(uuid).min(1).max(10_000) })

export const teamContract = {
  status: operation.output(teamStatus),
  /**
   * Founds a team on an empty PostgreSQL database. `administrator`: a login that may create roles, used once; without it, and where this
   * machine hosts no database, `sql` is to be run by one who has it, and `init` without input goes on. `paper`: the recovery code, shown once.
   */
  init: operation
    .input(
      z
        .object({
          team: words.optional(),
          name: words.optional(),
          email: email.optional(),
          server: serverPlace.optional(),
          administrator: z.object({ login: z.string().min(1).max(63), password: secretText(1000) }).optional(),
        })
        .prefault({}),
    )
    .output(z.object({ status: teamStatus, sql: z.array(z.string()), paper: secretText(40_000).nullable() })),
  /** Invites a person with their first roles, or the further device of a member with this address. The code is shown once. */
  invite: operation
    .input(
      z.object({
        email,
        name: words.optional(),
        role: teamRole.optional(),
        client: client.optional(),
        clientRole: clientRole.optional(),
      }),
    )
    .output(z.object({ code: secretText(40_000), until: instant, member: uuid, sentence: z.string() })),
  /** Joins by the code of an invite or by the recovery code, in a profile without clients. An owner's device answers an invite. */
  join: operation.input(z.object({ code: secretText(40_000) })).output(teamStatus),
  members: operation.output(z.array(teamMember)),
  /** Gives, changes or takes away (`role` null) a role for a client; with `client` null the role in the agency, where null removes the member. */
  setRole: operation
    .input(
      z.union([
        z.object({ member, client, role: clientRole.nullable() }),
        z.object({ member, client: z.null(), role: teamRole.nullable() }),
      ]),
    )
    .output(done),
  /** Shuts a device out: owners any, members their own. */
  revokeDevice: operation.input(z.object({ device: uuid })).output(done),
  /** Sets for a client (null: for all) if changes at the providers need the approval of a second member before they are sent. */
  requireApprovals: operation.input(z.object({ client: client.nullable(), required: z.boolean() })).output(done),
  /** Replaces the recovery code; the former one ends. */
  paper: operation.output(z.object({ code: secretText(40_000) })),
  /** Decides where a log stopped: the history that counts from two, or the batch that every device passes over, by a head of `choices`. */
  resolve: operation.input(z.object({ log: uuid, head: bytes32 })).output(done),
  /** Moves the team to another server, or looks there from this device where its certificate or address changed. */
  move: operation.input(serverPlace).output(done),
  /** Ends this device in the team. The register stays, and nothing is exchanged any more. */
  leave: operation.output(done),
  exchange: operation.output(exchanged),
  /** Decides what was asked back again, over what others decided meanwhile. */
  keep: operation.input(uids).output(done),
  /** Gives up what was asked back. */
  drop: operation.input(uids).output(done),
  unheld: operation.output(z.object({ clients: z.array(unheldClient), problem: z.string().nullable() })),
  /** Has this device hold clients, by slug or uid, and read their whole history. What was read stays. */
  hold: operation.input(z.object({ clients: z.array(client).min(1).max(5000) })).output(done),
  /**
   * Computes every head and reads every position from the server. `head`: finds it. `path`: a file that prints heads (an evidence pack, a
   * register in Markdown, a report); each position up to them is compared here and on the server.
   */
  verify: operation.input(z.object({ head: bytes32.optional(), path: filePath.optional() }).prefault({})).output(
    z.object({
      logs: z.array(verifiedLog),
      found: z.object({ client: z.string().nullable(), at: z.int() }).nullable(),
      witnesses: z.array(witness),
    }),
  ),
}
