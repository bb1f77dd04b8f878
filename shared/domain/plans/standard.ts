import { DEFAULT_KEY_NAME_PATTERN } from '../naming.ts'
import { DEFAULT_PROVIDER } from '../providers/providers.ts'
import type { Plan, PlannedAttribution, PlannedNaming, PlannedReview } from './plan.ts'

/** The names that a convention gives, in its own order: environment, team, purpose. */
export const STANDARD_NAMING: PlannedNaming = {
  pattern: DEFAULT_KEY_NAME_PATTERN,
  examples: ['prod-product-backend', 'staging-product-ci', 'dev-analytics-notebook', 'research-llm-experiments'],
}

/** The review checklist: admins and keys every month, roles and projects every quarter, leavers immediately. */
export const STANDARD_REVIEWS: readonly PlannedReview[] = [
  { about: 'departed', months: 0 },
  { about: 'roles', months: 3 },
  { about: 'keys', months: 1 },
  { about: 'projects', months: 3 },
  { about: 'admins', months: 1 },
]

export const STANDARD_ATTRIBUTION: readonly PlannedAttribution[] = [
  { report: null, by: null, to: null, says: 'Each key is named for its purpose → easy dashboard tracking' },
  { report: null, by: null, to: null, says: 'Internal tracker logs: feature, user_id, request_id' },
  { report: 'weekly', by: 'project', to: 'team leads', says: 'Weekly reports by project sent to team leads' },
  { report: 'monthly', by: 'organization', to: 'finance', says: 'Monthly rollup to finance by organization total' },
]

/** An empty plan with only the standard parts. */
export function emptyPlan(company: string): Plan {
  return {
    name: company,
    organizations: [{ name: company, provider: DEFAULT_PROVIDER, reason: null, limit: null }],
    teams: [],
    environments: ['dev', 'staging', 'prod'],
    projects: [],
    jobs: [],
    people: [],
    naming: STANDARD_NAMING,
    reviews: STANDARD_REVIEWS,
    attribution: STANDARD_ATTRIBUTION,
    choices: [],
  }
}
