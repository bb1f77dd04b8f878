import type { Entry } from '../../shared/team/entry.ts'
import { applyTeamOperation, foundTeam, passPosition } from '../../shared/team/fold-team.ts'
import { findGeneration, type Membership, newest } from '../../shared/team/membership.ts'
import type { Op } from '../../shared/team/op.ts'
import { parseTeamOperation } from '../../shared/team/operations.ts'
import type { VoidReason } from '../../shared/team/verdict.ts'
import { fromHex, toHex } from './hex.ts'
import { checkOpset, checkSigned, openOperation, type Read, type Reading, requireNext, stop } from './read-entry.ts'
import { countEntry, type StreamState } from './stream.ts'

export interface TeamRead extends Read {
  readonly membership: Membership
}

/**
 * Reads the first entry of `team`. Its author certifies itself: what makes it this team's is `root`, its head, which
 * every invite has; null for the founder, who has just made it. Throws `StreamStopped` for any other entry.
 */
export function readFirstEntry(
  { crypto, keys, version }: Omit<Reading, 'membership'>,
  before: StreamState,
  entry: Entry,
  root: Uint8Array | null,
): TeamRead {
  requireNext(before, entry)
  if (root !== null && !crypto.isSame(crypto.computeHead(before.head, entry), root)) throw stop('other-team', before)
  for (const key of keys.listFirst(before.stream)) {
    const op = openOperation({ crypto, version }, key, entry)
    if (typeof op === 'string') continue
    const operation = parseTeamOperation(op.kind, op.body)
    if (operation?.kind !== 'team.founded') throw stop('other-team', before)
    const { body } = operation
    const commitment = toHex(crypto.commitKey({ scope: before.stream, generation: 1 }, key))
    const isOwn =
      body.commitment === commitment &&
      body.deviceUid === entry.device &&
      entry.generation === 1 &&
      entry.teamSeq === 0 &&
      crypto.isSigned(before.head, entry, fromHex(body.signKey))
    if (!isOwn) throw stop('other-team', before)
    const verdict = { kind: 'effective', op, member: body.memberUid } as const
    const membership = foundTeam(before.stream, body)
    return { state: countEntry(crypto, before, entry), membership, verdict, isCounted: true }
  }
  throw stop('key-missing', before)
}

/** Reads a later entry of `team`. Throws `StreamStopped` as `readClientEntry` does. */
export function readTeamEntry(reading: Reading, state: StreamState, entry: Entry): TeamRead {
  const { crypto, keys, membership } = reading
  requireNext(state, entry)
  const at = newest(membership)
  const refuse = (reason: VoidReason, opened?: Op): TeamRead => ({
    state: countEntry(crypto, state, entry),
    membership: passPosition(membership),
    verdict: { kind: 'void', reason },
    isCounted: true,
    ...(opened === undefined ? {} : { opened }),
  })
  const checked = checkSigned(crypto, membership, state, entry, at)
  if ('verdict' in checked) return { ...checked, membership: passPosition(membership) }
  const { member } = checked
  const current = findGeneration(membership, membership.team, at)
  if (current === null || entry.generation !== current.generation) return refuse('other-key')
  const newer = checkOpset(reading, state, entry)
  if (newer !== null) return refuse(newer)
  const key = keys.find(crypto, { scope: membership.team, generation: current.generation }, current.commitment)
  if (key === null) throw stop('key-missing', state)
  const op = openOperation(reading, key, entry)
  if (typeof op === 'string') return refuse(op)
  const operation = parseTeamOperation(op.kind, op.body)
  if (operation === null) return refuse('not-an-operation')
  const after = applyTeamOperation(membership, operation, entry.device)
  if (typeof after === 'string') return refuse(after, op)
  const verdict = { kind: 'effective', op, member } as const
  return { state: countEntry(crypto, state, entry), membership: after, verdict, isCounted: true }
}
