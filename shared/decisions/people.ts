import { z } from 'zod'

import { day } from '../contract/common.ts'
import { MATCH_REASONS } from '../domain/people/matching.ts'
import { localNumber, providerSubject, uid } from './kind.ts'

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

/** Operations on who has access, and on who is who. */
export const PEOPLE_OPERATIONS = {
  /** The day on which the access of an account was last reviewed; null for none. */
  'access.reviewed': {
    areas: ['access'],
    body: z.strictObject({
      v: z.literal(1),
      principal: localNumber,
      principalNamed: providerSubject,
      on: day.nullable(),
    }),
  },
  /** Days that a file has, of accounts by what the provider calls them. The subject is the name of the file. */
  'access.reviews-imported': {
    areas: ['access'],
    body: z.strictObject({
      v: z.literal(1),
      connection: localNumber,
      connectionUid: uid,
      days: z.tuple([z.string(), day.nullable()]).array().min(1).max(MOST_IMPORTED_DAYS),
    }),
  },
  /** Two people are one. The subject is the name of the one who is kept. */
  'person.merged': {
    areas: ['access'],
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
    areas: ['access'],
    body: z.strictObject({
      v: z.literal(1),
      ...merged,
      otherNamed: personName.optional(),
      otherName: z.string(),
    }),
  },
  /** Two people who look like one are not. */
  'person.match-rejected': { areas: ['access'], body: z.strictObject({ v: z.literal(1), ...pair }) },
  'person.match-reopened': { areas: ['access'], body: z.strictObject({ v: z.literal(1), ...pair }) },
} as const
export type PersonName = z.infer<typeof personName>
