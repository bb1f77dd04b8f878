import { applyTeamOperation, foundTeam, passPosition } from '../../../shared/team/fold-team.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import { parseTeamOperation } from '../../../shared/team/operations.ts'
import type { Reader } from '../db/handles.ts'
import { parseOp } from './entry-row.ts'
import { readTeamPlace } from './place.ts'

/** A membership with the number of the newest row that it was folded from. */
interface Known {
  readonly membership: Membership
  readonly row: number
}

const folded = new WeakMap<Reader, Known>()

interface Row {
  readonly id: number
  readonly device: string
  /** JSON; null where the entry has no effect. */
  readonly operation: string | null
}

/**
 * Who belongs to the team, from the entries of `team` that this register holds with their verdicts; null without a team, and before its first
 * entry was read. Needs no key and no library of cryptography.
 */
export function readMembership(reader: Reader): Membership | null {
  const team = readTeamPlace(reader)?.team
  if (team === undefined) return null
  const before = folded.get(reader)
  const isSame =
    before !== undefined &&
    before.membership.team === team &&
    reader.value<number>(ROW, [team, before.membership.next - 1]) === before.row
  let membership = isSame ? before.membership : null
  let last = isSame ? before.row : 0
  for (const { id, device, operation } of reader.all<Row>(ROWS, [team, membership?.next ?? 0])) {
    membership = fold(team, membership, device, operation)
    last = id
  }
  if (membership !== null) folded.set(reader, { membership, row: last })
  return membership
}

const ROW = 'SELECT id FROM team_entry WHERE stream = ? AND seq = ?'
const ROWS = `SELECT id, device, iif(void_reason IS NULL, operation, NULL) AS operation FROM team_entry
  WHERE stream = ? AND seq >= ? ORDER BY seq`

function fold(team: string, before: Membership | null, device: string, text: string | null): Membership | null {
  const op = text === null ? null : parseOp(text)
  const operation = op === null ? null : parseTeamOperation(op.kind, op.body)
  if (before === null) return operation?.kind === 'team.founded' ? foundTeam(team, operation.body) : null
  const after = operation === null ? 'not-allowed' : applyTeamOperation(before, operation, device)
  return typeof after === 'string' ? passPosition(before) : after
}
