import { createHash } from 'node:crypto'

import * as fc from 'fast-check'

import { keepFrozen } from '../../../../electron/register/reviews/frozen-store.ts'
import { settleReviews } from '../../../../electron/register/team/take-review.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { toRuns } from '../../../../shared/domain/reviews/positions.ts'
import { ITEM_DECISIONS } from '../../../../shared/domain/reviews/review.ts'
import type { Reader, Writer } from '../../../../electron/register/db/handles.ts'
import type { ReviewOperation } from '../../../../shared/decisions/reviews.ts'

/** A client whose reviews a test decides about. */
export interface Named {
  readonly connection: string
  /** The reviews that were opened, also in vain, and the batches of decisions about them. */
  readonly reviews: string[]
  readonly batches: string[]
  readonly uids: () => string
}

/** A decision about a review, without its client. */
export interface Decided {
  readonly kind: ReviewOperation['kind'] | 'access.reviewed'
  readonly body: Readonly<Record<string, unknown>>
  /** Keeps what a review freezes, and returns its hash. */
  readonly freeze?: (writer: Writer) => string
}

export type Make = (named: Named, reader: Reader) => Decided

/** How many accounts a review of these tests is about. */
const ITEMS = 3

/** What such a review froze, as lines. */
function listLines(connection: string, count: number, note: string | null): readonly string[] {
  const source = {
    connection,
    sync: '01890000-0000-7000-8000-00000000cccc',
    source: 'users',
    project: '',
    label: 'Acme',
    provider: 'openai',
    organizationId: null,
    readAt: 5,
    origin: 'api',
    state: 'complete',
    expected: 3,
    fetched: 3,
    excluded: [],
  }
  const facts = (externalId: string) => ({
    principal: { kind: 'user', externalId, name: externalId, email: null, status: 'active' },
    key: null,
    person: null,
    connection: { label: 'Acme', provider: 'openai', organizationId: null },
    project: null,
    employment: null,
    roleNow: null,
    roleBefore: null,
    paths: [],
    privileged: false,
    grantedAt: null,
    lastUse: { state: 'never' },
    cost30Micros: null,
    findings: [],
  })
  const items = Array.from({ length: count }, (_, index) => ({
    item: {
      position: index + 1,
      connection,
      principal: `user-${index + 1}`,
      key: null,
      project: null,
      name: `user-${index + 1}`,
      holderName: index === 0 ? note : null,
      holderEmail: null,
      projectName: null,
      lastUsedAt: null,
      flagged: false,
      facts: facts(`user-${index + 1}`),
    },
  }))
  return [{ policy: {} }, { source }, ...items].map((line) => JSON.stringify(line))
}

/** Reads the first accounts of a connection, as a sync does. */
export function readAccounts(register: Register, connection: string, count = ITEMS): void {
  register.transact((writer) => {
    const id = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connection])
    if (id === undefined) return
    for (let n = 1; n <= count; n += 1) {
      writer.run("INSERT OR IGNORE INTO principal (connection_id, external_id, kind) VALUES (?, ?, 'user')", [
        id,
        `user-${n}`,
      ])
    }
    settleReviews(writer, new Set())
  })
}

/** One of the last reviews that were opened; the last is met most. */
const of = ({ reviews, uids }: Named, back: number) => ({ reviewUid: reviews.at(-1 - back) ?? uids() })
const countItems = (at: number) => (at === 2 ? 0 : ITEMS)
const kindOf = (at: number) => (at === 2 ? 'keys' : 'roles')
const terms = { dueOn: '2026-12-31', previousUid: null, flagged: 0 } as const
const positions = fc.uniqueArray(fc.integer({ min: 1, max: ITEMS }), { minLength: 1, maxLength: ITEMS })
const review = fc.constantFrom(0, 0, 0, 1, 2)

interface Deciding {
  readonly positions: readonly number[]
  readonly decision: string
  readonly isSelf: boolean
}

function decide(named: Named, back: number, { positions: some, decision, isSelf }: Deciding): Decided {
  const batchUid = named.uids()
  named.batches.push(batchUid)
  const about = toRuns(some)
  const why = decision === 'unknown' ? 'Who is this?' : undefined
  const self = isSelf ? about : []
  return { kind: 'review.decided', body: { ...of(named, back), batchUid, positions: about, decision, why, self } }
}

function undo(named: Named, back: number, n: number): Decided {
  return {
    kind: 'review.undone',
    body: { ...of(named, back), batchUid: named.batches.at(-1 - n) ?? named.uids(), items: 1 },
  }
}

/** What a signature counts, as its author's register shows it. */
function countDecisions(reader: Reader, { reviewUid }: { readonly reviewUid: string }) {
  const count = (decision: string): string => `count(*) FILTER (WHERE i.decision = '${decision}')`
  return reader.get<Readonly<Record<string, number>>>(
    `SELECT ${ITEMS_OF} AS items, ${count('keep')} AS kept, ${count('change')} AS changed, ${count('remove')} AS removed,
       ${count('unknown')} AS unknown FROM review r LEFT JOIN review_item i ON i.review_id = r.id WHERE r.uid = ?`,
    [reviewUid],
  )!
}

/** A register may not have read the subjects of all items yet. */
const ITEMS_OF = `ifnull((SELECT json_extract(j.body, '$.items') FROM journal j
  WHERE j.action = 'review.opened' AND j.body ->> 'reviewUid' = r.uid LIMIT 1), 0)`

function sign(named: Named, reader: Reader, back: number, isCarried: boolean): Decided {
  const carried = isCarried ? { carried: 'Asked' } : {}
  const signed = { kind: 'roles', as: 'x', on: '2026-12-01', dueOn: '2026-12-31', overdue: false, marks: [] }
  const about = of(named, back)
  return { kind: 'review.signed', body: { ...about, ...countDecisions(reader, about), ...signed, ...carried } }
}

const acknowledge = (named: Named, back: number): Decided => ({
  kind: 'review.acknowledged',
  body: { ...of(named, back), as: 'x', signedBy: 'x' },
})
const cancel = (named: Named, back: number): Decided => ({
  kind: 'review.withdrawn',
  body: { ...of(named, back), why: 'x', items: ITEMS, decided: 0 },
})
const close = (named: Named, back: number): Decided => ({
  kind: 'review.empty',
  body: { ...of(named, back), kind: 'roles' },
})

/** Each kind, by the number of its device, in an order in which each has an effect; the last review stays open. */
export const allOfReview: readonly (readonly [at: number, make: Make])[] = [
  [0, (named) => openReview(named, 0)],
  [1, (named) => decide(named, 0, { positions: [1, 2], decision: 'keep', isSelf: false })],
  [1, (named) => undo(named, 0, 0)],
  [0, (named) => decide(named, 0, { positions: [1, 2, 3], decision: 'keep', isSelf: true })],
  [0, (named, reader) => sign(named, reader, 0, false)],
  [1, (named) => acknowledge(named, 0)],
  [2, (named) => openReview(named, 2)],
  [2, (named) => close(named, 0)],
  [2, (named) => openReview(named, 1)],
  [2, (named) => cancel(named, 0)],
  [0, (named) => openReview(named, 0)],
]

/** Text that no compression makes short enough for an operation, so that it is beside the stream. */
const toLongNote = (seed: string): string =>
  createHash('shake256', { outputLength: 9000 }).update(seed).digest('base64')

/** Opens another review; the third of three has no items. `isLong`: what it freezes is beside the stream. */
export function openReview(named: Named, at: number, isLong = named.reviews.length % 2 === 1): Decided {
  const reviewUid = named.uids()
  named.reviews.push(reviewUid)
  return {
    kind: 'review.opened',
    body: { reviewUid, ...terms, items: countItems(at), kind: kindOf(at), population: '' },
    freeze: (writer) =>
      keepFrozen(writer, listLines(named.connection, countItems(at), isLong ? toLongNote(reviewUid) : null)),
  }
}

const decided = fc
  .tuple(
    review,
    fc.record({ positions, decision: fc.constantFrom(...ITEM_DECISIONS), isSelf: fc.boolean() }),
    fc.boolean(),
  )
  .map(
    ([back, deciding, isAll]): Make =>
      (named) =>
        decide(named, back, isAll ? { ...deciding, positions: [1, 2, 3] } : deciding),
  )

/** A day that a member sets as the last review of an account, which a signature may set too. */
const reviewed = fc
  .tuple(fc.integer({ min: 1, max: ITEMS }), fc.constantFrom('2026-11-01', '2026-12-24', null))
  .map(([n, on]): Make => ({ connection: connectionUid }) => ({
    kind: 'access.reviewed',
    body: { principalNamed: { connectionUid, externalId: `user-${n}` }, on },
  }))

/** What is decided about the access reviews of a client, and about the last reviews of its accounts. */
export const ofReviews: fc.Arbitrary<Make> = fc.oneof(
  { weight: 2, arbitrary: reviewed },
  {
    weight: 2,
    arbitrary: review.map(
      (at): Make =>
        (named) =>
          openReview(named, at),
    ),
  },
  { weight: 5, arbitrary: decided },
  {
    weight: 2,
    arbitrary: fc.tuple(review, fc.nat(3)).map(
      ([back, n]): Make =>
        (named) =>
          undo(named, back, n),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(review, fc.boolean()).map(
      ([back, isCarried]): Make =>
        (named, reader) =>
          sign(named, reader, back, isCarried),
    ),
  },
  {
    weight: 3,
    arbitrary: review.map(
      (back): Make =>
        (named) =>
          acknowledge(named, back),
    ),
  },
  {
    weight: 1,
    // Rarely cancelled, since nothing follows in such a review.
    arbitrary: fc.tuple(review, fc.nat(5)).map(
      ([back, n]): Make =>
        (named) =>
          n === 0 ? cancel(named, back) : close(named, back),
    ),
  },
)
