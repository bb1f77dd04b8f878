import type { Decision } from '../../../shared/decisions/fold.ts'
import {
  LAST_REVIEWS,
  MERGES,
  orderPair,
  type PersonName,
  REJECTIONS,
  type StoredLastReview,
} from '../../../shared/decisions/people.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { Reader } from '../db/handles.ts'
import { decideMatch, findPair, proposePair } from '../people/matches.ts'
import { setLastReviewed } from '../people/memberships.ts'
import { mergePeople, splitPeople } from '../people/merge.ts'
import { findAccount, findPerson } from '../people/named.ts'
import { findConnection } from './refer.ts'
import { tableOf } from './table-of.ts'

/** The numbers of two people by their names; none where this register does not know both. */
function locate(
  reader: Reader,
  names: Readonly<Record<string, PersonName | undefined>>,
): Readonly<Record<string, number>> {
  const found = Object.entries(names).map(([field, name]) => [field, name && findPerson(reader, name)] as const)
  return found.every(([, id]) => id !== undefined) ? Object.fromEntries(found as [string, number][]) : {}
}

export const mergeTable = tableOf({
  decisions: MERGES,
  part: 'who was merged and split',
  from: 'person_merge m',
  columns: ['uid', 'merged_at', 'merged_by', 'split_at'],
  named: { kept: 'm.kept_id', other: 'm.other_id' },
  locate: (reader, { kind, body: { keptNamed: kept, otherNamed: other } }) =>
    kind === 'person.merged' ? locate(reader, { kept, other }) : {},
  group: ({ body }) => ['m.uid = ?', [body.mergeUid]],
  words: (_, id) => `merge ${id} of two people`,
  number: (_, { kept, other }, merge) => ({ merge, kept, other }),
  write: (writer, id, { uid, kept, other, merged_at: mergedAt, merged_by: by, split_at: splitAt }) => {
    const merge = id ?? mergePeople(writer, { keep: kept, other, at: mergedAt, by, uid })
    if (splitAt !== null) splitPeople(writer, merge, splitAt)
    return merge
  },
})

/** All other pairs are proposed by comparison. */
export const rejectionTable = tableOf({
  decisions: REJECTIONS,
  part: 'pairs that were rejected',
  from: 'person_match m',
  where: "m.state = 'rejected'",
  columns: ['decided_at', 'decided_by'],
  named: { person: 'm.person_id', other: 'm.other_id' },
  locate: (reader, { body: { personNamed: person, otherNamed: other } }) => locate(reader, { person, other }),
  group: (decision) => {
    const { person, other } = orderPair(decision)
    return ['m.person_id = ? AND m.other_id = ?', [person, other]]
  },
  words: ({ person, other }) => `the rejection of the pair ${person} and ${other}`,
  // A pair that no comparison proposed here is added, so that none proposes it later.
  write: (writer, _, { person, other, reason, decided_at: at, decided_by: by }) => {
    if (reason !== undefined) proposePair(writer, person, other, reason, at)
    const id = findPair(writer, person, other)
    if (id !== null) decideMatch(writer, { id, state: 'rejected', at, by })
    return id
  },
  remove: (writer, { id }) => decideMatch(writer, { id, state: 'open', at: 0, by: '' }),
})

const COVERED = `SELECT DISTINCT n.uid AS connection, p.external_id AS account FROM review r JOIN review_item i ON i.review_id = r.id
  JOIN principal p ON p.id = i.principal_id JOIN connection n ON n.id = p.connection_id WHERE r.uid = ?`

/** Lists the decisions about each account that a decision about accounts makes. */
function listAccounts(reader: Reader, decision: Decision): readonly Decision<StoredLastReview>[] {
  const { kind, body } = decision
  const toDated = (connection: string, account: string, on: string | null) =>
    ({ ...decision, kind: 'account.dated', body: { connection, account, on } }) as Decision<StoredLastReview>
  if (kind === 'access.reviewed') {
    const { principalNamed, on } = body as BodyOf<'access.reviewed'>
    return [toDated(principalNamed.connectionUid, principalNamed.externalId, on)]
  }
  if (kind === 'access.reviews-imported') {
    const { connectionUid, days } = body as BodyOf<'access.reviews-imported'>
    return days.map(([account, on]) => toDated(connectionUid, account, on))
  }
  const { reviewUid, on } = body as BodyOf<'review.signed'>
  return reader
    .all<Omit<StoredLastReview, 'on'>>(COVERED, [reviewUid])
    .map((account) => ({ ...decision, kind: 'account.covered', body: { ...account, on } }))
}

/** The number of the account of a decision, or of the connection of its accounts. */
function locateAccounts(reader: Reader, { kind, body }: Decision): Readonly<Record<string, number>> {
  if (kind === 'access.reviewed') {
    const principal = findAccount(reader, (body as BodyOf<'access.reviewed'>).principalNamed)
    return principal === undefined ? {} : { principal }
  }
  const connection = findConnection(reader, (body as BodyOf<'access.reviews-imported'>).connectionUid)
  return connection === null ? {} : { connection }
}

export const lastReviewTable = tableOf({
  decisions: LAST_REVIEWS,
  part: 'last reviews',
  from: 'principal p JOIN connection n ON n.id = p.connection_id',
  columns: [],
  named: { connection: 'n.uid', account: 'p.external_id', on: 'p.last_reviewed_on' },
  where: 'p.last_reviewed_on IS NOT NULL',
  each: {
    kinds: ['access.reviewed', 'access.reviews-imported', 'review.signed'],
    // Signing sets the day of all accounts in the review by one statement.
    inOne: ['review.signed'],
    list: listAccounts,
  },
  locate: locateAccounts,
  group: ({ body: { connection, account } }) => ['n.uid = ? AND p.external_id = ?', [connection, account]],
  words: (_, id) => `the last review of account ${id}`,
  // The audit log may name accounts that this register has not read.
  refer: (reader, row) => (findPrincipal(reader, row) === null ? null : {}),
  find: findPrincipal,
  write: (writer, id, { on }) => {
    if (id !== null) setLastReviewed(writer, id, on)
    return id
  },
  remove: (writer, { id }) => setLastReviewed(writer, id, null),
})

function findPrincipal(reader: Reader, { connection, account }: StoredLastReview): number | null {
  return findAccount(reader, { connectionUid: connection, externalId: account }) ?? null
}
