import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { removeLocalFields } from '../../../shared/decisions/local.ts'
import { isKind, type Kind } from '../../../shared/decisions/operations.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Reader } from '../db/handles.ts'
import { parseOp } from './entry-row.ts'
import { readTeamPlace } from './place.ts'

/** An entry that has a row of the journal, with that row. */
export interface JournaledEntry {
  readonly operation: string | null
  readonly device: string
  readonly member: string | null
  readonly action: string | null
  readonly at: number | null
  readonly operator: string | null
  readonly subject: string | null
  readonly body: string | null
}

/**
 * Compares rows of the journal with the operations that were signed: kind, time, what was decided and, of another device, by whom.
 * The numbers of this register, and the pieces of what a review froze, are in one of the two only.
 */
export function createRowCheck(reader: Reader): (entry: JournaledEntry) => boolean {
  const own = readTeamPlace(reader)?.device
  const names = new Map(
    reader
      .all<{ readonly member: string; readonly name: string }>(NAMES)
      .map(({ member, name }) => [member, name] as const),
  )
  return ({ operation, device, member, action, at, operator, subject, body }) => {
    if (operation === null || body === null) return false
    const op = parseOp(operation)
    if (op.kind !== action || op.at !== at || !isKind(op.kind)) return false
    // The row is from before the profile belonged to the team, when the operation had other words.
    if (op.kind === 'client.archived' && op.basis === -1) return true
    const isByMember = device === own || member === null || names.get(member) === operator
    return isByMember && isSubject(op, subject) && writeBody(op.kind, op.body) === writeBody(op.kind, parseBody(body))
  }
}

const NAMES = `SELECT e.operation ->> '$.body.memberUid' AS member, e.operation ->> '$.body.name' AS name
  FROM team_stream s CROSS JOIN team_entry e ON e.stream = s.stream
  WHERE e.void_reason IS NULL AND e.operation ->> 'kind' IN ('team.founded', 'member.added')`

/** An entry has a longer subject only in part. */
function isSubject(op: Op, subject: string | null): boolean {
  return subject !== null && subject.toWellFormed().startsWith(op.subject)
}

function writeBody(kind: Kind, body: Readonly<Record<string, unknown>>): string {
  const { pieces: _, ...shared } = removeLocalFields(kind, body) as Readonly<Record<string, Json>>
  return canonicalJson(shared)
}

function parseBody(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    // A row that was changed by someone: its hash shows that too.
    return {}
  }
}
