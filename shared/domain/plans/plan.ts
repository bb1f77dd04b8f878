import type { ProviderId } from '../providers/providers.ts'
import type { Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/**
 * The desired keys and access of one client. Names are unique within their list, ignoring case; those of projects
 * within their organization.
 */
export interface Plan {
  /** Of the company, such as `Acme Corp`. */
  readonly name: string
  /** In the order in which they are created. */
  readonly organizations: readonly PlannedOrganization[]
  readonly teams: readonly PlannedTeam[]
  /** As used in names, such as `prod`. */
  readonly environments: readonly string[]
  readonly projects: readonly PlannedProject[]
  readonly jobs: readonly PlannedJob[]
  readonly people: readonly PlannedPerson[]
  readonly naming: PlannedNaming
  readonly reviews: readonly PlannedReview[]
  readonly attribution: readonly PlannedAttribution[]
  /** The questions of the guided start, and the consequence of each answer. */
  readonly choices: readonly PlannedChoice[]
}

/** One organization of a provider: a connection, once it is in the register. */
export interface PlannedOrganization {
  readonly name: string
  readonly provider: ProviderId
  /** The reason for a separate organization, such as separate billing; null if there is only one. */
  readonly reason: string | null
  readonly limit: PlannedLimit | null
}

export interface PlannedTeam {
  readonly name: string
  /** The recipient of its weekly report; null if undecided. */
  readonly lead: string | null
}

/** A project, or a workspace, whichever the provider calls it. */
export interface PlannedProject {
  readonly name: string
  /** Name of its organization. */
  readonly organization: string
  /** Name of its team; null for one that all share. */
  readonly team: string | null
  /** The purpose, such as `chatbot`; null if there is more than one. */
  readonly application: string | null
  /** Those that share it; none if environments do not matter. */
  readonly environments: readonly string[]
  readonly limit: PlannedLimit | null
  readonly keys: readonly PlannedKey[]
}

/** A logical key, and the service account that holds it. */
export interface PlannedKey {
  readonly name: string
  readonly environment: string | null
  readonly purpose: string
  /** Days between rotations; null for the policy's value. */
  readonly rotationDays: number | null
}

export interface PlannedLimit {
  /** Micro-USD per month, in whole cents. */
  readonly amount: number
  readonly enforcement: Enforcement
  /** Per cent of the amount, rising. */
  readonly thresholds: readonly number[]
}

/** The access that a job gives. */
export interface PlannedJob {
  /** Such as `Data Scientist`. */
  readonly name: string
  readonly level: Level
  /**
   * Names of projects; `all` of them, or none (an empty list), if the work is only to look. If two organizations have a
   * project of one name, it is written with its organization: `Client A / Default`; see `names.ts`. An owner or admin
   * with a list is one of those projects, and an ordinary member of the organization.
   */
  readonly projects: 'all' | readonly string[]
  readonly note: string | null
}

/** A person with two jobs occurs in the plan twice, and has the stronger role of both in each place. */
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
  /** Months between two; 0 for immediately. */
  readonly months: number
}

/** The recipient of a report, or how usage is attributed. */
export interface PlannedAttribution {
  readonly report: 'weekly' | 'monthly' | null
  /** Such as `project` or `organization`; null if it is not a report. */
  readonly by: string | null
  /** Such as `team leads`; null if it is not a report. */
  readonly to: string | null
  readonly says: string
}

/** A question of the guided start. */
export interface PlannedChoice {
  readonly question: string
  readonly answer: string
  /** The rule for this answer. */
  readonly rule: string
  /** Why the rule was not followed; null if it was. */
  readonly overridden: string | null
}
