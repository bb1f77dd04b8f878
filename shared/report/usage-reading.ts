import type { UsageMeasures } from '../domain/usage/measures.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import type { InvoiceTerms } from '../domain/usage/invoice.ts'
import type { ReportKind, ReportPeriod } from '../domain/usage/report-period.ts'

/** An agreed budget of a month, and the part of it that was spent from the first of that month to the end of the period. */
export interface BudgetReading {
  readonly amount: number
  readonly spent: number
}

/** The usage of one value of a dimension; null names usage that was not reported with one. */
export interface SpendReading extends UsageMeasures {
  readonly name: string | null
}

export interface ProjectReading extends SpendReading {
  /** Micro-USD of the period before. */
  readonly before: number
  readonly models: readonly SpendReading[]
  /** For billed usage; internal records have keys of all projects together. */
  readonly keys: readonly SpendReading[]
  readonly budget: BudgetReading | null
  /** Micro-USD of the provider's monthly limit there. */
  readonly limit: number | null
}

/** What one organization reports, or what a client's internal records contain. */
export interface OrganizationReading extends UsageMeasures {
  readonly name: string
  readonly organizationId: string | null
  readonly before: number
  readonly projects: readonly ProjectReading[]
  readonly budget: BudgetReading | null
  readonly limit: number | null
  /** The first day that was not read; never after the period. Null: never read. */
  readonly readTo: number | null
}

/** Micro-USD of each day of the period, by the things that spent most; `Other` contains the rest. */
export interface DaySeries {
  readonly by: 'organization' | 'project'
  readonly names: readonly (string | null)[]
  /** What each is, for its colour; null for the sum of the rest. */
  readonly keys: readonly (string | null)[]
  /** For each day one number for each name. */
  readonly days: readonly (readonly number[])[]
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
  /** The requested client; null: all. */
  readonly client: string | null
  readonly clients: readonly ClientReading[]
}
