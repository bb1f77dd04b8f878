import type { ProviderId } from '../providers/providers.ts'

/** What the guided start asks, in its order. Each is a row of the decision tables for projects and for organizations. */
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
  /** Why the rule is not to be followed; null or left out where it is. */
  readonly overridden?: string | null | undefined
}

export interface GuideTeam {
  readonly name: string
  readonly lead?: string | null | undefined
  /** What it builds. A team without any has one application of its own name. */
  readonly applications?: readonly GuideApplication[] | undefined
  /** Name of its organization; the first one where it is left out. */
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
  /** The first is the main one; one of the company's name where there is none. */
  readonly organizations?: readonly GuideOrganization[] | undefined
  /** Of organizations that name none. */
  readonly provider?: ProviderId | undefined
  readonly teams: readonly GuideTeam[]
  /** As they stand in names, such as `prod`. */
  readonly environments: readonly string[]
  /** Environments that share a project, where the rule for environments is overridden; else all of them do. */
  readonly sharedEnvironments?: readonly (readonly string[])[] | undefined
  /** Left out: what teams, applications and environments say by themselves. */
  readonly answers?: Readonly<Partial<Record<GuideQuestion, GuideAnswer | undefined>>> | undefined
  /** Micro-USD of a month for each project with production in it, and for each other one. */
  readonly productionLimit?: number | null | undefined
  readonly otherLimit?: number | null | undefined
}

/** A question as it was answered, and what follows. */
export interface GuideStep {
  readonly id: GuideQuestion
  readonly about: 'projects' | 'organizations'
  readonly question: string
  readonly answer: boolean
  /** Whether nobody answered it, and it was taken from the teams, applications and environments. */
  readonly taken: boolean
  readonly rule: string
  readonly overridden: string | null
  /** What the plan does now. */
  readonly follows: string
}
