import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ReviewItemFilter, ReviewRow } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { type ItemDecision, type ReviewKind, reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import {
  type DecidedItem,
  getBatch,
  insertBatch,
  itemsToDecide,
  peopleNamed,
  undoBatch,
} from '../../register/reviews/deciding.ts'
import { acknowledgeReview, reviewMarks, signReview, withdrawReview } from '../../register/reviews/ending.ts'
import { itemIds } from '../../register/reviews/items.ts'
import { lastSigned, openReview, reviewRows } from '../../register/reviews/list.ts'
import { administrators, countPopulation, insertReview } from '../../register/reviews/opening.ts'
import { scheduleOfClients } from '../../register/reviews/schedule/schedule.ts'
import { incompleteSources, keepSources, sourcesNow } from '../../register/reviews/sources.ts'
import { findClientId, type Context, commit, readOperator, getReader, getToday, makeMoment } from '../core/context.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { assertEffective, namedAuthor } from './refusals.ts'
import { roleWord } from './roles.ts'

export interface Opening {
  readonly kind: ReviewKind
  readonly client: string
}

/** What starting a review now would freeze, and what blocks it. */
export function planReview(context: Context, { kind, client }: Opening) {
  const reader = getReader(context)
  const clientId = findClientId(context, client)
  const sources = sourcesNow(reader, clientId, kind)
  const roster = administrators(reader, clientId)
  return {
    ...countPopulation(reader, kind, clientId, makeMoment(context)),
    administrators: roster.reduce((sum, connection) => sum + connection.count, 0),
    sources,
    obstacles: [
      ...(roster.length === 0 ? ['The client has no connection.'] : []),
      ...incompleteSources(sources),
      ...roster.filter(({ count }) => count === 0).map(({ label }) => `No administrator of ${label} is known.`),
    ],
  }
}

/**
 * Freezes a population. Throws `Refusal` CONFLICT when a review is open, or when it is blocked and no reason is given.
 */
export function openNewReview(
  context: Context,
  opening: Opening & { readonly override?: string | undefined },
): ReviewRow {
  const { kind, client } = opening
  const clientId = findClientId(context, client)
  const already = openReview(getReader(context), clientId, kind)
  if (already !== null) {
    throw new Refusal(
      'CONFLICT',
      `A review of this kind is open: ${existing(context, already).name}.`,
      'Sign or cancel it first.',
    )
  }
  const { obstacles, sources } = planReview(context, opening)
  if (obstacles.length > 0 && opening.override === undefined) {
    throw new Refusal(
      'CONFLICT',
      `The review may be incomplete. ${few(obstacles)}`,
      'Sync the connections, or give a reason for starting with incomplete data; the reason is part of the evidence.',
    )
  }
  const override = obstacles.length > 0 ? (opening.override ?? null) : null
  const reviewId = commit(context, ['reviews'], ({ writer, at, note }) => {
    const today = getToday(context)
    const scheduled = scheduleOfClients(writer, [clientId], { now: at, today }).find(({ row }) => row.kind === kind)
    const dueOn = scheduled?.row.dueOn ?? today
    const review = {
      clientId,
      kind,
      name: `${reviewTitle(kind)}, due ${dueOn}`,
      at,
      by: readOperator(context),
      today,
      dueOn,
      override,
      policy: effectivePolicy(writer, clientId),
      previousId: lastSigned(writer, clientId, kind),
    }
    const { reviewId: id, items, flagged, population } = insertReview(writer, review)
    keepSources(writer, id, sources)
    const syncs = [...new Set(sources.flatMap((source) => (source.syncId === null ? [] : [source.syncId])))]
    const body = { review: id, kind, dueOn, items, flagged, population, syncs, override: override ?? undefined }
    note({
      action: 'review.opened',
      client,
      subject: review.name,
      body: { ...body, ...(override === null ? {} : { obstacles }) },
    })
    if (items === 0) note({ action: 'review.empty', client, subject: review.name, body: { review: id, kind } })
    return id
  })
  return existing(context, reviewId)
}

/** A review by its number. Throws `Refusal` NOT_FOUND. */
export function existing(context: Context, reviewId: number): ReviewRow {
  const [row] = reviewRows(getReader(context), [reviewId], getToday(context))
  if (!row) throw notFound(`Review ${reviewId}`, 'List the reviews to see their numbers.')
  return row
}

export interface Deciding {
  readonly reviewId: number
  readonly items: readonly number[] | ReviewItemFilter
  readonly decision: ItemDecision
  readonly to?: string | undefined
  readonly why?: string | undefined
  readonly until?: Day | undefined
}

/** Decides items of an open review as a batch, each with a row of the journal. */
export function decideItems(
  context: Context,
  deciding: Deciding,
): { readonly decided: number; readonly batch: number } {
  const review = existing(context, deciding.reviewId)
  assertEffective(review, { kind: 'review.decided', last: 0, isKnown: false })
  const items = listItems(context, deciding)
  checkDecision(context, deciding, items)
  const { reviewId, decision, why = null, until = null } = deciding
  const to = deciding.to === undefined ? null : roleWord(getReader(context), deciding.to, items)
  const by = readOperator(context)
  const isSelf = selfReview(context, by)
  const decided = items.map((item) => ({ ...item, self: isSelf(item) }))
  const batch = commit(context, ['reviews'], ({ writer, at, noteAll }) => {
    const id = insertBatch(writer, { reviewId, at, by, decision, to, why, until, items: decided })
    noteAll(
      decided.map((item) => ({
        action: 'review.decided',
        client: review.client.slug,
        subject: getName(item),
        body: {
          review: reviewId,
          item: item.id,
          position: item.position,
          name: item.name,
          project: item.projectName ?? undefined,
          decision,
          to: to ?? undefined,
          why: why ?? undefined,
          until: until ?? undefined,
          batch: id,
          reviewer: by,
          self: item.self,
        },
      })),
    )
    return id
  })
  return { decided: decided.length, batch }
}

/** The selected items of a review, by number or by a filter. Throws `Refusal` NOT_FOUND, and INVALID for none. */
export function listItems(
  context: Context,
  { reviewId, items }: Pick<Deciding, 'reviewId' | 'items'>,
): readonly DecidedItem[] {
  const reader = getReader(context)
  const wanted = isList(items)
    ? [...new Set(items)]
    : itemIds(reader, reviewId, { ...items, sort: { by: 'position', direction: 'asc' } })
  const found = itemsToDecide(reader, wanted).filter((item) => item.reviewId === reviewId)
  const known = new Set(found.map((item) => item.id))
  const missing = wanted.filter((id) => !known.has(id))
  if (missing.length > 0) throw notFound(`Item ${missing.slice(0, 5).join(', ')} of this review`, READ_AGAIN)
  if (found.length === 0) throw invalid('items', 'No item of the review matches.', 'Change the filter.')
  return found
}

function isList(items: Deciding['items']): items is readonly number[] {
  return Array.isArray(items)
}

function checkDecision(context: Context, { decision, to, why, until }: Deciding, items: readonly DecidedItem[]): void {
  if (decision === 'change' && to === undefined) {
    throw invalid('to', 'A change needs the role to change to.', 'Give the role in the provider’s word.')
  }
  if (decision !== 'change' && to !== undefined) {
    throw invalid('to', 'Only a change has a new role.', 'Leave it out, or decide to change.')
  }
  const keys = items.filter((item) => item.isKey === 1)
  if (decision === 'change' && keys.length > 0) {
    throw invalid('decision', `A key has no role to change: ${named(keys)}.`, 'Keep or remove it.')
  }
  if (until !== undefined && decision !== 'keep') {
    throw invalid('until', 'Only an item that is kept can be an exception.', 'Leave the day out, or decide to keep.')
  }
  if (until !== undefined && until < getToday(context)) {
    throw invalid('until', `${until} has passed.`, 'Give the last day of the exception.')
  }
  if (why !== undefined) return
  if (decision === 'unknown') {
    throw invalid('why', 'Items that need more information need a question.', 'Write what has to be found out.')
  }
  if (until !== undefined)
    throw invalid('why', 'An exception needs a justification.', 'Give the reason for keeping it until then.')
  const flagged = decision === 'keep' ? items.filter((item) => item.flagged === 1) : []
  if (flagged.length > 0) {
    throw invalid(
      'why',
      `Keeping what has findings needs a justification: ${named(flagged)}.`,
      'Give the reason for keeping it.',
    )
  }
}

/**
 * Whether an item is about the operator: by the person of the account, or by the name or address that it was frozen
 * with.
 */
function selfReview(context: Context, operator: string): (item: DecidedItem) => boolean {
  const own = operator.trim().toLowerCase()
  const people = peopleNamed(getReader(context), operator)
  const isOwn = (text: string | null): boolean => text !== null && own !== '' && text.trim().toLowerCase() === own
  return (item) =>
    (item.personId !== null && people.has(item.personId)) || isOwn(item.holderName) || isOwn(item.holderEmail)
}

/** An item in words that outlive it. */
function getName(item: DecidedItem): string {
  return item.projectName === null ? item.name : `${item.name}, ${item.projectName}`
}

/** How many things a message names before it counts the rest. */
const FEW = 5

function named(items: readonly DecidedItem[]): string {
  const rest = items.length - FEW
  return `${items.slice(0, FEW).map(getName).join('; ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function few(sentences: readonly string[]): string {
  const rest = sentences.length - FEW
  return `${sentences.slice(0, FEW).join(' ')}${rest > 0 ? ` And ${rest} more.` : ''}`
}

/** Reverts the decisions of a batch. Throws `Refusal` CONFLICT when that was done already. */
export function undoItems(context: Context, reviewId: number, batch: number): { readonly undone: number } {
  const review = existing(context, reviewId)
  const found = getBatch(getReader(context), batch)
  const known = found?.reviewId === reviewId ? found : null
  const go = known && { author: namedAuthor(known.decidedBy), isUndone: known.undoneAt !== null }
  assertEffective(review, { kind: 'review.undone', author: namedAuthor(readOperator(context)), batch: go }, batch)
  const undone = commit(context, ['reviews'], ({ writer, at, note }) => {
    const count = undoBatch(writer, batch, at)
    note({
      action: 'review.undone',
      client: review.client.slug,
      subject: review.name,
      body: { review: reviewId, batch, items: count },
    })
    return count
  })
  return { undone }
}

/**
 * Signs off a review in the reviewer's name. Throws `Refusal` CONFLICT while something is undecided, and, without `carry`,
 * while something needs more information.
 */
export function signAs(context: Context, { reviewId, as, carry }: Inputs['reviews']['sign']): ReviewRow {
  const review = existing(context, reviewId)
  assertEffective(review, { kind: 'review.signed', carried: carry !== undefined, isBehind: false })
  const carried = review.decisions.unknown === 0 ? null : (carry ?? null)
  commit(context, ['reviews', 'access'], ({ writer, at, note }) => {
    const on = getToday(context)
    signReview(writer, reviewId, { by: as, operator: readOperator(context), at, on, carried })
    const { keep: kept, change: changed, remove: removed, unknown } = review.decisions
    note({
      action: 'review.signed',
      client: review.client.slug,
      subject: review.name,
      body: {
        review: reviewId,
        kind: review.kind,
        as,
        on,
        items: review.items,
        kept,
        changed,
        removed,
        unknown,
        carried: carried ?? undefined,
        dueOn: review.dueOn,
        overdue: review.overdue,
        marks: reviewMarks(writer, reviewId).map(({ kind, says }) => ({ kind, says })),
      },
    })
  })
  return existing(context, reviewId)
}

/** Management acknowledges a review. Throws `Refusal` CONFLICT for the name that signed. */
export function acknowledgeAs(context: Context, reviewId: number, as: string): ReviewRow {
  const review = existing(context, reviewId)
  assertEffective(review, { kind: 'review.acknowledged', author: namedAuthor(as) })
  commit(context, ['reviews'], ({ writer, at, note }) => {
    acknowledgeReview(writer, reviewId, { by: as, operator: readOperator(context), at })
    note({
      action: 'review.acknowledged',
      client: review.client.slug,
      subject: review.name,
      body: { review: reviewId, as, signedBy: review.signed?.by },
    })
  })
  return existing(context, reviewId)
}

/** Cancels an open review, with a reason. */
export function withdraw(context: Context, reviewId: number, why: string): ReviewRow {
  const review = existing(context, reviewId)
  assertEffective(review, { kind: 'review.withdrawn' })
  commit(context, ['reviews'], ({ writer, at, note }) => {
    withdrawReview(writer, reviewId, why, at)
    note({
      action: 'review.withdrawn',
      client: review.client.slug,
      subject: review.name,
      body: { review: reviewId, why, items: review.items, decided: review.decided },
    })
  })
  return existing(context, reviewId)
}
