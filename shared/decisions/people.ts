import { z } from 'zod'

import { day } from '../contract/common.ts'
import type { Day } from '../domain/day.ts'
import { MATCH_REASONS, type MatchReason } from '../domain/people/matching.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { localNumber, OPERATOR, providerSubject, REVIEWER, uid } from './kind.ts'

/** A person, by one of the addresses at the decision, or by an account where there is no address. */
export const personName = z.union([z.strictObject({ address: z.string().min(1) }), providerSubject])

const pair = {
  person: localNumber,
  personNamed: personName,
  other: localNumber,
  otherNamed: personName,
  otherName: z.string(),
  reason: z.enum(MATCH_REASONS),
}

const merged = { merge: localNumber, mergeUid: uid, kept: localNumber, keptNamed: personName, other: localNumber }

/** How many last review dates one operation has: its row of the journal stays short enough to be read as a line. */
export const MOST_IMPORTED_DAYS = 1000

const PEOPLE =
  'A person may have accounts at several clients, and an account of one must not be named in the history of another, which other members read.'

/** Operations on who has access, and on who is who. */
export const PEOPLE_OPERATIONS = {
  /** The day on which the access of an account was last reviewed; null for none. */
  'access.reviewed': {
    words: 'Access marked as reviewed',
    areas: ['access'],
    right: REVIEWER,
    conflict: 'last',
    body: z.strictObject({
      v: z.literal(1),
      principal: localNumber,
      principalNamed: providerSubject,
      on: day.nullable(),
    }),
  },
  /** Days that a file has, of accounts by what the provider calls them. The subject is the name of the file. */
  'access.reviews-imported': {
    words: 'Last reviews of accounts imported',
    areas: ['access'],
    right: OPERATOR,
    conflict: 'last',
    body: z.strictObject({
      v: z.literal(1),
      connection: localNumber,
      connectionUid: uid,
      days: z.tuple([z.string(), day.nullable()]).array().min(1).max(MOST_IMPORTED_DAYS),
    }),
  },
  /** Two people are one. The subject is the name of the one who is kept. */
  'person.merged': {
    words: 'People merged',
    areas: ['access'],
    stays: PEOPLE,
    body: z.strictObject({
      v: z.literal(1),
      ...merged,
      otherNamed: personName,
      otherName: z.string(),
      otherEmail: z.string().nullable(),
    }),
  },
  /** The merge names the other one, who has no address until the split. */
  'person.split': {
    words: 'People split',
    areas: ['access'],
    stays: PEOPLE,
    body: z.strictObject({
      v: z.literal(1),
      ...merged,
      otherNamed: personName.optional(),
      otherName: z.string(),
    }),
  },
  /** Two people who look like one are not. */
  'person.match-rejected': {
    words: 'Possible duplicate rejected',
    areas: ['access'],
    stays: PEOPLE,
    body: z.strictObject({ v: z.literal(1), ...pair }),
  },
  'person.match-reopened': {
    words: 'Possible duplicate reopened',
    areas: ['access'],
    stays: PEOPLE,
    body: z.strictObject({ v: z.literal(1), ...pair }),
  },
} as const
export type PersonName = z.infer<typeof personName>

/** The day of an account's last review. */
export interface StoredLastReview {
  readonly connection: string
  readonly account: string
  readonly on: Day
}

type OfAccount = Pick<StoredLastReview, 'connection' | 'account'>

/** Decisions about one account of many: a day that is set, and the day of a signed review that covered it. */
const ACCOUNT_KINDS = {
  'account.dated': { body: z.custom<OfAccount & { readonly on: Day | null }>() },
  'account.covered': { body: z.custom<StoredLastReview>() },
} as const

const toAccountKey = ({ connection, account }: OfAccount): string => `${connection} ${account}`

export const LAST_REVIEWS = decisionsOn<StoredLastReview, typeof ACCOUNT_KINDS>({
  table: 'principal',
  makes: ['account.dated'],
  key: { of: ({ body }) => toAccountKey(body), in: toAccountKey },
  folds: {
    'account.dated': (_, { body: { connection, account, on } }) => (on === null ? null : { connection, account, on }),
    // A later day that is known stays.
    'account.covered': (known, { body }) => (known !== null && known.on >= body.on ? known : body),
  },
})

/** Two people who are one, by their numbers: no other register has a merge. What it moved follows from who had which address then. */
export interface StoredMerge {
  readonly uid: string
  readonly kept: number
  readonly other: number
  readonly merged_at: number
  readonly merged_by: string
  readonly split_at: number | null
}

export const MERGES = decisionsOn<StoredMerge, Pick<typeof PEOPLE_OPERATIONS, 'person.merged' | 'person.split'>>({
  table: 'person_merge',
  makes: ['person.merged'],
  key: { of: ({ body }) => body.mergeUid, in: ({ uid }) => uid },
  folds: {
    'person.merged': (known, { at, operator, body: { mergeUid: uid, kept, other } }) => {
      if (known !== null || kept === undefined || other === undefined || kept === other) return known
      return { uid, kept, other, merged_at: at, merged_by: operator, split_at: null }
    },
    'person.split': (known, { at }) => (known?.split_at === null ? { ...known, split_at: at } : known),
  },
})

/** Two people whom a person called different, by their numbers, the lower one first. */
export interface StoredRejection {
  readonly person: number
  readonly other: number
  /** Why they had looked like one. */
  readonly reason?: MatchReason
  readonly decided_at: number
  readonly decided_by: string
}

type OnPair = Decision<{ readonly person?: number | undefined; readonly other?: number | undefined }>

/** The numbers of a pair, the lower one first; 0 for a person whom this register does not have. */
export function orderPair({ body: { person = 0, other = 0 } }: OnPair) {
  return { person: Math.min(person, other), other: Math.max(person, other) }
}

const toPairKey = ({ person, other }: { readonly person: number; readonly other: number }): string =>
  `${person} ${other}`

export const REJECTIONS = decisionsOn<
  StoredRejection,
  Pick<typeof PEOPLE_OPERATIONS, 'person.match-rejected' | 'person.match-reopened'>
>({
  table: 'person_match',
  key: { of: (decision) => toPairKey(orderPair(decision)), in: toPairKey },
  folds: {
    'person.match-rejected': (known, decision) => {
      const pair = orderPair(decision)
      if (pair.person === 0 || pair.person === pair.other) return known
      return { ...pair, reason: decision.body.reason, decided_at: decision.at, decided_by: decision.operator }
    },
    'person.match-reopened': () => null,
  },
})
