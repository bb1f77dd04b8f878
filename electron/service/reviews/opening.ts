import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { findReviewVoid } from '../../../shared/domain/reviews/rules.ts'
import { type ReviewKind, reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import { createUidFor } from '../../register/clients/client.ts'
import { freeze } from '../../register/reviews/freeze.ts'
import { lastSigned, openReview } from '../../register/reviews/list.ts'
import { administrators, countPopulation } from '../../register/reviews/opening.ts'
import { scheduleOfClients } from '../../register/reviews/schedule/schedule.ts'
import { incompleteSources, sourcesNow } from '../../register/reviews/sources.ts'
import { assertWritable, type Context, findClientId, getReader, makeMoment, makeRegister } from '../core/context.ts'
import { commitOperations, type NewDecision, readUid } from '../core/operations.ts'
import { Refusal } from '../kit/refusal.ts'
import { existing } from './reviews.ts'

export interface Opening {
  readonly kind: ReviewKind
  readonly client: string
}

/** Plans what starting a review now would freeze, and what blocks it. */
export function planReview(context: Context, { kind, client }: Opening) {
  const reader = getReader(context)
  const clientId = findClientId(context, client)
  const sources = sourcesNow(reader, clientId, kind)
  const roster = administrators(reader, clientId, context.now())
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
  if (already !== null && findReviewVoid(null, { kind: 'review.opened', isOpen: true }) !== null) {
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
  const { numbers } = commitOperations(
    context,
    freezeForReview(context, { kind, client, clientId, override, obstacles, sources }),
  )
  return existing(context, numbers[0]?.['review'] ?? 0)
}

interface OpeningTerms extends Opening {
  readonly clientId: number
  readonly override: string | null
  readonly obstacles: readonly string[]
  readonly sources: ReturnType<typeof planReview>['sources']
}

/** Freezes the population, and decides to open a review over it. One without items closes immediately. */
function freezeForReview(
  context: Context,
  { clientId, override, obstacles, sources, ...of }: OpeningTerms,
): readonly NewDecision[] {
  assertWritable(context)
  const { kind, client } = of
  const moment = makeMoment(context)
  const reader = getReader(context)
  const scheduled = scheduleOfClients(reader, [clientId], moment).find(({ row }) => row.kind === kind)
  const dueOn = scheduled?.row.dueOn ?? moment.today
  const previousId = lastSigned(reader, clientId, kind)
  const terms = { policy: effectivePolicy(reader, clientId), sources }
  const freezing = { kind, clientId, previousId, at: moment.now, today: moment.today, ...terms }
  const frozen = makeRegister(context).transact((writer) => freeze(writer, freezing))
  const subject = `${reviewTitle(kind)}, due ${dueOn}`
  const reviewUid = createUidFor(reader, client, moment.now)
  const previousUid = previousId === null ? null : readUid(reader, 'review', previousId)
  const reason = override === null ? {} : { override, obstacles: [...obstacles] }
  const opened = { v: 1, reviewUid, kind, dueOn, previousUid, ...frozen, ...reason } as const
  return [
    { kind: 'review.opened', client, subject, body: opened },
    ...(frozen.items > 0
      ? []
      : [{ kind: 'review.empty' as const, client, subject, body: { v: 1 as const, reviewUid, kind } }]),
  ]
}

/** How many sentences a message has before it counts the rest. */
const FEW = 5

function few(sentences: readonly string[]): string {
  const rest = sentences.length - FEW
  return `${sentences.slice(0, FEW).join(' ')}${rest > 0 ? ` And ${rest} more.` : ''}`
}
