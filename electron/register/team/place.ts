import { z } from 'zod'

import type { Reader, Writer } from '../db/handles.ts'
import { readMeta, writeMeta } from '../db/meta.ts'

const uuid = z.uuid()
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)
const server = z.strictObject({
  host: z.string(),
  port: z.int(),
  database: z.string(),
  /** PEM; null where the system knows the authority. */
  authority: z.string().nullable(),
})

const place = z.strictObject({
  /** The log of the team, which names it. */
  team: uuid,
  server,
  login: z.string(),
  /** This device, and the public half of its signing key. */
  device: uuid,
  signKey: bytes32,
  /** The head of the first batch of the team's log; null until the founder has placed it. */
  root: bytes32.nullable(),
  /** The member at this device, known before it is let in. */
  member: uuid,
  /** The name under which the member decides, as every device of the team has it; null before it is let in. */
  name: z.string().nullable(),
  /** What the founder decided, until it is placed. */
  founding: z.strictObject({ team: z.string(), email: z.string() }).nullable(),
  /** The invite that this device asked under, until it is let in. */
  invite: uuid.nullable(),
  /** The address that the team's card had when it was followed; null before. */
  named: server.nullable(),
})

/**
 * The team that this register belongs to, and which of its devices this is. A backup contains it, and the device's keys not: a register that was
 * restored elsewhere finds no key that fits `signKey`, so it is not taken for the same device.
 */
export type TeamPlace = z.infer<typeof place>

const PLACE = 'team'

/** What is known of each register's handle, so that a register of one person is asked once. */
const known = new WeakMap<Writer, boolean>()
let names = new WeakMap<Reader, string | null>()

/** Whether a register belongs to a team. */
export function isOfTeam(writer: Writer): boolean {
  const answer = known.get(writer) ?? readMeta(writer, PLACE) !== null
  known.set(writer, answer)
  return answer
}

/** Null for a register without a team. */
export function readTeamPlace(reader: Reader): TeamPlace | null {
  const text = readMeta(reader, PLACE)
  return text === null ? null : place.parse(JSON.parse(text))
}

/** The uid of the member at this device; null in a register without a team. */
export function findOwnMember(reader: Reader): string | null {
  return readTeamPlace(reader)?.member ?? null
}

/** The name under which people decide here, in the register of a team. It is asked for with every decision. */
export function readMemberName(reader: Reader): string | null {
  const name = names.get(reader)
  if (name !== undefined) return name
  const found = readTeamPlace(reader)?.name ?? null
  names.set(reader, found)
  return found
}

export function writeTeamPlace(writer: Writer, value: TeamPlace): void {
  writeMeta(writer, PLACE, JSON.stringify(value))
  // The transaction may not be committed.
  known.delete(writer)
  names = new WeakMap()
}

/** Whether anything that was decided here is not placed yet. */
export function hasWaiting(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM team_waiting LIMIT 1') !== undefined
}

/** The number of the newest decision that waits; 0 when none does. */
export function findNewestWaiting(reader: Reader): number {
  return reader.value<number | null>('SELECT max(id) FROM team_waiting') ?? 0
}

const TABLES = [
  'team_operation',
  'team_batch',
  'team_card',
  'team_log',
  'team_topic',
  'team_waiting',
  'team_bytes',
  'team_sealed',
  'team_key',
  'team_sent',
  'team_fork',
]

/** Removes what this register holds of a team. What people decided stays: it counts as decided before any team. */
export function forgetTeam(writer: Writer): void {
  for (const table of TABLES) writer.run(`DELETE FROM ${table}`)
  for (const key of [PLACE, ISSUED, CURSOR]) writer.run('DELETE FROM meta WHERE key = ?', [key])
  known.delete(writer)
  names = new WeakMap()
}

const CURSOR = 'team_cursor'

/** How far the server's changes were read; null: from the beginning. */
export function readCursor(reader: Reader): string | null {
  const text = readMeta(reader, CURSOR)
  return text === null || text === '' ? null : text
}

export function writeCursor(writer: Writer, cursor: string | null): void {
  writeMeta(writer, CURSOR, cursor ?? '')
}

const issued = z.array(
  z.strictObject({
    uid: uuid,
    login: z.string(),
    member: uuid,
    /** Milliseconds. */
    until: z.int(),
    name: z.string(),
    email: z.string(),
  }),
)

/** An invite that this device issued, without its secret. */
export type IssuedRow = z.infer<typeof issued>[number]

const ISSUED = 'team_invites'

export function readIssuedInvites(reader: Reader): readonly IssuedRow[] {
  const text = readMeta(reader, ISSUED)
  return text === null ? [] : issued.parse(JSON.parse(text))
}

export function writeIssuedInvites(writer: Writer, rows: readonly IssuedRow[]): void {
  writeMeta(writer, ISSUED, JSON.stringify(rows))
}
