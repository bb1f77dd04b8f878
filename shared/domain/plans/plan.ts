import type { ProviderId } from '../providers/providers.ts'
import type { Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/**
 * How the keys and access of one client are meant to be. Names are unique within their list, whatever their case; those of
 * projects within their organization.
 */
export interface Plan {
  /** Of the company, such as `Acme Corp`. */
  readonly name: string
  /** In the order in which they are to be made. */
  readonly organizations: readonly PlannedOrganization[]
  readonly teams: readonly PlannedTeam[]
  /** As they stand in names, such as `prod`. */
  readonly environments: readonly string[]
  readonly projects: readonly PlannedProject[]
  readonly jobs: readonly PlannedJob[]
  readonly people: readonly PlannedPerson[]
  readonly naming: PlannedNaming
  readonly reviews: readonly PlannedReview[]
  readonly attribution: readonly PlannedAttribution[]
  /** What the guided start asked, and what followed from each answer. */
  readonly choices: readonly PlannedChoice[]
}

/** One organization of a provider: a connection, once it is in the register. */
export interface PlannedOrganization {
  readonly name: string
  readonly provider: ProviderId
  /** What keeps it apart, such as separate billing; null where there is one only. */
  readonly reason: string | null
  readonly limit: PlannedLimit | null
}

export interface PlannedTeam {
  readonly name: string
  /** Who gets its weekly report; null where that is open. */
  readonly lead: string | null
}

/** A project, or a workspace, whichever the provider calls it. */
export interface PlannedProject {
  readonly name: string
  /** Name of its organization. */
  readonly organization: string
  /** Name of its team; null for one that all share. */
  readonly team: string | null
  /** What it is for, such as `chatbot`; null where it is for more than one thing. */
  readonly application: string | null
  /** Those that share it; none where environments do not matter. */
  readonly environments: readonly string[]
  readonly limit: PlannedLimit | null
  readonly keys: readonly PlannedKey[]
}

/** A logical key, and the service account that holds it. */
export interface PlannedKey {
  readonly name: string
  readonly environment: string | null
  readonly purpose: string
  /** Days between rotations; null for what the policy says. */
  readonly rotationDays: number | null
}

export interface PlannedLimit {
  /** Micro-USD of a month, in whole cents. */
  readonly amount: number
  readonly enforcement: Enforcement
  /** Per cent of the amount, rising. */
  readonly thresholds: readonly number[]
}

/** What somebody with this job may do. */
export interface PlannedJob {
  /** Such as `Data Scientist`. */
  readonly name: string
  readonly level: Level
  /**
   * Names of projects; `all` of them, or none (an empty list), where the work is only to look. Where two organizations have
   * a project of one name, it is written with its organization: `Client A / Default`; see `names.ts`. An owner or admin with a
   * list is one of those projects, and an ordinary member of the organization.
   */
  readonly projects: 'all' | readonly string[]
  readonly note: string | null
}

/** Who has two jobs stands in the plan twice, and has the stronger role of both in each place. */
export interface PlannedPerson {
  readonly name: string
  readonly email: string
  /** Name of their job. */
  readonly job: string
}

export interface PlannedNaming {
  /** As in `shared/domain/naming.ts`. */
  readonly pattern: string
  readonly examples: readonly string[]
}

export const PLANNED_REVIEWS = ['admins', 'keys', 'roles', 'projects', 'departed'] as const
export type ReviewSubject = (typeof PLANNED_REVIEWS)[number]

export interface PlannedReview {
  readonly about: ReviewSubject
  /** Months between two; 0 for at once. */
  readonly months: number
}

/** Who gets which report, or how use is told apart. */
export interface PlannedAttribution {
  readonly report: 'weekly' | 'monthly' | null
  /** Such as `project` or `organization`; null where it is no report. */
  readonly by: string | null
  /** Such as `team leads`; null where it is no report. */
  readonly to: string | null
  readonly says: string
}

/** A question of the guided start. */
export interface PlannedChoice {
  readonly question: string
  readonly answer: string
  /** What the rule says for this answer. */
  readonly rule: string
  /** Why the rule was not followed; null where it was. */
  readonly overridden: string | null
}
