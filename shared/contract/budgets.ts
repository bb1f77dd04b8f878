import { z } from 'zod'

import { ENFORCEMENTS } from '../domain/facts.ts'
import { FORECAST_WAYS } from '../domain/usage/forecast.ts'
import { LIMIT_AGREEMENTS } from '../domain/usage/limit-audit.ts'
import {
  clientRef,
  connectionRef,
  day,
  id,
  instant,
  madeBy,
  operation,
  scopeShape,
  readSlice,
  sliceShape,
} from './common.ts'
import { limitDetails } from './projects.ts'
import { periodReading } from './usage.ts'

const threshold = z.number().int().min(1).max(1000)

/** Each level is optional: a client, one of its connections, or one project. */
const target = {
  client: z.string().min(1),
  connection: id.optional(),
  project: id.optional(),
}

/** A monthly limit that a provider holds. */
const held = z.object({ amount: z.number().int(), enforcement: z.enum(ENFORCEMENTS) })

const forecastWay = z.enum(FORECAST_WAYS)

/** How far usage was read. */
const reading = {
  /** The last day, UTC, up to which all of it was read; null where nothing was. */
  readThrough: day.nullable(),
  /** Usage was not read up to yesterday, so the numbers are incomplete. */
  behind: z.boolean(),
}

export const usageReadingRow = z.object({
  client: clientRef,
  ...reading,
  /** The organizations that were not read up to yesterday. */
  unread: z.array(z.string()),
})
export type UsageReadingRow = z.infer<typeof usageReadingRow>

/** How the agreed amount and the provider's limits compare. */
const audit = z.object({
  state: z.enum(LIMIT_AGREEMENTS),
  /** The limits that the provider holds there. */
  held: z.array(held),
  /** An open finding about it, from which it can be remediated. */
  findingId: id.nullable(),
})

export const budgetRow = z.object({
  rowKey: z.string(),
  /** Null for a limit or alert that the provider reported; those change at the provider. */
  budgetId: id.nullable(),
  client: clientRef,
  connection: connectionRef.nullable(),
  project: z.object({ id, name: z.string() }).nullable(),
  /** The cap of a usage tier, which its provider sets: not a budget, so it has no thresholds. */
  tier: z.boolean(),
  /** Micro-USD of a month. */
  amount: z.number().int(),
  enforcement: z.enum(ENFORCEMENTS),
  thresholds: z.array(threshold),
  ...reading,
  /** Which days of this month were read, up to yesterday: of other days it is not known what was spent. */
  reading: periodReading,
  /**
   * Micro-USD of this month, as far as it was read: what is billed, or what internal records report where that is more,
   * since bills come late. Null if no day of this month was read.
   */
  spent: z.number().int().nullable(),
  /** Of the amount, in whole per cent. */
  percent: z.number().int().nullable(),
  /**
   * Micro-USD by the end of the month, and how far off the same method was before; see `forecastMonth`. Days that were
   * not read are forecast. Null if no day was ever read completely.
   */
  forecast: z.number().int().nullable(),
  forecastError: z.number().nullable(),
  /** The method that was used, and the result of each method; see `FORECAST_WAYS`. None without a forecast. */
  forecastWay: forecastWay.nullable(),
  forecasts: z.array(z.object({ way: forecastWay, amount: z.number().int(), error: z.number().nullable() })),
  /** Days until the amount is spent: 0 when it is, null when this month will not reach it. */
  daysLeft: z.number().int().nullable(),
  /** Thresholds that were reported this month. */
  reported: z.array(z.object({ threshold, at: instant })),
  /** Null for a provider limit without an agreed budget. */
  audit: audit.nullable(),
  /** By whom and when the provider recorded that its limit was set; null where its log has nothing, and of a budget. */
  setBy: madeBy.nullable(),
  ...limitDetails,
})
export type BudgetRow = z.infer<typeof budgetRow>

/** The budget that was agreed for a place. */
export const agreed = budgetRow.pick({ amount: true, enforcement: true, thresholds: true })
export type AgreedBudget = z.infer<typeof agreed>

/** The things that `budgets.anomalies` compares day by day. */
export const SUDDEN_OF = ['project', 'key'] as const

const dayAmount = z.object({ day, amount: z.number() })

export const anomalyRow = z.object({
  rowKey: z.string(),
  of: z.enum(SUDDEN_OF),
  name: z.string(),
  /** The key or project, where the register knows it. */
  ref: id.nullable(),
  client: clientRef,
  source: z.enum(['billed', 'claimed']),
  /** The unit of the amounts: billed micro-USD, estimated micro-USD, or tokens, whichever of these is first known. */
  measure: z.enum(['cost', 'estimate', 'tokens']),
  /** `new` is a rise where nothing is expected, `down` a fall to nothing. */
  direction: z.enum(['up', 'down', 'new']),
  firstDay: day,
  lastDay: day,
  days: z.number().int(),
  amount: z.number(),
  usual: z.number(),
  peak: dayAmount.extend({ usual: z.number() }),
  /** The amounts of that day of the week before the first day, oldest first: `usual` is their median. */
  before: z.array(dayAmount),
})
export type AnomalyRow = z.infer<typeof anomalyRow>

export const rateLimitRow = z.object({
  id,
  client: clientRef,
  connection: connectionRef,
  /** Null: for the whole organization. */
  project: z.object({ id, name: z.string() }).nullable(),
  /** A model, or the name of a group of models or of a kind of usage. */
  model: z.string().nullable(),
  metric: z.string(),
  amount: z.number().int(),
  period: z.string(),
  /**
   * The version before this one, and when a sync first saw this one; null if it never changed since it was first read.
   */
  before: z.object({ amount: z.number().int(), until: instant }).nullable(),
  /** By whom and when the provider recorded that it was set; null where its log has nothing. */
  setBy: madeBy.nullable(),
})
export type RateLimitRow = z.infer<typeof rateLimitRow>

export const rateLimitFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  project: id.optional(),
  /** Only those whose amount changed. */
  changed: z.boolean().optional(),
})

export const budgetsContract = {
  /** Agreed budgets and provider limits, most spent first. */
  list: operation.input(z.object(scopeShape)).output(z.array(budgetRow)),
  /**
   * Sets the budget of a client, a connection or a project; there is one of each. An existing one keeps what is left
   * out; a new one is an alert at the usual thresholds. `before` is the previous agreement, null for a new one. INVALID
   * for an amount that is not in whole cents. Written to the journal.
   */
  set: operation
    .input(
      z.object({
        ...target,
        /** Micro-USD of a month. */
        amount: z.number().int().positive(),
        enforcement: z.enum(ENFORCEMENTS).optional(),
        thresholds: z.array(threshold).min(1).max(10).optional(),
      }),
    )
    .output(budgetRow.extend({ before: agreed.nullable() })),
  clear: operation.input(z.object({ budgetId: id })).output(z.object({ done: z.literal(true) })),
  /** How far usage was read, by client; clients without anything to read are left out. */
  readings: operation.input(z.object(scopeShape)).output(z.array(usageReadingRow)),
  /**
   * Anomalies in the usage of keys and projects, with the days that they are compared with: rises, then falls, then new
   * ones, latest first.
   */
  anomalies: operation
    .input(
      z.object({
        ...scopeShape,
        /** Of keys only, or of projects only. */
        of: z.enum(SUDDEN_OF).optional(),
        /** The number of days to look at, up to the last day with data. */
        days: z.number().int().min(1).max(90).default(28),
        /**
         * The least deviation of a day, in micro-USD; where only tokens are known, a million tokens count as 5 dollars.
         */
        minimum: z.number().int().positive().default(5_000_000),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(anomalyRow), count: z.number().int() })),
  /** Current rate limits, last changed first. */
  rates: operation.input(rateLimitFilter.extend(sliceShape)).output(readSlice(rateLimitRow)),
  /**
   * Reports thresholds that were reached since, each once a month; an open window does so by itself. A terminal cannot
   * show notifications: it leaves them to the next window.
   */
  check: operation.output(z.object({ reported: z.number().int() })),
}
