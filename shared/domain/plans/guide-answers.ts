import type { ProviderId } from '../providers/providers.ts'

/**
 * The questions of the guided start, in order. Each is a row of the decision tables for projects and for organizations.
 */
export const GUIDE_QUESTIONS = [
  'applications',
  'environments',
  'teams',
  'features',
  'costs',
  'billing',
  'clients',
  'legal',
  'compliance',
] as const
export type GuideQuestion = (typeof GUIDE_QUESTIONS)[number]

export interface GuideAnswer {
  readonly answer: boolean
  /** Why the rule is not followed; null or left out if it is. */
  readonly overridden?: string | null | undefined
}

export interface GuideTeam {
  readonly name: string
  readonly lead?: string | null | undefined
  /** The applications of the team. A team without any has one application of its own name. */
  readonly applications?: readonly GuideApplication[] | undefined
  /** Name of its organization; left out: the first one. */
  readonly organization?: string | undefined
}

export interface GuideApplication {
  readonly name: string
  /** Parts of it that use keys of their own, such as `backend`. */
  readonly features?: readonly string[] | undefined
}

export interface GuideOrganization {
  readonly name: string
  readonly provider?: ProviderId | undefined
}

export interface GuideAnswers {
  readonly company: string
  /** The first is the main one; if there is none, one with the company's name. */
  readonly organizations?: readonly GuideOrganization[] | undefined
  /** The provider of organizations that name none. */
  readonly provider?: ProviderId | undefined
  readonly teams: readonly GuideTeam[]
  /** As used in names, such as `prod`. */
  readonly environments: readonly string[]
  /** Environments that share a project, if the rule for environments is overridden; else all of them do. */
  readonly sharedEnvironments?: readonly (readonly string[])[] | undefined
  /** Left out: the answers follow from teams, applications and environments. */
  readonly answers?: Readonly<Partial<Record<GuideQuestion, GuideAnswer | undefined>>> | undefined
  /** Micro-USD per month for each project with production in it, and for each other one. */
  readonly productionLimit?: number | null | undefined
  readonly otherLimit?: number | null | undefined
}

/** An answered question, and its consequence. */
export interface GuideStep {
  readonly id: GuideQuestion
  readonly about: 'projects' | 'organizations'
  readonly question: string
  readonly answer: boolean
  /** True if it was not answered, but taken from the teams, applications and environments. */
  readonly taken: boolean
  readonly rule: string
  readonly overridden: string | null
  /** The present effect on the plan. */
  readonly follows: string
}
