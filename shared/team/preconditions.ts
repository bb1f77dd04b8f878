import { createReviewFold, type FoldedReview, settle } from '../decisions/fold-reviews.ts'
import { nameRequest } from '../decisions/request-names.ts'
import { type MovingKind, moveState, type RemediationOperation } from '../decisions/remediation.ts'
import type { ReviewOperation } from '../decisions/reviews.ts'
import type { RemediationState } from '../domain/remediation/remediation.ts'
import { isOpen, isUnsent } from '../domain/remediation/states.ts'
import { splitRuns } from '../domain/reviews/positions.ts'
import type { ReviewVoid } from '../domain/reviews/rules.ts'
import { createLastDecisions, type LastDecisions } from './last-decisions.ts'
import type { NoEffectReason } from './outcome.ts'

/** An operation of one log at its place, whose class, right and body were checked before (`judgeOperation`). */
export interface PlacedOperation {
  readonly kind: string
  readonly body: Readonly<Record<string, unknown>>
  /** Hashes in hex. */
  readonly hash: string
  readonly on: string | null
  /** The author, by uid. */
  readonly member: string
  readonly device: string
  /** Its place among the operations of the log; it rises. */
  readonly order: number
  /** True if the card of its batch asks for approvals. */
  readonly needsApproval: boolean
}

/** Why an operation has no effect, with the rule of its subject. */
export interface NoEffect {
  readonly reason: NoEffectReason
  readonly why: ReviewVoid | ChangeVoid | null
}

/**
 * Rules that only changes and signatures of a team have: `known-item`: its uid is taken; `other-item`: `on` is not the addition of this change;
 * `not-sent`: `on` is not a sending of it; `other-state`: the table of states does not allow it; `other-counts`: a signature counts other
 * decisions; `other-signature`: `on` is not the signature.
 */
export type ChangeVoid =
  | 'unknown-item'
  | 'known-item'
  | 'other-item'
  | 'not-waiting'
  | 'not-sent'
  | 'other-state'
  | 'other-counts'
  | 'other-signature'

const fails = (why: NoEffect['why'], reason: NoEffectReason = 'precondition'): NoEffect => ({ reason, why })

/** The operations of a log about reviews and changes, folded in their order. */
export interface Preconditions {
  /** Takes the next one. Returns why it has no effect; null where it counts, and for kinds about which nothing is asked here. */
  take(operation: PlacedOperation): NoEffect | null
}

/** True if what was placed before decides about a kind, by item and by state. */
export function hasPrecondition(kind: string): boolean {
  return kind.startsWith('review.') || kind.startsWith('remediation.')
}

/**
 * Of one log, before its first operation. It is pure: the same operations in the same order give the same answers on every device and in a
 * verifier. To judge what waits, it is folded again up to the end of what is placed.
 */
export function createPreconditions(log: string): Preconditions {
  const reviews = createReviews(log)
  const changes = createChanges()
  return {
    take: (operation) => {
      if (operation.kind.startsWith('review.')) return reviews(operation)
      return operation.kind.startsWith('remediation.') ? changes(operation) : null
    },
  }
}

/** The last change of a review by each device, and its items by their last decision. */
interface Trail {
  readonly byDevice: Map<string, number>
  readonly items: LastDecisions
  signature: string | null
}

function createReviews(log: string): Preconditions['take'] {
  const fold = createReviewFold()
  const seen = new Map<string, Trail>()
  const orders = new Map<string, number>()
  return ({ kind, body, hash, on, member, device, order }) => {
    const operation = { kind, client: log, body } as unknown as ReviewOperation
    const onOrder = on === null ? -1 : (orders.get(on) ?? -1)
    const review = fold.reviews.get(operation.body.reviewUid)
    const of: Trail = seen.get(operation.body.reviewUid) ?? {
      byDevice: new Map(),
      items: createLastDecisions(),
      signature: null,
    }
    if (review !== undefined) {
      const unseen = findUnseenAct(operation, { review, of, onOrder, on, member, device })
      if (unseen !== null) return unseen
    }
    const reason = fold.fold(operation, { author: { member, name: '' }, at: order, seen: onOrder })
    if (reason !== null) return fails(reason, reason === 'decided-after-view' ? 'decided-meanwhile' : 'precondition')
    seen.set(operation.body.reviewUid, of)
    orders.set(hash, order)
    of.byDevice.set(device, order)
    if (operation.kind === 'review.signed') of.signature = hash
    if (operation.kind === 'review.decided') of.items.set(operation.body.positions, operation.body.batchUid)
    if (operation.kind === 'review.undone' && review !== undefined) of.items.remove(operation.body.batchUid, review)
    return null
  }
}

interface Act {
  readonly review: FoldedReview
  readonly of: Trail
  readonly onOrder: number
  readonly on: string | null
  readonly member: string
  readonly device: string
}

function findUnseenAct({ kind, body }: ReviewOperation, act: Act): NoEffect | null {
  const { review, of, onOrder, on, device } = act
  if (kind === 'review.decided') return hasUnseenItems(act, body) ? fails(null, 'decided-meanwhile') : null
  if (kind === 'review.acknowledged') {
    return of.signature !== null && on !== of.signature ? fails('other-signature') : null
  }
  if (kind !== 'review.signed' && kind !== 'review.withdrawn') return null
  if (review.state !== 'open') return null
  // A signature covers what this device had, so also another device of the same member may not have decided since.
  if (of.byDevice.entries().some(([other, at]) => other !== device && at > onOrder)) {
    return fails('decided-after-view', 'decided-meanwhile')
  }
  if (kind === 'review.withdrawn') return null
  const counts = countDecisions(review)
  const isSame = body.items === review.items && COUNTED.every(([field, decision]) => body[field] === counts[decision])
  return isSame ? null : fails('other-counts')
}

const COUNTED = [
  ['kept', 'keep'],
  ['changed', 'change'],
  ['removed', 'remove'],
  ['unknown', 'unknown'],
] as const

/** How many items have each decision. */
function countDecisions({ batches }: FoldedReview): Readonly<Record<(typeof COUNTED)[number][1], number>> {
  const counts = { keep: 0, change: 0, remove: 0, unknown: 0 }
  const list = [...batches.values()].filter(({ isUndone }) => !isUndone)
  for (const { first, last, of } of splitRuns(list.map(({ positions }) => positions))) {
    const decision = settle(of.flatMap((index) => list[index] ?? []))
    if (decision !== null && decision !== 'contested') counts[decision] += last - first + 1
  }
  return counts
}

type BatchBody = Extract<ReviewOperation, { kind: 'review.decided' }>['body']

/** True if the last decision about an item is another member's, differs, and was placed after what the author had in sight. */
function hasUnseenItems({ review, of, onOrder, member }: Act, { positions, decision, to, until }: BatchBody): boolean {
  return of.items.list(positions).some((batch) => {
    const last = review.batches.get(batch)
    if (last === undefined || last.at <= onOrder || last.author.member === member) return false
    return last.decision !== decision || last.to !== (to ?? null) || last.until !== (until ?? null)
  })
}

interface Change {
  readonly request: string
  state: RemediationState
  readonly calls: string | null
  /** Who added it, under any of its names: none of them may approve it. */
  readonly adders: Set<string>
  readonly added: Set<string>
  /** By the hash of the approval. One is used up by its sending for ever. */
  readonly approvals: Map<string, { readonly calls: string; isUsed: boolean }>
  readonly sendings: Set<string>
  /** By member, the last operation about it. */
  readonly last: Map<string, number>
  /** The state before a person marked it as done; null where it was not done so. */
  marked: RemediationState | null
}

function createChanges(): Preconditions['take'] {
  const changes = new Map<string, Change>()
  const open = new Map<string, Change>()
  const orders = new Map<string, number>()
  const setState = (change: Change, state: RemediationState): void => {
    change.state = state
    if (isOpen(state)) open.set(change.request, change)
    else if (open.get(change.request) === change) open.delete(change.request)
  }
  const act = (operation: PlacedOperation): NoEffect | null => {
    const { kind, body } = operation as unknown as RemediationOperation
    const { hash, on, member, needsApproval } = operation
    const change = changes.get(body.remediationUid)
    if (kind === 'remediation.added') {
      if (change !== undefined) return fails('known-item')
      const request = nameRequest(body)
      const added = open.get(request) ?? startChange(request, body)
      changes.set(body.remediationUid, added)
      added.adders.add(member)
      added.added.add(hash)
      setState(added, added.state)
      return null
    }
    if (change === undefined) return fails('unknown-item')
    if (kind === 'remediation.approved') {
      if (!isUnsent(change.state)) return fails('not-waiting')
      if (change.adders.has(member)) return fails(null, 'approved-by-adder')
      if (change.calls !== null && change.calls !== body.calls) return fails(null, 'other-calls')
      if (on === null || !change.added.has(on)) return fails('other-item')
      change.approvals.set(hash, { calls: body.calls, isUsed: false })
      return null
    }
    if (kind === 'remediation.sending') {
      if (!isUnsent(change.state)) return fails('not-waiting')
      const approval = on === null ? undefined : change.approvals.get(on)
      if (needsApproval) {
        if (approval === undefined || approval.isUsed) return fails(null, 'not-approved')
        if (approval.calls !== body.calls) return fails(null, 'other-calls')
      }
      if (approval !== undefined) approval.isUsed = true
      change.sendings.add(hash)
      setState(change, 'sending')
      return null
    }
    if (ANSWERS.has(kind)) {
      if (on === null || !change.sendings.has(on)) return fails('not-sent')
      const state = moveState(change.state, kind as MovingKind)
      if (state !== null) setState(change, state)
      return null
    }
    const onOrder = on === null ? -1 : (orders.get(on) ?? -1)
    if (change.last.entries().some(([other, at]) => other !== member && at > onOrder)) {
      return fails(null, 'decided-meanwhile')
    }
    if (kind === 'remediation.done-by-hand-undone') {
      const isFree = (open.get(change.request) ?? change) === change
      if (change.state !== 'done' || change.marked !== body.state || !isFree) return fails('other-state')
      change.marked = null
      setState(change, body.state)
      return null
    }
    const state = moveState(change.state, kind)
    if (state === null) return fails('other-state')
    change.marked = kind === 'remediation.done-by-hand' ? change.state : null
    setState(change, state)
    return null
  }
  return (operation) => {
    const reason = act(operation)
    if (reason !== null) return reason
    orders.set(operation.hash, operation.order)
    changes.get(String(operation.body['remediationUid']))?.last.set(operation.member, operation.order)
    return null
  }
}

/** Answers of a provider to a sending, which they name. */
const ANSWERS: ReadonlySet<string> = new Set([
  'remediation.unsent',
  'remediation.done',
  'remediation.failed',
  'remediation.unsure',
  'remediation.deploying',
])

function startChange(
  request: string,
  body: Extract<RemediationOperation, { kind: 'remediation.added' }>['body'],
): Change {
  return {
    request,
    state: body.state,
    calls: body.calls ?? null,
    adders: new Set(),
    added: new Set(),
    approvals: new Map(),
    sendings: new Set(),
    last: new Map(),
    marked: null,
  }
}
