import { z } from 'zod'

import { FOCUS_VERSIONS } from '../domain/usage/focus-versions.ts'
import { minorDigits } from '../domain/usage/invoice.ts'
import { parsePeriod, REPORT_KINDS } from '../domain/usage/report-period.ts'
import { clientRef, day, fileTargetShape, fileWritten, instant, operation, scopeShape } from './common.ts'
import { usageSource } from './usage.ts'

export const reportKind = z.enum(REPORT_KINDS)

/** `focus` is a CSV by the FinOps specification, of what providers billed. */
export const REPORT_FORMATS = ['md', 'csv', 'xlsx', 'html', 'pdf', 'focus'] as const
/** The version of FOCUS of a `focus` file; the newest one by default. */
const focusVersion = z.enum(FOCUS_VERSIONS).optional()

export const reportFormat = z.enum(REPORT_FORMATS)
export type ReportFormat = z.infer<typeof reportFormat>

export const reportPeriod = z
  .string()
  .refine((word) => parsePeriod(word) !== null, 'Write a week as YYYY-Www, or a month as YYYY-MM')

const asked = {
  ...scopeShape,
  kind: reportKind,
  period: reportPeriod,
  source: usageSource,
}

/**
 * The unit of a number in a report: `usd` is micro-USD, `difference` the same with its sign, `change` and `share` whole
 * per cent, `permille` tenths of a per cent, `minor` the smallest unit of a currency.
 */
export const REPORT_UNITS = ['usd', 'difference', 'count', 'change', 'share', 'permille', 'minor'] as const

const documentCell = z.union([
  z.string(),
  z.null(),
  z.object({
    unit: z.enum(REPORT_UNITS),
    value: z.number().int(),
    digits: z.number().int().optional(),
    before: z.number().int().optional(),
    isAtLeast: z.boolean().optional(),
  }),
  z.object({ absent: z.string() }),
])

const documentRow = z.array(documentCell)

const documentBlock = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heading'), depth: z.union([z.literal(2), z.literal(3)]), text: z.string() }),
  z.object({ type: z.literal('paragraph'), text: z.string() }),
  z.object({
    type: z.literal('table'),
    name: z.string(),
    head: z.array(z.string()),
    rows: z.array(documentRow),
    total: documentRow.nullable(),
  }),
  z.object({
    type: z.literal('chart'),
    title: z.string(),
    summary: z.string(),
    labels: z.array(z.string()),
    series: z.array(z.object({ name: z.string(), identity: z.string().nullable(), values: z.array(z.number().int()) })),
  }),
])

const recipients = z.array(z.email().max(254)).max(50)

/** The schedule of each kind: the previous week each Monday, the previous month on the 3rd. */
const schedule = { weekly: z.boolean(), monthly: z.boolean(), invoice: z.boolean() }

export const reportSettings = z.object({
  /** 1500 is 15 %. */
  markupBasisPoints: z.number().int().min(0).max(1_000_000),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u, { error: 'Write a currency as three letters, such as EUR', abort: true })
    .refine((code) => minorDigits(code) <= 4, 'Choose a currency with at most four decimal places'),
  /** Millionths of the currency for one US dollar: 920000 is 0.92. */
  rateMillionths: z.number().int().min(1).max(1_000_000_000_000),
  /** The date of the rate. */
  rateOn: day.nullable(),
  ...schedule,
  weeklyTo: recipients,
  monthlyTo: recipients,
})
export type ReportSettings = z.infer<typeof reportSettings>

export const madeReport = z.object({
  seq: z.number().int(),
  at: instant,
  operator: z.string(),
  client: z.string().nullable(),
  kind: reportKind,
  period: z.string(),
  format: reportFormat,
  path: z.string(),
  rows: z.number().int(),
  sha256: z.string(),
})
export type MadeReport = z.infer<typeof madeReport>

export const dueReport = z.object({
  client: clientRef,
  kind: reportKind,
  period: z.string(),
  dueOn: day,
  /** When it was made; null while it is pending. */
  madeAt: instant.nullable(),
  recipients: z.array(z.string()),
})
export type DueReport = z.infer<typeof dueReport>

export const reportTextInput = z.object({
  ...asked,
  format: reportFormat.exclude(['xlsx', 'pdf']),
  focusVersion,
  first: z.number().int().min(1).optional(),
})

export const reportsContract = {
  /** Periods with usage in scope that are over or running, latest first. */
  periods: operation
    .input(z.object({ ...scopeShape, kind: reportKind }))
    .output(z.array(z.object({ period: z.string(), days: z.string(), over: z.boolean() }))),
  /** A report as data, for display. An invoice is for one client. */
  preview: operation
    .input(z.object(asked))
    .output(z.object({ title: z.string(), blocks: z.array(documentBlock), rows: z.number().int() })),
  /** A report as text, for the terminal and the preview; `first` limits the lines of FOCUS. */
  render: operation.input(reportTextInput).output(z.object({ text: z.string(), rows: z.number().int() })),
  /**
   * Writes a report to a file, atomically, and records it in the journal. The same data gives the same file, whatever
   * the day it is made; PDF needs a browser.
   */
  export: operation
    .input(z.object({ ...asked, format: reportFormat, focusVersion, ...fileTargetShape }))
    .output(fileWritten),
  /** Past reports, latest first, as the journal records them. */
  history: operation
    .input(z.object({ ...scopeShape, limit: z.number().int().min(1).max(500).default(50) }))
    .output(z.array(madeReport)),
  /** The reports that are scheduled, each for the latest period that is due by now. */
  due: operation.input(z.object(scopeShape)).output(z.array(dueReport)),
  settings: operation.input(z.object({ client: z.string().min(1) })).output(reportSettings),
  /** Changes how a client's reports are made. Written to the journal. */
  set: operation
    .input(z.object({ client: z.string().min(1), values: reportSettings.partial() }))
    .output(reportSettings),
}
