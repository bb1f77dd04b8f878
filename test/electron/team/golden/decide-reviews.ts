import type { ReviewOperation } from '../../../../shared/decisions/reviews.ts'
import type { VoidReason } from '../../../../shared/team/verdict.ts'
import { createUidOf, type Laptop, type Team } from '../world.ts'

interface Members {
  readonly founder: Laptop
  readonly anna: Laptop
  readonly ben: Laptop
}

type Decided = readonly [kind: ReviewOperation['kind'], reason: VoidReason | null]

const ROLES = {
  kind: 'roles',
  dueOn: '2026-12-31',
  previousUid: null,
  flagged: 0,
  population: 'ab'.repeat(32),
} as const
const FROZEN = [{ inline: Buffer.from('frozen').toString('base64') }]
const COUNTS = { kept: 1, changed: 0, removed: 0, unknown: 1, dueOn: '2026-12-31', overdue: false, marks: [] }

/**
 * Decides about the access reviews of a client until each kind had an effect and each reason was met. Anna needs the role of a reviewer,
 * and ben is given that of a lead. Returns what each operation should result in, in the order of the entries.
 */
export async function decideReviews(
  team: Pick<Team, 'grant'>,
  client: string,
  members: Members,
): Promise<readonly Decided[]> {
  const { founder, anna, ben } = members
  const done: Decided[] = []
  const decide = (by: Laptop, kind: Decided[0], body: object, reason: Decided[1] = null): void => {
    by.decide(client, kind, { v: 1, ...body })
    done.push([kind, reason])
  }
  /** Decides, and lets all others see it. */
  const place = async (...decided: Parameters<typeof decide>): Promise<void> => {
    decide(...decided)
    await exchangeAll(decided[0])
  }
  const exchangeAll = async (first: Laptop): Promise<void> => {
    for (const one of [first, founder, anna, ben]) await one.exchange()
  }
  await team.grant(client, ben, 'lead')
  await exchangeAll(founder)

  const [review, second, empty, cancelled] = [
    createUidOf(client),
    createUidOf(client),
    createUidOf(client),
    createUidOf(client),
  ]
  const [first, both, other] = [createUidOf(client), createUidOf(client), createUidOf(client)]
  const of = { reviewUid: review }
  const opened = { ...ROLES, items: 2, pieces: FROZEN }
  const keep = { ...of, decision: 'keep', self: [] }
  const sign = { ...of, ...COUNTS, kind: 'roles', as: 'x', on: '2026-12-01', items: 2 }
  await place(anna, 'review.opened', { ...of, ...opened })
  await place(founder, 'review.opened', { reviewUid: second, ...opened }, 'review-open-already')
  await place(
    anna,
    'review.decided',
    { ...keep, reviewUid: second, batchUid: first, positions: [1] },
    'review-unknown-review',
  )
  await place(anna, 'review.decided', { ...keep, batchUid: first, positions: [3] }, 'review-unknown-item')
  await place(anna, 'review.decided', { ...keep, batchUid: first, positions: [1] })
  await place(anna, 'review.decided', { ...keep, batchUid: first, positions: [2] }, 'review-known-batch')
  await place(anna, 'review.undone', { ...of, batchUid: both, items: 1 }, 'review-unknown-batch')
  await place(founder, 'review.undone', { ...of, batchUid: first, items: 1 }, 'review-other-author')
  await place(anna, 'review.undone', { ...of, batchUid: first, items: 1 })
  await place(anna, 'review.undone', { ...of, batchUid: first, items: 1 }, 'review-undone-before')
  await place(anna, 'review.signed', { ...sign, carried: 'Asked' }, 'review-undecided-items')
  await place(anna, 'review.empty', { ...of, kind: 'roles' }, 'review-not-empty')
  await place(anna, 'review.decided', {
    ...keep,
    batchUid: both,
    positions: [[1, 2]],
    decision: 'unknown',
    why: 'Who?',
  })
  await place(anna, 'review.signed', sign, 'review-open-questions')
  // Anna signs without having seen the decision that is placed before.
  decide(founder, 'review.decided', { ...keep, batchUid: other, positions: [1] })
  decide(anna, 'review.signed', { ...sign, carried: 'Asked' }, 'review-decided-after-view')
  await exchangeAll(founder)
  await place(founder, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' }, 'review-not-signed')
  await place(founder, 'review.signed', { ...sign, carried: 'Asked' })
  // As a program could place it that does not refuse: under any name, by the key of the member who signed.
  await place(
    founder,
    'review.acknowledged',
    { ...of, as: 'Another name', signedBy: 'x' },
    'review-acknowledged-by-signer',
  )
  await place(anna, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' }, 'not-allowed')
  await place(ben, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' })
  await place(anna, 'review.decided', { ...keep, batchUid: createUidOf(client), positions: [1] }, 'review-not-open')
  await place(anna, 'review.opened', { reviewUid: empty, ...opened, items: 0 })
  await place(anna, 'review.empty', { reviewUid: empty, kind: 'roles' })
  await place(anna, 'review.opened', { reviewUid: cancelled, ...opened })
  await place(anna, 'review.withdrawn', { reviewUid: cancelled, why: 'x', items: 2, decided: 0 })
  return done
}
