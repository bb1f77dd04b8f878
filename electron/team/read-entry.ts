import type { Entry } from '../../shared/team/entry.ts'
import {
  findAuthor,
  findClientRole,
  findGeneration,
  findOpset,
  findStream,
  isApprovalRequired,
  isLost,
  listAgencyRoles,
  type Membership,
  nameEntry,
  newest,
  type StreamUse,
} from '../../shared/team/membership.ts'
import { FENCE, type Op, parseOp } from '../../shared/team/op.ts'
import type { Version } from '../../shared/team/operations.ts'
import { isBoundUid } from '../../shared/team/bound-uid.ts'
import {
  type AuthorRole,
  type ExchangedKind,
  isExchanged,
  isWhole,
  listOwnUids,
  isForAgency,
  mayDecide,
} from '../../shared/team/rights.ts'
import { mayAppend } from '../../shared/domain/team-roles.ts'
import type { StreamPlace } from '../../shared/team/store.ts'
import { type StopReason, StreamStopped, type Verdict, type VoidReason } from '../../shared/team/verdict.ts'
import { isSignedHere } from './compose-entry.ts'
import type { TeamCrypto } from './crypto.ts'
import { isEntry } from './entry.ts'
import { fromHex, toHex } from './hex.ts'
import type { KeyRing } from './key-ring.ts'
import { countEntry, passEntry, type StreamState } from './stream.ts'

export interface Read {
  readonly state: StreamState
  readonly verdict: Verdict
  /** Whether the entry used up its count and its operation. */
  readonly isCounted: boolean
  /** What an entry without effect would have decided, where that was read. */
  readonly opened?: Op
}

/** What a device reads entries with. */
export interface Reading {
  readonly crypto: TeamCrypto
  /** Read to its newest position before any other stream. */
  readonly membership: Membership
  readonly keys: KeyRing
  readonly version: Version
}

/**
 * Reads the next entry of a stream of a client, or of the agency: from the same entries, every device has the same verdict. Throws
 * `StreamStopped` where it cannot: on what is not the next entry, and where members or keys are missing here.
 */
export function readClientEntry(reading: Reading, state: StreamState, entry: Entry): Read {
  const { crypto, membership, keys } = reading
  requireNext(state, entry)
  const use = findStream(membership, state.stream)
  if (use === null) throw stop('members-missing', state)
  const chosen = membership.chosen.get(state.stream)?.find(({ seq }) => seq === entry.seq)
  if (chosen !== undefined && toHex(crypto.computeHead(state.head, entry)) !== chosen.head)
    throw stop('two-histories', state)
  const checked = checkSigned(crypto, membership, state, entry, entry.teamSeq)
  if ('verdict' in checked) return checked
  const { member } = checked
  const refuse = (reason: VoidReason, opened?: Op): Read => ({
    state: countEntry(crypto, state, entry),
    verdict: { kind: 'void', reason },
    isCounted: true,
    ...(opened === undefined ? {} : { opened }),
  })
  // Before what only a device with the key can find out.
  if (isLost(membership, use.scope, entry.generation)) return refuse('key-lost')
  const author = findAuthorRole(membership, use, member, entry.teamSeq)
  if (author === null) return refuse('not-allowed')
  const current = findGeneration(membership, use.scope, entry.teamSeq)
  if (current === null || entry.generation !== current.generation) return refuse('other-key')
  const newer = checkOpset(reading, state, entry)
  if (newer !== null) return refuse(newer)
  const key = keys.find(crypto, { scope: use.scope, generation: current.generation }, current.commitment)
  if (key === null) throw stop('key-missing', state)
  const opened = openOperation(reading, key, entry)
  if (typeof opened === 'string') return refuse(opened)
  const { kind } = opened
  if (kind === FENCE) return refuse('fence')
  if (!isExchanged(kind) || !isWhole({ ...opened, kind }, entry)) return refuse('not-an-operation')
  if (!mayDecide(kind, author)) return refuse('not-allowed', opened)
  const isOwner = listAgencyRoles(membership, member, entry.teamSeq).includes('owner')
  if (isForAgency(opened) && !isOwner) return refuse('not-allowed', opened)
  if (!isOfScope(reading, use, { ...opened, kind }, entry.teamSeq)) return refuse('of-another-client', opened)
  const rests = state.rests(state, entry, opened)
  if (rests !== null) return refuse(rests, opened)
  const reason = use.kind === 'decisions' ? weigh(membership, state, opened, member, entry) : null
  if (reason !== null) return refuse(reason, opened)
  const verdict = { kind: 'effective', op: opened, member } as const
  return { state: countEntry(crypto, state, entry), verdict, isCounted: true }
}

/** Why an operation has no effect after those before it. */
function weigh(membership: Membership, state: StreamState, op: Op, member: string, { seq, teamSeq }: Entry) {
  const needsApproval = isApprovalRequired(membership, state.stream, teamSeq)
  return state.weights.weigh({ op, member, seq, needsApproval })
}

/**
 * Whether all that an operation names and makes belongs to the client of its stream: by its uid or, from before the team, by an
 * owner's word. What is decided for the whole agency may name any connection.
 */
function isOfScope(
  { crypto, membership }: Reading,
  { kind, scope }: StreamUse,
  op: Op & { readonly kind: ExchangedKind },
  at: number,
): boolean {
  if (kind === 'agency') return true
  return listOwnUids(op.kind, op.body).every((uid) => {
    if (isBoundUid(uid, scope, crypto.hashText)) return true
    const kept = membership.kept.get(uid)
    return kept !== undefined && kept.value === scope && kept.from <= at
  })
}

/** What a member may be in a stream at a position of `team`; null where they may append nothing. */
export function findAuthorRole(membership: Membership, use: StreamUse, member: string, at: number): AuthorRole | null {
  if (use.kind === 'agency') return { stream: 'agency', roles: listAgencyRoles(membership, member, at) }
  const role = findClientRole(membership, use.scope, member, at)
  return role !== null && mayAppend(use.kind, role) ? { stream: use.kind, role } : null
}

/** Throws `StreamStopped` for what is not an entry at the next position of this stream. */
export function requireNext(state: StreamState, entry: Entry): void {
  if (!isEntry(entry)) throw stop('not-an-entry', state)
  if (entry.stream !== state.stream || entry.seq !== state.next) throw stop('gap', state)
}

/**
 * Checks that a device of the team signed the entry for this place and has used nothing twice. `at`: the position of
 * `team` at which it has to be enrolled. What is refused here uses nothing up: anyone could have made the entry, or it
 * claims what was not compared with what this device has read.
 */
export function checkSigned(
  crypto: TeamCrypto,
  membership: Membership,
  state: StreamState,
  entry: Entry,
  at: number,
): Read | { readonly member: string } {
  const pass = (reason: VoidReason): Read => ({
    state: passEntry(crypto, state, entry),
    verdict: { kind: 'void', reason },
    isCounted: false,
  })
  const known = membership.devices.get(entry.device)
  const voided = findVoided(crypto, membership, state, entry)
  if (voided !== null && (known === undefined || known.from >= voided)) return pass('voided')
  // Before the position is asked for: otherwise anyone could stop the stream in the name of another device. Its key never
  // changes, so every device has this verdict, however far it has read the team.
  if (known !== undefined && known.from <= at) {
    const signKey = fromHex(known.signKey)
    const isSigned = isSignedHere(crypto, state.head, entry, signKey) || crypto.isSigned(state.head, entry, signKey)
    if (!isSigned) return pass('not-signed')
  }
  if (voided !== null) return pass('voided')
  if (at > newest(membership)) throw stop('members-missing', state)
  const author = findAuthor(membership, entry.device, at)
  if (author === null) return pass('unknown-author')
  // In `team` itself an entry rests on the position before it, and on no other.
  const isEarlier = state.stream === membership.team ? entry.teamSeq !== at : entry.teamSeq < state.floor
  if (isEarlier) return pass('earlier-members')
  if (entry.deviceSeq <= state.used.lastCount(entry.device)) return pass('counted-before')
  if (state.used.hasOp(entry.op)) return pass('placed-before')
  return { member: author.member }
}

/**
 * The position of `team` at which an owner declared the entry void; null where none did, or after the position that the entry
 * rests on: a device that could read it otherwise has read the declaration, so all have the same verdict.
 */
function findVoided(crypto: TeamCrypto, { voided }: Membership, state: StreamState, entry: Entry): number | null {
  if (voided.size === 0) return null
  const head = toHex(crypto.computeHead(state.head, entry))
  const from = voided.get(nameEntry({ stream: state.stream, seq: state.next, head })) ?? null
  return from !== null && from <= entry.teamSeq ? from : null
}

/**
 * A set of kinds above the one that the team agreed on is void; one that was agreed on and is newer than this version
 * stops the stream, since another device may give it an effect.
 */
export function checkOpset(
  { membership, version }: Reading,
  state: StreamState,
  entry: Entry,
): 'newer-than-agreed' | null {
  if (entry.opset > findOpset(membership, entry.teamSeq)) return 'newer-than-agreed'
  if (entry.opset > version.opset) throw stop('newer-version', state)
  return null
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The operation that an entry has sealed, or why it is none. Only the canonical form of an operation has its hash. A kind of a
 * set above that of the entry is none: an earlier version, which does not know it, reads the entry too.
 */
export function openOperation(
  { crypto, version }: Pick<Reading, 'crypto' | 'version'>,
  key: Uint8Array,
  entry: Entry,
): Op | Extract<VoidReason, 'unreadable' | 'not-the-operation' | 'not-an-operation'> {
  const bytes = crypto.openText(key, entry)
  if (bytes === null) return 'unreadable'
  const text = decode(bytes)
  if (text === null) return 'not-an-operation'
  if (!crypto.isSame(crypto.hashText(text), entry.opHash)) return 'not-the-operation'
  const op = parseOp(text)
  return op === null || version.findSet(op.kind) > entry.opset ? 'not-an-operation' : op
}

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

export function stop(reason: StopReason, { stream, next }: StreamPlace): StreamStopped {
  return new StreamStopped(reason, stream, next)
}

/** What an entry makes this version fail at stops its stream, and no other. */
export function toStop(error: unknown, state: StreamPlace): StreamStopped {
  if (error instanceof StreamStopped) return error
  if (error instanceof RangeError || error instanceof TypeError) return stop('fault', state)
  throw error
}

/** Whether the author of an entry signed it: what a server changed is not the author's, whatever name it has. */
export function isSignedBy(verdict: Verdict): boolean {
  return verdict.kind === 'effective' || (verdict.reason !== 'not-signed' && verdict.reason !== 'unknown-author')
}
