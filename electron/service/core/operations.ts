import { toLocalDay } from '../../../shared/domain/day.ts'
import { type BodyOf, type Kind, type Operation, OPERATIONS } from '../../../shared/decisions/operations.ts'
import type { Reader, Writer } from '../../register/db/handles.ts'
import { UID_TABLES } from '../../register/db/stable-names.ts'
import { createUid } from '../../register/db/uid.ts'
import { type Numbers, settleDecision } from '../../register/rows/settle.ts'
import { addPending } from '../../register/team/waiting.ts'
import { findForbidden } from '../../register/team/may-decide.ts'
import { isOfTeam } from '../../register/team/place.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { commit, type Commit, type Context, getReader } from './context.ts'

/** A person's decision; its time and its author are added as it is committed. */
export type NewDecision = {
  readonly [K in Kind]: {
    readonly kind: K
    readonly client: string | null
    readonly subject: string
    readonly body: BodyOf<K>
  }
}[Kind]

export interface CommitResult {
  /** When they were decided, in milliseconds. */
  readonly at: number
  /** By operation, the numbers that its rows have in this register. */
  readonly numbers: readonly Numbers[]
}

/**
 * Commits operations in one transaction: applies them in their order and appends each to the journal. `derive` writes
 * what follows from the tables in the same transaction. Throws `ZodError` for a body that is not valid, which is a
 * defect of the caller.
 */
export function commitOperations(
  context: Context,
  decided: readonly NewDecision[],
  derive: (writer: Writer) => void = () => undefined,
): CommitResult {
  const areas = new Set(decided.flatMap(({ kind }) => OPERATIONS[kind].areas))
  return commit(context, [...areas], (act) => {
    const numbers = carryOut(act, decided)
    derive(act.writer)
    return { at: act.at, numbers }
  })
}

/** Refuses decisions that the member at this device may not take, in the register of a team. Throws `Refusal` NOT_ALLOWED. */
export function assertMayDecide(
  reader: Reader,
  decided: readonly Pick<NewDecision, 'kind' | 'client' | 'body'>[],
): void {
  const found = findForbidden(reader, decided)
  if (found === null) return
  const { kind, client, role, needs } = found
  const words = OPERATIONS[kind as Kind].words
  const place = client === null ? 'in the agency' : `for the client ${client}`
  const own = role === null ? `you have no role ${place}` : `your role ${place} is ${role}`
  throw new Refusal(
    'NOT_ALLOWED',
    `“${words}” needs the role ${needs}; ${own}.`,
    needs === 'owner' || client === null
      ? 'Ask an owner of the team to decide it.'
      : 'Ask a lead of the client or an owner of the team to decide it, or to give you the role.',
  )
}

/**
 * Carries out operations within a larger commit. In a team they also wait to be placed; one without the right to it is refused before anything
 * is written. Returns their row numbers.
 */
export function carryOut(
  { writer, at, operator, noteAll }: Commit,
  decided: readonly NewDecision[],
): readonly Numbers[] {
  assertMayDecide(writer, decided)
  const applied = decided.map(({ kind, client, subject, body: given }) => {
    const body = OPERATIONS[kind].body.parse(given)
    const operation = { kind, at, operator, client, subject, body } as Operation
    const numbers = settleDecision(writer, operation)
    return { operation, numbers, entry: { action: kind, client, subject, body: { ...body, ...numbers } } }
  })
  const last = noteAll(applied.map(({ entry }) => entry))
  if (isOfTeam(writer)) {
    const first = last - applied.length + 1
    const journaled = applied.map(({ operation }, index) => ({ operation, seq: first + index }))
    try {
      addPending(writer, journaled, toLocalDay(at))
    } catch (error) {
      throw toShareRefusal(error)
    }
  }
  return applied.map(({ numbers }) => numbers)
}

/** The refusal for an operation that no entry of a team can have; the same value for any other error. */
export function toShareRefusal(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error
  return invalid(null, error.message, 'Enter the text again, without half a character, or shorten it.')
}

/** Commits one; returns the numbers of its rows. */
export function commitOperation(context: Context, decided: NewDecision, derive?: (writer: Writer) => void): Numbers {
  return commitOperations(context, [decided], derive).numbers[0] ?? {}
}

type UidTable = keyof typeof UID_TABLES

/** The uid of a row by its number; throws for one that does not exist. */
export function readUid(reader: Reader, thing: UidTable, id: number): string {
  const uid = reader.value<string | null>(`SELECT uid FROM ${UID_TABLES[thing]} WHERE id = ?`, [id])
  if (typeof uid !== 'string') throw new Error(`The row ${id} of ${UID_TABLES[thing]} has no uid.`)
  return uid
}

/** The uid of a row that exists, or a new one for a row that does not exist yet. */
export function findOrCreateUid(context: Context, thing: UidTable, id: number | null | undefined): string {
  return id === null || id === undefined ? createUid(context.now()) : readUid(getReader(context), thing, id)
}
