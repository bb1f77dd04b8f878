import { canonicalJson, type Json } from '../../shared/domain/canonical-json.ts'
import { applyTeamOperation, foundTeam, passPosition } from '../../shared/team/fold-team.ts'
import type { Membership } from '../../shared/team/membership.ts'
import { parseTeamOperation } from '../../shared/team/operations.ts'
import type { HeldEntry, ReplicaStore } from '../../shared/team/store.ts'
import type { TeamCrypto } from './crypto.ts'
import { NO_ROOT } from './stream.ts'

const READ_TOGETHER = 1000

/**
 * The team by the entries that a store holds; null when it holds none. Signatures were checked when the entries were
 * taken, so only the chain of heads is computed again. Throws where the entries are not those that the store concluded from.
 */
export function refoldTeam(crypto: TeamCrypto, store: ReplicaStore, team: string): Membership | null {
  const place = store.streams().find(({ stream }) => stream === team)
  if (place === undefined) return null
  let membership: Membership | null = null
  let head = crypto.startStream(team, NO_ROOT)
  let next = 0
  for (;;) {
    const entries = store.entries(team, next, READ_TOGETHER)
    for (const held of entries) {
      if (!isItsOperation(crypto, held)) throw damaged(held.entry.seq)
      membership = refold(membership, team, held)
      head = crypto.computeHead(head, held.entry)
    }
    next += entries.length
    if (entries.length < READ_TOGETHER) break
  }
  if (next !== place.next || !crypto.isSame(head, place.head)) throw damaged(next)
  return membership
}

/** Whether the operation of a verdict is the one that its entry has sealed, by its hash. */
function isItsOperation(crypto: TeamCrypto, { entry, verdict }: HeldEntry): boolean {
  return verdict.kind === 'void' || crypto.isSame(crypto.hashText(canonicalJson(verdict.op as Json)), entry.opHash)
}

function refold(before: Membership | null, team: string, { entry, verdict }: HeldEntry): Membership {
  if (verdict.kind === 'void') {
    if (before === null) throw damaged(entry.seq)
    return passPosition(before)
  }
  const operation = parseTeamOperation(verdict.op.kind, verdict.op.body)
  if (before === null) {
    if (operation?.kind !== 'team.founded') throw damaged(entry.seq)
    return foundTeam(team, operation.body)
  }
  const after = operation === null ? 'not-allowed' : applyTeamOperation(before, operation, entry.device)
  if (typeof after === 'string') throw damaged(entry.seq)
  return after
}

function damaged(seq: number): Error {
  return new Error(
    `The history of the team in this register was changed outside Castellan, at position ${seq}. Restore a backup of the register.`,
  )
}
