import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { USAGE_DIMENSIONS } from '../domain/usage/rollups.ts'
import { USAGE_REPORTS } from '../domain/usage/fact.ts'
import { USAGE_SOURCES } from '../domain/usage/source.ts'
import {
  clientRef,
  day,
  direction,
  filePath,
  id,
  instant,
  operation,
  scopeShape,
  sliceShape,
  secretText,
} from './common.ts'

/** The progress of an import, and at the end (`done`) its result. */
export const usageImport = z.object({
  done: z.boolean(),
  /** Rows of the file so far. */
  read: z.number().int(),
  /** Requests that were new. */
  counted: z.number().int(),
  /** Requests that were counted before, by this file or another. */
  repeated: z.number().int(),
  refused: z.number().int(),
  /** The first rejected rows, each with its line. */
  problems: z.array(z.object({ line: z.number().int(), says: z.string() })),
})
export type UsageImport = z.infer<typeof usageImport>

/** The dimensions of usage. `logical-key`, `environment`, `team`, `person` and `client` come from the register. */
export const USAGE_BY = [
  'project',
  'key',
  'logical-key',
  'principal',
  'person',
  'model',
  'feature',
  'environment',
  'team',
  'connection',
  'client',
] as const
export const usageBy = z.enum(USAGE_BY)
export type UsageBy = z.infer<typeof usageBy>

/** The source of usage; each query names one. */
export const usageSource = z.enum(USAGE_SOURCES)
export type { UsageSource } from '../domain/usage/source.ts'

const measures = {
  requests: z.number().int(),
  /** Tokens; those read from or written to a cache are part of the input. */
  input: z.number().int(),
  cached: z.number().int(),
  cacheWrite: z.number().int(),
  output: z.number().int(),
  /** Micro-USD: billed, or as internal records report. */
  cost: z.number().int(),
  /** Micro-USD by a price table; always an estimate. */
  estimate: z.number().int(),
}

export const usageRow = z.object({
  rowKey: z.string(),
  /** Null for usage that was not reported with a name. */
  name: z.string().nullable(),
  /** The subject in the register, where there is one. */
  ref: id.nullable(),
  client: clientRef.nullable(),
  ...measures,
  /** Micro-USD of the month before, in the days that it is compared with; null where not all days of both were read. */
  before: z.number().int().nullable(),
  /** Micro-USD: the cost in the compared days of the month itself less `before`; null with it. */
  difference: z.number().int().nullable(),
  /** Of the cost of all rows, in tenths of a per cent; all rows have 1,000. Null where nothing was spent. */
  share: z.number().int().nullable(),
})
export type UsageRow = z.infer<typeof usageRow>

export const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, 'Write a month as YYYY-MM')

/** The orders of rows. `difference` is signed, `movement` the same without its sign. */
export const USAGE_SORTS = [
  'name',
  'requests',
  'input',
  'output',
  'cost',
  'before',
  'difference',
  'movement',
  'estimate',
] as const
export const usageSort = z.enum(USAGE_SORTS)
export type UsageSort = z.infer<typeof usageSort>

/** Which days of a period were read, each span to the day before `to`; days since 1970-01-01, UTC. A sum is of these days. */
export const periodReading = z.discriminatedUnion('state', [
  z.object({ state: z.literal('whole') }),
  z.object({
    state: z.literal('part'),
    days: z.array(z.object({ from: z.number().int(), to: z.number().int() })).readonly(),
  }),
  z.object({ state: z.literal('none') }),
])

/**
 * The comparison of a month: the whole month before; or, while it runs, as many days of it. `to` and `beforeTo` are the
 * last days, included.
 */
const comparedShape = {
  whole: z.boolean(),
  to: day,
  beforeTo: day,
  /** Which of the days that are compared were read, of each month. Only wholly read ones are compared. */
  reading: periodReading,
  readingBefore: periodReading,
  /** Organizations in scope that were never read: nothing of them is in any number. */
  never: z.array(z.string()),
}

/** The days that sums are of, both included, which of them were read, and the organizations in scope that were never read. */
const readShape = {
  from: day,
  to: day,
  reading: periodReading,
  never: z.array(z.string()),
}

/** Keys of rows: only these are shown. */
const only = z.array(z.string().max(200)).min(1).max(100).optional()

/** The result of reading one connection's usage: how each report ended. */
export const usageSync = z.object({
  connectionId: id,
  label: z.string(),
  reports: z.array(
    z.object({
      report: z.enum(USAGE_REPORTS),
      /** `partial`: read to its end, but some of its rows could not be read; the sums of their days are incomplete. */
      state: z.enum(['complete', 'partial', 'denied', 'unavailable', 'failed']),
      /** Why it is not complete; for a complete one what was left out, if anything. */
      reason: z.string().nullable(),
    }),
  ),
  /** Why nothing was read, if nothing was; `noKey`: the connection has no API key. */
  skipped: z.string().nullable(),
  noKey: z.boolean(),
})
export type UsageSync = z.infer<typeof usageSync>

/** The spend of each pair of values; null means that no name was reported. */
export const usageMatrix = z.object({
  cells: z.array(
    z.object({
      row: z.string().nullable(),
      column: z.string().nullable(),
      cost: z.number().int(),
      input: z.number().int(),
      output: z.number().int(),
    }),
  ),
  count: z.number().int(),
  ...readShape,
})
export type UsageMatrix = z.infer<typeof usageMatrix>

/** The measure of a chart over time. `estimate` is money by a price table, `tokens` are input and output. */
export const USAGE_SHOWN = ['cost', 'estimate', 'tokens', 'requests'] as const
export const usageShown = z.enum(USAGE_SHOWN)
export type UsageShown = z.infer<typeof usageShown>

/** Time ranges: a month by day, the last days, or the twelve months that end with a month. */
export const USAGE_STRETCHES = ['month', '30-days', '90-days', '12-months'] as const
export const usageStretch = z.enum(USAGE_STRETCHES)
export type UsageStretch = z.infer<typeof usageStretch>

const lineShape = {
  /** One number for each period: micro-USD, tokens or requests, as requested. */
  values: z.array(z.number().int()),
  total: z.number().int(),
  /** Micro-USD of the whole time range, whatever is shown. */
  cost: z.number().int(),
  estimate: z.number().int(),
}

/** Usage over time: the largest lines, and the rest as one. */
export const usageSeries = z.object({
  /** Days (`YYYY-MM-DD`) or months (`YYYY-MM`), without gaps. */
  periods: z.array(z.string()),
  /** Largest first. `rowKey` and the rest as in the rows of `by`. */
  lines: z.array(
    z.object({
      rowKey: z.string(),
      name: z.string().nullable(),
      ref: id.nullable(),
      client: clientRef.nullable(),
      ...lineShape,
    }),
  ),
  /** Null without other lines. */
  other: z.object({ count: z.number().int(), ...lineShape }).nullable(),
  /** All usage of each period, and whether all, some or none of its days were read. */
  totals: z.array(z.object(measures)),
  read: z.array(z.enum(['whole', 'part', 'none'])),
  /** The day of the answer: periods after it have not begun, and are not unread. */
  today: day,
})
export type UsageSeries = z.infer<typeof usageSeries>

/** A month up to a day, compared with the previous month up to the same day, and the whole previous month. */
export const usageComparison = z.object({
  month,
  /** Day of the month up to which both are counted: the last with any usage, while the month runs. */
  day: z.number().int(),
  ...comparedShape,
  now: z.object(measures),
  /** Null where not all days of both were read; `last` where not all days of the whole month before were. */
  before: z.object(measures).nullable(),
  last: z.object(measures).nullable(),
})
export type UsageComparison = z.infer<typeof usageComparison>

/** The breakdown of one value of a day or month by the other dimensions. */
export const usageInside = z.object({
  /** The name of the value; null for usage that was not reported with a name. */
  name: z.string().nullable(),
  total: z.object(measures),
  parts: z.array(
    z.object({
      by: z.enum(USAGE_DIMENSIONS),
      /** Largest first, twenty at most. */
      rows: z.array(z.object({ name: z.string().nullable(), ref: id.nullable(), ...measures })),
      count: z.number().int(),
    }),
  ),
  ...readShape,
})
export type UsageInside = z.infer<typeof usageInside>

/** A file of usage records that was imported. */
export const usageImported = z.object({
  importId: id,
  client: clientRef,
  /** Its name, without its folder. */
  file: z.string(),
  at: instant,
  by: z.string(),
  /** False for an import that was cancelled: `counted` is what was counted until then. */
  complete: z.boolean(),
  read: z.number().int(),
  counted: z.number().int(),
  repeated: z.number().int(),
  refused: z.number().int(),
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
})
export type UsageImported = z.infer<typeof usageImported>

export const usageContract = {
  /**
   * Reads costs and usage of the connections in scope from their providers, one after the other: 180 days back the
   * first time, then what is new and the last days again. Yields each connection as it ends. `credential` is used for
   * this run only and not kept; it needs exactly one connection.
   */
  sync: operation
    .input(
      z.object({
        ...scopeShape,
        connections: z.array(id).optional(),
        credential: secretText(4096).optional(),
      }),
    )
    .output(eventIterator(usageSync)),
  /**
   * Imports a file of usage records of a client (CSV, JSON Lines or a JSON array, any size, streamed): progress, then the result.
   * Requests that were counted before are not counted again. To cancel it, stop listening: the unfinished part is
   * discarded.
   */
  import: operation.input(z.object({ client: z.string().min(1), path: filePath })).output(eventIterator(usageImport)),
  /** The files that were imported for the clients in scope, the latest first. `total` counts all of them. */
  imports: operation
    .input(z.object({ ...scopeShape, ...sliceShape }))
    .output(z.object({ total: z.number().int(), rows: z.array(usageImported) })),
  /**
   * Undoes an import: the sums of usage are then as if its file had never been imported, and it can be imported again.
   * Files that were imported later and repeated some of its requests are named in `repeatedBy` (20 at most): import
   * them again to count those requests with them. Written to the journal.
   */
  undo: operation
    .input(z.object({ importId: id }))
    .output(z.object({ import: usageImported, repeatedBy: z.array(z.string()) })),
  /**
   * Usage of a month, grouped by one dimension, with what each row spent in the month before; most expensive first unless
   * sorted otherwise. Rows that spent only then are included. `total` is of all rows, `rows` are the first of them.
   */
  by: operation
    .input(
      z.object({
        ...scopeShape,
        month,
        by: usageBy,
        source: usageSource,
        sort: z
          .object({ by: usageSort.default('cost'), direction: direction.default('desc') })
          .default({ by: 'cost', direction: 'desc' }),
        only,
        limit: z.number().int().min(1).max(10_000).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(usageRow),
        count: z.number().int(),
        total: z.object({ ...measures, before: z.number().int().nullable(), difference: z.number().int().nullable() }),
        ...comparedShape,
      }),
    ),
  /** Grouped by two dimensions, most expensive pairs first. */
  matrix: operation
    .input(
      z.object({
        ...scopeShape,
        month,
        of: z.enum(['key-model', 'feature-key']),
        source: usageSource,
        limit: z.number().int().min(1).max(10_000).default(1000),
      }),
    )
    .output(usageMatrix),
  /** Months with usage of a source in scope, latest first. */
  months: operation.input(z.object({ ...scopeShape, source: usageSource })).output(z.array(month)),
  /** Usage over time by one dimension, stacked: by day, or by month for `12-months`. */
  series: operation
    .input(
      z.object({
        ...scopeShape,
        stretch: usageStretch,
        /** The month, or the last of the twelve; left out: the latest with any usage. */
        month: month.optional(),
        by: usageBy,
        shown: usageShown.default('cost'),
        source: usageSource,
        lines: z.number().int().min(1).max(1000).default(8),
        /** More lines are added, up to 24, until the others are at most this percentage of all. */
        rest: z.number().int().min(0).max(100).default(100),
        only,
      }),
    )
    .output(usageSeries),
  /** A month compared with the previous one: a month that runs until today, a past one as a whole. */
  compare: operation.input(z.object({ ...scopeShape, month, source: usageSource })).output(usageComparison),
  /** The breakdown of one value of one day or month, as a bar of `series` or a row of `by` shows it. */
  inside: operation
    .input(
      z.object({
        ...scopeShape,
        /** `YYYY-MM-DD` or `YYYY-MM`. */
        period: z
          .string()
          .regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?$/u, 'Write a day as YYYY-MM-DD or a month as YYYY-MM'),
        by: usageBy,
        rowKey: z.string().max(200),
        source: usageSource,
      }),
    )
    .output(usageInside),
}
