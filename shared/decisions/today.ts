import { z } from 'zod'

import { day } from '../contract/common.ts'

/**
 * A matter of Today at the client of the row. One about a single row names it by its uid, or a leaver by an address or an
 * account: `connection-0199…`.
 */
const entry = z.string().min(1)

/** What the matter was at the decision: it returns when it gets worse. */
const facts = z.strictObject({
  risk: z.number(),
  numbers: z.record(z.string(), z.number()),
  words: z.record(z.string(), z.string()),
})

/** Operations on the entries of Today. Of two on an entry, the later one holds. */
export const TODAY_OPERATIONS = {
  'today.snoozed': {
    areas: ['today'],
    body: z.strictObject({ v: z.literal(1), entry, until: day, reason: z.string(), facts }),
  },
  'today.dismissed': {
    areas: ['today'],
    body: z.strictObject({ v: z.literal(1), entry, reason: z.string(), facts }),
  },
  /** Ends a snooze or a dismissal. */
  'today.restored': { areas: ['today'], body: z.strictObject({ v: z.literal(1), entry }) },
  /** What is left out stays unchanged. */
  'today.noted': {
    areas: ['today'],
    body: z.strictObject({ v: z.literal(1), entry, note: z.string().optional(), contact: z.string().optional() }),
  },
} as const
