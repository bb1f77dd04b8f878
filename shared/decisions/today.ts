import { z } from 'zod'

import { day } from '../contract/common.ts'
import type { Day } from '../domain/day.ts'
import type { Facts } from '../domain/today/worse.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { REVIEWER } from './kind.ts'

/**
 * A matter of Today at the client of the row. One about a single row names it by its uid, or a leaver by an address or an
 * account: `connection-0199…`.
 */
const entry = z.string().min(1)

/** The facts of the matter at the decision: it returns when it gets worse. */
const facts = z.strictObject({
  risk: z.number(),
  numbers: z.record(z.string(), z.number()),
  words: z.record(z.string(), z.string()),
})

/** Operations on the entries of Today. Of two on an entry, the later one holds. */
export const TODAY_OPERATIONS = {
  'today.snoozed': {
    words: 'Entry of Today snoozed',
    areas: ['today'],
    right: REVIEWER,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), entry, until: day, reason: z.string(), facts }),
  },
  'today.dismissed': {
    words: 'Entry of Today dismissed',
    areas: ['today'],
    right: REVIEWER,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), entry, reason: z.string(), facts }),
  },
  /** Ends a snooze or a dismissal. */
  'today.restored': {
    words: 'Entry of Today restored',
    areas: ['today'],
    right: REVIEWER,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), entry }),
  },
  /** A field that is left out stays unchanged. */
  'today.noted': {
    words: 'Note on an entry of Today',
    areas: ['today'],
    right: REVIEWER,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), entry, note: z.string().optional(), contact: z.string().optional() }),
  },
} as const

/** The decisions of people about a matter of Today. */
export interface MatterState {
  /** Slug. */
  readonly client: string
  readonly entry: string
  readonly hidden: 'snoozed' | 'dismissed' | null
  readonly until: Day | null
  readonly reason: string
  readonly facts: Facts | null
  readonly by: string
  readonly at: number
  readonly note: string
  readonly contact: string
}

const SHOWN = { hidden: null, until: null, reason: '', facts: null } as const
const UNDECIDED = { ...SHOWN, by: '', at: 0, note: '', contact: '' } as const

type OnMatter = Decision<{ readonly entry: string }>

function startMatter({ client, body: { entry } }: OnMatter): MatterState {
  return { client: client ?? '', entry, ...UNDECIDED }
}

function hide(
  matter: MatterState | null,
  decision: Decision<{ readonly entry: string; readonly reason: string; readonly facts: Facts }>,
  until: Day | null,
): MatterState {
  const { operator: by, at, body } = decision
  const hidden = until === null ? 'dismissed' : 'snoozed'
  return { ...(matter ?? startMatter(decision)), hidden, until, reason: body.reason, facts: body.facts, by, at }
}

const toKey = (client: string | null, entry: string): string => `${client ?? ''} ${entry}`

export const MATTERS = decisionsOn<MatterState, typeof TODAY_OPERATIONS>({
  table: 'today_state',
  key: {
    of: ({ client, body }) => toKey(client, body.entry),
    in: ({ client, entry }) => toKey(client, entry),
  },
  folds: {
    'today.snoozed': (matter, decision) => hide(matter, decision, decision.body.until),
    'today.dismissed': (matter, decision) => hide(matter, decision, null),
    'today.restored': (matter) => matter && { ...matter, ...SHOWN },
    'today.noted': (matter, decision) => {
      const known = matter ?? startMatter(decision)
      const { note = known.note, contact = known.contact } = decision.body
      return { ...known, note, contact }
    },
  },
})
