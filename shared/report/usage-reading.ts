import type { UsageMeasures } from '../domain/usage/measures.ts'
import type { PeriodReading } from '../domain/usage/read-days.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import type { InvoiceTerms } from '../domain/usage/invoice.ts'
import type { ReportKind, ReportPeriod } from '../domain/usage/report-period.ts'

/**
 * An agreed budget of a month, and the part of it that was spent from the first of that month to the end of the period: at least, where
 * not all of these days were read; null where none was.
 */
export interface BudgetReading {
  readonly amount: number
  readonly spent: number | null
  readonly isAtLeast: boolean
}

/** Sums of the read days of a period and of the one before it. No sum is rendered without what it is of. */
export interface ComparedSums extends UsageMeasures {
  readonly reading: PeriodReading
  /** Micro-USD of the period before. */
  readonly before: number
  readonly readingBefore: PeriodReading
}

/** The usage of one value of a dimension; null names usage that was not reported with one. */
export interface SpendReading extends UsageMeasures {
  readonly name: string | null
}

export interface ProjectReading extends ComparedSums {
  readonly name: string | null
  readonly models: readonly SpendReading[]
  /** For billed usage; internal records have keys of all projects together. */
  readonly keys: readonly SpendReading[]
  readonly budget: BudgetReading | null
  /** Micro-USD of the provider's monthly limit there. */
  readonly limit: number | null
}

/** The report of one organization, or a client's internal records. */
export interface OrganizationReading extends ComparedSums {
  readonly name: string
  readonly organizationId: string | null
  readonly projects: readonly ProjectReading[]
  readonly budget: BudgetReading | null
  readonly limit: number | null
}

/** Micro-USD of each day of the period, by the things that spent most; `Other` contains the rest. */
export interface DaySeries {
  readonly by: 'organization' | 'project'
  readonly names: readonly (string | null)[]
  /** The identity of each, for its colour; null for the sum of the rest. */
  readonly keys: readonly (string | null)[]
  /** For each day of the period one number for each name; null where the day was not read. */
  readonly days: readonly (readonly (number | null)[])[]
}

export interface ClientReading {
  readonly slug: string
  readonly name: string
  /** As of the reading. */
  readonly source: UsageSource
  readonly organizations: readonly OrganizationReading[]
  readonly features: readonly SpendReading[]
  /** For internal records, through all projects; empty for billed usage. */
  readonly keys: readonly SpendReading[]
  readonly series: DaySeries
  readonly budget: BudgetReading | null
  readonly terms: InvoiceTerms
  /** In a weekly report of a client of a team: where its logs were when it was read, in a sentence. */
  readonly history?: string
}

/** The input of a usage report. It does not depend on the day on which it is read. */
export interface UsageReading {
  readonly kind: ReportKind
  readonly period: ReportPeriod
  readonly before: ReportPeriod
  /** The source of all numbers: the two sources are never added together. */
  readonly source: UsageSource
  /** The name of the agency's own organization, if it has one here: who invoices. */
  readonly agency: string | null
  /** The requested client; null: all. */
  readonly client: string | null
  readonly clients: readonly ClientReading[]
}
