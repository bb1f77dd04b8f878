import { z } from 'zod'

import { readMeta, writeMeta } from '../db/meta.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { writeAsked } from './asked.ts'

const uuid = z.uuid()
const bytes32 = z.string().regex(/^[0-9a-f]{64}$/u)

const place = z.strictObject({
  /** The stream `team`, which names the team. */
  team: uuid,
  /** The name that the database was given when it was set up; null for a device that was invited. */
  database: uuid.nullable(),
  server: z.strictObject({
    host: z.string(),
    port: z.int(),
    database: z.string(),
    /** PEM; null where the system knows the authority. */
    authority: z.string().nullable(),
  }),
  login: z.string(),
  /** This device, and the public half of its signing key. */
  device: uuid,
  signKey: bytes32,
  /** The head of the first entry of `team`; null until the founder has placed it. */
  root: bytes32.nullable(),
  /** What the founder decided, until it is placed. */
  founding: z.strictObject({ team: z.string(), name: z.string(), email: z.string(), member: uuid }).nullable(),
  /** The invite that this device asked under; null for the founder. */
  invite: uuid.nullable(),
  /** The name under which the member at this device decides, as every device of the team has it; null before it is let in. */
  member: z.string().nullable(),
})

/**
 * The team that this register belongs to, and which of its devices this is. A backup contains it, and the device's keys not:
 * a register that was restored elsewhere finds no key that fits `signKey`, so it is not taken for the same device.
 */
export type TeamPlace = z.infer<typeof place>

const PLACE = 'team'

/** What is known of each register's handle, so that a register of one person is asked once. */
const known = new WeakMap<Writer, boolean>()

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

/** What is known of the name by handle: it is asked for with every decision, and changes only by `writeTeamPlace`. */
let names = new WeakMap<Reader, string | null>()

/** The name under which people decide here, in the register of a team. */
export function readMemberName(reader: Reader): string | null {
  const known = names.get(reader)
  if (known !== undefined) return known
  const name = readTeamPlace(reader)?.member ?? null
  names.set(reader, name)
  return name
}

export function writeTeamPlace(writer: Writer, value: TeamPlace): void {
  writeMeta(writer, PLACE, JSON.stringify(value))
  // The transaction may not be committed.
  known.delete(writer)
  names = new WeakMap()
}

/** Whether anything that was decided here is not placed yet. */
export function hasWaiting(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM team_pending LIMIT 1') !== undefined
}

/**
 * Removes what this register holds of a team that was never founded to its end, in the transaction that names another, readings that
 * wait included. What people decided stays: it counts as decided before the team.
 */
export function forgetTeam(writer: Writer): void {
  writer.run('DELETE FROM team_entry')
  writer.run('DELETE FROM team_stream')
  writer.run('DELETE FROM team_pending WHERE journal_seq IS NULL')
  for (const table of ['team_facts', 'team_blob', 'team_approval']) writer.run(`DELETE FROM ${table}`)
  writeIssuedInvites(writer, [])
  writeAsked(writer, [])
  writeDueSql(writer, [])
  writeMsAhead(writer, 0)
  writeForks(writer, [])
}

/** The number of the newest decision that waits; 0 when none does. */
export function findNewestWaiting(reader: Reader): number {
  return reader.value<number | null>('SELECT max(id) FROM team_pending') ?? 0
}

const dueSql = z.array(z.string())
const DUE_SQL = 'team_sql'

/** The statements that an administrator of the team's database has to run, as the last contact found. */
export function readDueSql(reader: Reader): readonly string[] {
  const text = readMeta(reader, DUE_SQL)
  return text === null ? [] : dueSql.parse(JSON.parse(text))
}

export function writeDueSql(writer: Writer, statements: readonly string[]): void {
  writeMeta(writer, DUE_SQL, JSON.stringify(statements))
}

const MS_AHEAD = 'team_ms_ahead'

/** How many milliseconds the clock of this device was ahead of the server's at the last exchange, negative where it was behind; 0: not known. */
export function readMsAhead(reader: Reader): number {
  return Number(readMeta(reader, MS_AHEAD) ?? 0)
}

export function writeMsAhead(writer: Writer, ms: number): void {
  writeMeta(writer, MS_AHEAD, String(ms))
}

const side = z.strictObject({ device: z.string(), entries: z.int(), head: z.string() })
const forks = z.array(z.strictObject({ stream: uuid, seq: z.int(), own: side, there: side }))

/** Two histories of a stream from the position at which they differ: this register's, and the server's. */
export type ForkRow = z.infer<typeof forks>[number]

const FORKS = 'team_forks'

/** The streams with two histories, as the last contact found them. */
export function readForks(reader: Reader): readonly ForkRow[] {
  const text = readMeta(reader, FORKS)
  return text === null ? [] : forks.parse(JSON.parse(text))
}

export function writeForks(writer: Writer, rows: readonly ForkRow[]): void {
  writeMeta(writer, FORKS, JSON.stringify(rows))
}

const issued = z.array(z.strictObject({ uid: uuid, login: z.string(), member: uuid, until: z.int() }))

/** An invite that this device issued, without its secret. `until`: milliseconds. */
export type IssuedRow = z.infer<typeof issued>[number]

const ISSUED = 'team_invites'

export function readIssuedInvites(reader: Reader): readonly IssuedRow[] {
  const text = readMeta(reader, ISSUED)
  return text === null ? [] : issued.parse(JSON.parse(text))
}

export function writeIssuedInvites(writer: Writer, rows: readonly IssuedRow[]): void {
  writeMeta(writer, ISSUED, JSON.stringify(rows))
}
