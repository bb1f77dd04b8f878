import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { HISTORY_FILES } from '../../../../shared/report/evidence-history.ts'
import { findAuthor, findClientRole, isApprovalRequired, newest } from '../../../../shared/team/membership.ts'
import type { Op } from '../../../../shared/team/op.ts'
import { isExchanged, isWhole, mayDecide } from '../../../../shared/team/rights.ts'
import { VOID_WORDS, type VoidReason } from '../../../../shared/team/verdict.ts'
import { createWeights, isWeighed, isWeightVoid, type Weights } from '../../../../shared/team/weigh.ts'
import { mayAppend } from '../../../../shared/domain/team-roles.ts'
import { type FollowedLog, isShownSigned, type ShownEntry } from './follow-log.ts'
import type { ShownTeam } from './shown-team.ts'

/** An operation with effect, whose signature was checked. */
export interface ShownOp {
  readonly op: Op
  /** The uid of the member whose device signed it. */
  readonly member: string
  readonly device: string
  readonly seq: number
  readonly teamSeq: number
  readonly row: number
}

/** The decisions about a client that a pack shows. */
export interface ShownDecisions {
  /** The stream, which is the client's uid. */
  readonly stream: string
  readonly effective: readonly ShownOp[]
  readonly first: number
  readonly last: { readonly seq: number; readonly head: string }
  /** How many entries with effect have no text in the pack. */
  readonly hidden: number
  /** How many entries are shown without effect for a reason that the pack cannot show. */
  readonly unexplained: number
  readonly problems: readonly EvidenceProblem[]
}

/** The reasons that follow from what a pack shows. Others rest on keys, or on entries before those of the pack. */
const EXPLAINED: ReadonlySet<VoidReason> = new Set(['unknown-author', 'not-signed', 'not-allowed', 'not-an-operation'])

/**
 * Asks again, of each entry of a client's log, whether it has an effect: by the signature of its device, the role of its member and the
 * rules of access reviews. A pack that shows another answer is not sound.
 */
export function checkDecisions(team: ShownTeam, { entries }: FollowedLog): ShownDecisions {
  const problems: EvidenceProblem[] = []
  const effective: ShownOp[] = []
  const [first] = entries
  const last = entries.at(-1)
  const stream = first?.entry.stream ?? ''
  const state: Asking = {
    team,
    stream,
    weights: createWeights(stream),
    opened: new Set(),
    counts: new Map(),
    floor: -1,
  }
  let [hidden, unexplained] = [0, 0]
  if (!team.membership.clients.has(stream)) {
    const says = 'It is the log of a client that the pack does not show to be one of the team.'
    problems.push({ file: HISTORY_FILES.client.entries, row: 1, says })
  }
  for (const shown of entries) {
    const { entry, row } = shown
    const answer = ask(state, shown, hidden > 0)
    if (entry.reason === null && typeof answer === 'string') {
      const says = `Row ${row} is shown as effective, and has no effect: ${VOID_WORDS[answer]}`
      problems.push({ file: HISTORY_FILES.client.entries, row, says })
    }
    if (entry.reason === null && !shown.isShown) hidden += 1
    if (typeof answer === 'string') continue
    if (entry.reason === null) {
      if (answer.op !== null) effective.push({ ...answer, op: answer.op, ...place(shown) })
    } else if (isExplained(state, shown, entry.reason, hidden > 0)) {
      const says = `Row ${row} is shown without effect, and nothing in the pack shows why: ${VOID_WORDS[entry.reason]}`
      problems.push({ file: HISTORY_FILES.client.entries, row, says })
    } else unexplained += 1
  }
  return {
    stream,
    effective,
    first: first?.entry.seq ?? 0,
    last: { seq: last?.entry.seq ?? 0, head: last?.entry.head ?? '' },
    hidden,
    unexplained,
    problems,
  }
}

function place({ entry, row }: ShownEntry) {
  return { device: entry.device, seq: entry.seq, teamSeq: entry.teamSeq, row }
}

interface Asking {
  readonly team: ShownTeam
  readonly stream: string
  readonly weights: Weights
  /** The reviews whose opening the pack shows. */
  readonly opened: Set<unknown>
  /** By device. */
  readonly counts: Map<string, number>
  /** The newest position of `team` that an entry with effect rests on. */
  floor: number
}

/** The author and the operation (null: not shown) of an entry that may have an effect, or why it has none. */
function ask(
  asking: Asking,
  { entry, op, isShown }: ShownEntry,
  isPartial: boolean,
): { readonly member: string; readonly op: Op | null } | VoidReason {
  const { team, stream, weights, opened, counts } = asking
  const { membership } = team
  if (entry.teamSeq > newest(membership)) return 'unknown-author'
  const author = findAuthor(membership, entry.device, entry.teamSeq)
  if (author === null) return 'unknown-author'
  if (!isShownSigned(entry, author.device.signKey)) return 'not-signed'
  const { member } = author
  if (entry.reason === null) {
    if (entry.teamSeq < asking.floor) return 'earlier-members'
    asking.floor = entry.teamSeq
    if (entry.deviceSeq <= (counts.get(entry.device) ?? -1)) return 'counted-before'
    counts.set(entry.device, entry.deviceSeq)
  }
  const role = findClientRole(membership, stream, member, entry.teamSeq)
  if (role === null || !mayAppend('decisions', role)) return 'not-allowed'
  if (!isShown) return { member, op: null }
  const place = { stream, device: entry.device }
  if (op === null || !isExchanged(op.kind) || !isWhole({ ...op, kind: op.kind }, place)) return 'not-an-operation'
  if (!mayDecide(op.kind, { stream: 'decisions', role })) return 'not-allowed'
  const isTried = entry.reason === null || isWeightVoid(entry.reason)
  if (!isTried || !isWeighed(op.kind)) return { member, op }
  const review = op.body['reviewUid']
  if (op.kind === 'review.opened' && entry.reason === null) opened.add(review)
  // An entry that is not shown may be a decision, and a review that was opened before is not known.
  if (!opened.has(review)) return { member, op }
  const reason = weights.weigh({
    op,
    member,
    seq: entry.seq,
    needsApproval: isApprovalRequired(membership, stream, entry.teamSeq),
  })
  return reason === null || isPartial ? { member, op } : reason
}

/** True if a reason would have been found by `ask`, so that it is not so. */
function isExplained({ opened }: Asking, { op }: ShownEntry, reason: VoidReason, isPartial: boolean): boolean {
  if (!isWeightVoid(reason)) return EXPLAINED.has(reason)
  return !isPartial && op !== null && opened.has(op.body['reviewUid'])
}
